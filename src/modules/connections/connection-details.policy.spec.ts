import { describe, expect, it } from 'vitest';
import { SOURCE_KINDS, type Target } from '../../contract/targets.js';
import { parseTarget, showTarget, type SentDetails } from './connection-details.policy.js';
import { hasParameterType } from './parameter-types.policy.js';
import { SOURCE_KIND_ENTRIES, SOURCE_TYPES } from './source-kinds.policy.js';

const TARGETS: readonly Target[] = [
  { kind: 'postgresql', server: 'db.site.example', port: 5432, database: 'sales' },
  { kind: 'postgresql', server: 'db', port: 6543, database: 'x' },
  { kind: 'postgresql', server: '::1', port: 5433, database: 'x' },
  { kind: 'sql', server: 'db.site.example', port: 1433, database: 'sales' },
  { kind: 'sql', server: 'db', port: 14_330, database: 'sales' },
  { kind: 'mysql', server: '::1', port: 3306, database: 'x' },
  { kind: 'oracle', server: 'db', port: 1521, service: 'FREEPDB1' },
  { kind: 'oracle', server: '::1', port: 1522, service: 'orders.site.example' },
  { kind: 'http', url: 'http://api.site/v1' },
  { kind: 'odata', url: 'https://api.site/odata/', apiKeyName: 'X-Key' },
  { kind: 'sftp', server: 'files.site', port: 2222, path: '/in', hostKey: `SHA256:${'a'.repeat(43)}` },
  { kind: 'filesystem', path: 'D:\\data' },
];

const web = (changes: Partial<SentDetails> = {}): SentDetails => ({
  type: 'Web',
  creationMethod: 'Web',
  parameters: [{ dataType: 'Text', name: 'url', value: 'http://a/' }],
  ...changes,
});

describe('kinds of source', () => {
  it('are all described, each type under one name a surface', () => {
    expect(SOURCE_KIND_ENTRIES.map(({ kind }) => kind)).toEqual(SOURCE_KINDS);
    for (const names of [
      SOURCE_TYPES.map(({ type }) => type.name.toLowerCase()),
      SOURCE_TYPES.map(({ type }) => type.powerBiName.toLowerCase()),
    ]) {
      expect(new Set(names).size).toBe(SOURCE_TYPES.length);
    }
  });

  it.each(TARGETS)('show a target by what leads to it again: %j', (target) => {
    const entry = SOURCE_KIND_ENTRIES.find(({ kind }) => kind === target.kind);
    const parameters = Object.entries(entry?.values(target) ?? {}).map(([name, value]) => ({ name, value }));
    expect(parseTarget({ type: showTarget(target).type, parameters })).toEqual(target);
  });

  it('refuse to show a target of another kind', () => {
    const [postgresql] = SOURCE_KIND_ENTRIES;
    expect(() => postgresql?.values({ kind: 'filesystem', path: '/' })).toThrow();
  });
});

describe('connection details', () => {
  it('are read without regard to case, by the names of Fabric and of Power BI, with and without a method', () => {
    const target = { kind: 'postgresql', server: 'db', port: 5432, database: 'x' };
    const parameters = [
      { name: 'SERVER', value: ' db ' },
      { name: 'Database', value: 'x' },
    ];
    for (const type of ['PostgreSQL', 'PostgreSql', 'postgresql']) {
      expect(parseTarget({ type, creationMethod: 'POSTGRESQL', parameters })).toEqual(target);
      expect(parseTarget({ type, parameters })).toEqual(target);
    }
  });

  it.each<[string, SentDetails, string]>([
    ['a type that is unknown', web({ type: 'Db2' }), 'connectionDetails.type'],
    [
      'an Oracle server without a service',
      { type: 'Oracle', parameters: [{ name: 'server', value: 'db:1521' }] },
      'connectionDetails.parameters.server',
    ],
    [
      'a host key that is no fingerprint',
      {
        type: 'SFTP',
        parameters: Object.entries({ server: 'db', path: '/', hostKey: 'MD5:00' }).map(([name, value]) => ({
          name,
          value,
        })),
      },
      'connectionDetails.parameters.hostKey',
    ],
    ['a method that is unknown', web({ creationMethod: 'Sql' }), 'connectionDetails.creationMethod'],
    ['no parameter', web({ parameters: [] }), 'connectionDetails.parameters'],
    ['an empty one', web({ parameters: [{ name: 'url', value: ' ' }] }), 'connectionDetails.parameters'],
    ['one twice', web({ parameters: [...web().parameters, ...web().parameters] }), 'connectionDetails.parameters'],
    [
      'one too many',
      web({ parameters: [...web().parameters, { name: 'x', value: 'y' }] }),
      'connectionDetails.parameters',
    ],
    [
      'a type that does not match',
      web({ parameters: [{ dataType: 'Date', name: 'url', value: 'http://a/' }] }),
      'connectionDetails.parameters',
    ],
    ['truth for a text', web({ parameters: [{ name: 'url', value: true }] }), 'connectionDetails.parameters'],
    ['a fragment', web({ parameters: [{ name: 'url', value: 'http://a/#b' }] }), 'connectionDetails.parameters.url'],
  ])('are refused with %s', (_name, details, path) => {
    expect(() => parseTarget(details)).toThrow(expect.objectContaining({ details: expect.objectContaining({ path }) }));
  });
});

describe('values of parameters', () => {
  it.each([
    ['Text', 'x', 1],
    ['Number', 7, 'seven'],
    ['Number', '-7.5', true],
    ['Boolean', 'TRUE', 'yes'],
    ['Duration', 'P1DT2H', '1 day'],
    ['Date', '2026-11-23', '2026-13-01'],
    ['DateTime', '2026-11-23T10:00:00', '2026-11-23'],
    ['DateTimeZone', '2026-11-23T10:00:00+01:00', '10:00'],
    ['Time', '10:00:00', '25:00'],
  ] as const)('of type %s: %j is one, %j is none', (type, good, bad) => {
    expect(hasParameterType(good, type)).toBe(true);
    expect(hasParameterType(bad, type)).toBe(false);
  });
});
