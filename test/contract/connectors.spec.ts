import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATIONS_BY_KIND } from '../../src/contract/capabilities.js';
import type { Operation } from '../../src/contract/operations.js';
import { SOURCE_KINDS, targetSchema, type SourceKind, type Target } from '../../src/contract/targets.js';
import { capabilitiesOf } from '../../src/gateway-agent/agent.js';
import { createConnectors } from '../../src/gateway-agent/connectors/registry.js';
import { SOURCE_KIND_ENTRIES, SOURCE_TYPES } from '../../src/modules/connections/source-kinds.policy.js';
import { CsvConnector } from '../support/csv.connector.js';
import { Caller, secretOf } from '../integration/connector-harness.js';

const PLACE = { server: '127.0.0.1', port: 1, database: 'd' };
/** One place of every kind; nobody is there. */
const TARGETS: { readonly [K in SourceKind]: Extract<Target, { kind: K }> } = {
  postgresql: { kind: 'postgresql', ...PLACE },
  sql: { kind: 'sql', ...PLACE },
  mysql: { kind: 'mysql', ...PLACE },
  oracle: { kind: 'oracle', server: '127.0.0.1', port: 1, service: 's' },
  http: { kind: 'http', url: 'http://127.0.0.1:1/' },
  odata: { kind: 'odata', url: 'http://127.0.0.1:1/' },
  filesystem: { kind: 'filesystem', path: '/nowhere' },
  sftp: { kind: 'sftp', server: '127.0.0.1', port: 1, path: '/', hostKey: `SHA256:${'A'.repeat(43)}` },
};

describe('the kinds of sources', () => {
  const connectors = createConnectors();
  afterAll(async () => {
    for (const connector of connectors.values()) await connector.close();
  });

  it('are the same for agents, contract and surfaces', () => {
    const kinds = [...SOURCE_KINDS].sort();
    expect([...connectors.keys()].sort()).toEqual(kinds);
    expect(Object.keys(capabilitiesOf(connectors.keys()).operations).sort()).toEqual(kinds);
    expect(SOURCE_KIND_ENTRIES.map(({ kind }) => kind).sort()).toEqual(kinds);
    expect([...new Set(SOURCE_TYPES.map(({ entry }) => entry.kind))].sort()).toEqual(kinds);
    for (const [kind, connector] of connectors) expect(connector.kind).toBe(kind);
  });

  it.each([...connectors.keys()])(
    '%s: a connector serves its own kind of place, and nothing that was given up',
    async (kind) => {
      const connector = connectors.get(kind)!;
      const other = TARGETS[kind === 'http' ? 'filesystem' : 'http'];
      const [credentialType] = SOURCE_KIND_ENTRIES.find((entry) => entry.kind === kind)!.credentialTypes;
      const secret = secretOf({ username: 'u', password: 'p', key: 'k' });
      const caller = new Caller(connector, {
        target: other,
        credentialType: credentialType!,
        encryption: 'Any',
        connectionId: 'c',
        secret,
      });
      expect((await caller.failure({ name: 'test' })).code).toBe('VALIDATION_FAILED');
      const target = TARGETS[kind];
      const gone = AbortSignal.abort();
      const operations: readonly Operation[] = [
        { name: 'listTables' },
        { name: 'httpRequest', method: 'GET', path: '/', headers: [] },
        { name: 'listFolder', path: '/' },
      ];
      const operation = operations.find(({ name }) => OPERATIONS_BY_KIND[kind].includes(name))!;
      const given = kind === 'filesystem' ? { credentialType: 'Anonymous' as const } : {};
      expect((await caller.failure(operation, { target, signal: gone, ...given })).code).toBe('REQUEST_CANCELLED');
    },
  );

  it.each([
    ...[
      'file:///etc/passwd',
      'file://server/share',
      '\\\\server\\share',
      'ftp://h/',
      'gopher://h/',
      'javascript:1',
      '//h/x',
    ],
    ...['http:', 'jar:http://h!/', 'unix:/run/x', 'data:,x', ''],
  ])('%j is no place of the web', (url) => {
    expect(targetSchema.safeParse({ kind: 'http', url }).success).toBe(false);
    expect(targetSchema.safeParse({ kind: 'odata', url }).success).toBe(false);
  });
});

describe('the connector that the page on writing one shows', () => {
  let folder: string;
  let caller: Caller;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidegate-csv-'));
    await writeFile(join(folder, 'people.csv'), 'name,city\nAnn,"Ulm, ""old"""\nBob,\n');
    const target = TARGETS.filesystem;
    caller = new Caller(new CsvConnector(folder), {
      target,
      credentialType: 'Anonymous',
      encryption: 'Any',
      connectionId: 'c',
      secret: secretOf({}),
    });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('runs', async () => {
    const list = { name: 'listItems', table: 'people' } as const;
    expect(await caller.json(list)).toEqual([
      { name: 'Ann', city: 'Ulm, "old"' },
      { name: 'Bob', city: '' },
    ]);
    expect(await caller.json({ ...list, top: 1 })).toHaveLength(1);
    expect((await caller.failure(list, { limits: { rows: 1 } })).code).toBe('POLICY_DENIED');
    expect((await caller.failure({ ...list, table: 'nobody' })).code).toBe('TABLE_NOT_FOUND');
    expect((await caller.failure({ ...list, table: '../people' })).code).toBe('TABLE_NOT_FOUND');
    expect((await caller.failure(list, { signal: AbortSignal.abort() })).code).toBe('REQUEST_CANCELLED');
    expect((await caller.failure({ name: 'listTables' })).code).toBe('OPERATION_UNSUPPORTED');
  });

  it('stands on the page as it was compiled', async () => {
    const page = await readFile('docs/writing-a-connector.md', 'utf8');
    const shown = /```ts\n([\s\S]*?class CsvConnector[\s\S]*?)```/.exec(page)?.[1];
    const source = await readFile('test/support/csv.connector.ts', 'utf8');
    expect(shown).toBe(
      source
        .replaceAll("'../../src/contract/", "'../../contract/")
        .replaceAll("'../../src/gateway-agent/connectors/", "'./"),
    );
  });
});
