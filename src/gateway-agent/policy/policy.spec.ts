import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../contract/operations.js';
import type { Target } from '../../contract/targets.js';
import { CLOSED_POLICY, NO_POLICY, Policy } from './policy.js';
import { PolicyInvalid, readPolicyText } from './policy-document.js';
import { readSourceAddress } from './source-address.js';

const TENANT = '11111111-2222-4333-8444-555555555555';
const policyOf = (text: string) => new Policy(readPolicyText(Buffer.from(`version: 1\n${text}`)));
const source = (text: string): Target => {
  const target = readSourceAddress(text);
  if (!target) throw new Error(`no source: ${text}`);
  return target;
};
const ask = (policy: Policy, target: string, operation: Operation, at = new Date('2026-11-24T12:00:00Z')) =>
  policy.ask({ tenantId: TENANT, operation, target: source(target), at });
const list = (table: string): Operation => ({ name: 'listItems', table });
const get = (path: string, method = 'GET', header = 'accept'): Operation => ({ name: 'httpRequest', method, path, headers: [[header, 'x']] }); // prettier-ignore
const DB = 'sql://erp.corp.example:1433/db';

describe('the example of the page about policies', () => {
  it('is a policy, and does what the page says', async () => {
    const page = await readFile('docs/policy.md', 'utf8');
    const example = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    const policy = new Policy(readPolicyText(Buffer.from(example)));
    const { verdict } = ask(policy, DB, list('dbo.orders'));
    expect(verdict).toEqual({ isAllowed: true, rule: 'tables', reason: 'tables: dbo.orders' });
    expect(page).toContain(`allowed by tables: ${verdict.reason}`);
    expect(ask(policy, DB, list('dbo.orders'), new Date('2026-11-24T23:00:00Z')).verdict.rule).toBe('hours');
    expect(ask(policy, 'https://erp.corp.example/odata/v4/', get('/x')).verdict.isAllowed).toBe(true);
  });
});

describe('a policy that is wrong', () => {
  it.each([
    ['hosts: [a]\nhots: [b]\n', 'line 3: hots is not known'],
    ['hours:\n  timeZone: UTC\n  windows: []\n  widows: []\n', 'line 5: hours.widows is not known'],
    ['hosts:\n  - host: a\n    prots: [1]\n', 'line 4: hosts.0'],
    ['readOnly: maybe\n', 'line 2: readOnly:'],
    ['hosts: [a\n', 'no YAML'],
    ['hosts: &x [a]\nports: *x\n', 'aliases'],
    ['readOnly: true\nreadOnly: false\n', 'line 3: no YAML (DUPLICATE_KEY)'],
    ['hosts: ["a/b"]\n', 'hosts.0'],
    ['hosts: ["10.0.0.0/33"]\n', 'hosts.0'],
    ['ports: [9-8]\n', 'ports: 9-8'],
    ['folders: [relative]\n', 'line 2: folders.0'],
    ['operations: [listItem]\n', 'line 2: operations.0'],
    ['hours: { timeZone: Mars/Base, windows: [] }\n', 'line 2: hours.timeZone'],
  ])('is refused with its place: %j', (text, said) => {
    expect(() => policyOf(text)).toThrow(PolicyInvalid);
    expect(() => policyOf(text)).toThrow(said);
  });

  it('is refused when it is too long, no text or of another version', () => {
    expect(() => readPolicyText(Buffer.alloc(300_000, 35))).toThrow('longer than');
    expect(() => readPolicyText(Buffer.from([0x76, 0xff]))).toThrow('no UTF-8');
    expect(() => readPolicyText(Buffer.from('version: 2'))).toThrow('line 1: version');
  });
});

describe('without a policy', () => {
  it.each([
    '127.0.0.1',
    '0.0.0.0',
    '169.254.169.254',
    '100.100.100.200',
    '192.0.0.192',
    '[::1]',
    '[fe80::1]',
    '[fd00:ec2::254]',
    '[::ffff:127.0.0.1]',
    '[64:ff9b::a9fe:a9fe]',
    '[2002:7f00:1::]',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '127.1',
    '127.0.0.1.',
    '１２７.0.0.1',
    '[2001:0:0:0:0:0:80ff:fffe]',
    '[::7f00:1]',
    '[fe80::5efe:7f00:1]',
  ])(
    // prettier-ignore
    'the address %s is closed',
    (host) => {
      expect(ask(NO_POLICY, `sql://${host}:1433/db`, { name: 'test' }).verdict).toMatchObject({
        isAllowed: false,
        rule: 'addresses',
      });
    },
  );

  it.each(['a b', 'a/b', 'a%2eb', 'a@b', '', '1.2.3.4.5', '[10.0.0.1', '10.0.0.1%eth0', 'x'.repeat(250) + '.example'])(
    'the host %j is nobody’s',
    (server) => {
      const target = { kind: 'sql', server, port: 1433, database: 'd' } as const;
      const { verdict } = NO_POLICY.ask({ tenantId: TENANT, operation: { name: 'test' }, target, at: new Date() });
      expect(verdict).toMatchObject({ isAllowed: false, rule: 'hosts' });
    },
  );

  it('everything else is open, but nobody watches the log; a closed one allows nothing', () => {
    expect(ask(NO_POLICY, 'sql://10.0.0.1/db', { name: 'executeQuery', query: 'x' }).verdict.isAllowed).toBe(true);
    expect(ask(NO_POLICY, 'file:///srv/x', { name: 'deleteFile', path: 'a' }).verdict.isAllowed).toBe(true);
    expect(NO_POLICY.mayWatchLog(TENANT)).toBe(false);
    expect(ask(CLOSED_POLICY, 'file:///srv/x', { name: 'test' }).verdict.rule).toBe('invalid');
  });
});

describe('hosts and ports', () => {
  const policy = policyOf("hosts: [erp.corp.example, '*.data.example', { host: 10.0.0.0/8, ports: [1433, 8000-8100] }, 0.0.0.0/0, '127.0.0.1']\nports: [1433, 8050]\n"); // prettier-ignore
  it.each([
    ['erp.corp.example:1433', true],
    ['ERP.corp.example.:1433', true],
    ['x.erp.corp.example:1433', true],
    ['erp.corp.example:1434', false],
    ['10.1.2.3:8050', true],
    ['127.0.0.1:1433', true],
    ['127.0.0.2:1433', false],
    ['169.254.169.254:1433', false],
  ])('%s: %s', (place, isAllowed) => {
    expect(ask(policy, `sql://${place}/db`, { name: 'test' }).verdict.isAllowed).toBe(isAllowed);
  });

  it('names that no entry could allow are not worth a question to the resolver', () => {
    const named = policyOf("hosts: [erp.corp.example, '*.data.example']\n").hosts;
    expect(named.aboutName('data.example', 1).isAllowed).toBe(false);
    expect(named.aboutName('a.b.data.example', 1).isAllowed).toBe(true);
    expect(named.aboutName('evildata.example', 1).isAllowed).toBe(false);
  });
});

describe('tables', () => {
  const policy = policyOf('tables: [sales.*, "dbo.a*z", Any]\n');
  it.each([
    ['sales.orders', '[sales].[orders]'],
    ['[sales].[a"b]]c]', '[sales].[a"b]]c]'],
    ['dbo.abcz', '[dbo].[abcz]'],
    ['Any', '[Any]'],
    ['x.Any', '[x].[Any]'],
    // Runs as what is allowed, never as a table "b.orders" of a schema "sales.".
    ['sales.b.orders', '[sales].[b.orders]'],
  ])('%s is run as %s', (table, runs) => {
    const answer = ask(policy, DB, list(table));
    expect(answer).toMatchObject({ verdict: { isAllowed: true }, operation: { table: runs } });
  });

  it.each([
    'orders',
    'SALES.orders',
    'dbo.abc',
    'sales',
    '[sales.orders]',
    '"sales".orders',
    'any',
    'sales.',
    '.sales.x',
    ' sales.x',
  ])('%s is not', (table) => {
    expect(ask(policy, DB, list(table)).verdict).toMatchObject({ isAllowed: false, rule: 'tables' });
  });

  it('a native query or procedure passes only where it is allowed by name', () => {
    const query: Operation = { name: 'executeQuery', query: 'select 1' };
    const call: Operation = { name: 'executeProcedure', procedure: 'r.monthly', parameters: {} };
    for (const rule of ['tables: [a.b]', 'readOnly: true']) {
      expect(ask(policyOf(rule), DB, query).verdict).toMatchObject({ isAllowed: false, rule: 'nativeQuery' });
      expect(ask(policyOf(rule), DB, call).verdict).toMatchObject({ isAllowed: false, rule: 'procedures' });
      const open = policyOf(`${rule}\nnativeQuery: true\nprocedures: [r.*]\n`);
      expect([query, call].map((each) => ask(open, DB, each).verdict.isAllowed)).toEqual([true, true]);
    }
    expect(ask(policyOf('nativeQuery: false'), DB, query).verdict.isAllowed).toBe(false);
  });

  it('compares many stars in little time', () => {
    const slow = policyOf(`tables: ["${'a*'.repeat(100)}b"]\n`);
    const startedAt = performance.now();
    expect(ask(slow, DB, list('a'.repeat(500))).verdict.isAllowed).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});

describe('the web, folders, time and tenants', () => {
  it('reads only, whatever headers say', () => {
    const policy = policyOf('readOnly: true');
    const verdict = (operation: Operation) => ask(policy, 'https://a.example/', operation).verdict.isAllowed;
    expect([get('/x'), get('/x', 'POST'), get('/x', 'GET', 'X-HTTP-Method-Override')].map(verdict)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('takes paths below an entry and no others', () => {
    const policy = policyOf('httpPaths: [/api/public, https://b.example:8443/v1/]');
    const verdict = (url: string, path: string) => ask(policy, url, get(path)).verdict.isAllowed;
    expect(verdict('https://a.example/', '/api/public/x?y=/../')).toBe(true);
    expect(verdict('https://b.example:8443/', '/v1')).toBe(true);
    for (const path of [
      '/api',
      '/api/publicx',
      '/api/public/..',
      '/api/public/%2e%2e/x',
      '/API/public',
      '/api/%70ublic',
      '//api/public',
    ])
      expect(verdict('https://a.example/', path), path).toBe(false);
    expect(verdict('https://b.example/', '/v1')).toBe(false);
    expect(ask(policy, 'https://a.example/', get('/api/public', 'GET', 'X-Original-URL')).verdict.isAllowed).toBe(
      false,
    );
  });

  it('takes folders below an entry and no others', () => {
    const policy = policyOf('folders: [/srv/export, "sftp://files.example/out"]');
    const verdict = (root: string, path: string) => ask(policy, root, { name: 'readFile', path }).verdict.isAllowed;
    expect(verdict('file:///srv', 'export/a')).toBe(true);
    expect(verdict('sftp://FILES.example/out/x', 'a')).toBe(true);
    expect(verdict('file:///srv', 'exports/a')).toBe(false);
    expect(verdict('file:///srv/export', '../a')).toBe(false);
    expect(verdict('sftp://files.example/outer', 'a')).toBe(false);
    expect(verdict('sftp://files.example/out/../x', 'a')).toBe(false);
    expect(
      ask(policy, 'file:///srv', { name: 'copyFile', path: 'export/a', destination: 'b', overwrite: true }).verdict
        .isAllowed,
    ).toBe(false);
  });

  it('serves within its hours, over midnight and by the zone’s own clock', () => {
    const policy = policyOf(
      'hours: { timeZone: Europe/Berlin, windows: [{ days: [tue], from: "22:00", to: "02:00" }] }',
    );
    const open = (at: string) => ask(policy, DB, { name: 'test' }, new Date(at)).verdict.isAllowed;
    // Tuesday 2026-11-24; Berlin is an hour ahead of UTC.
    expect(['2026-11-24T20:59:00Z', '2026-11-24T21:00:00Z', '2026-11-25T00:59:00Z', '2026-11-25T01:00:00Z', '2026-11-23T21:30:00Z'].map(open)).toEqual([false, true, true, false, false]); // prettier-ignore
  });

  it('knows its tenants and who may watch the log', () => {
    const policy = policyOf(`tenants: [${TENANT}]\nlogTail: [${TENANT.toUpperCase()}]\n`);
    expect(policy.aboutTenant(TENANT).isAllowed).toBe(true);
    expect(policy.aboutTenant('21111111-2222-4333-8444-555555555555').rule).toBe('tenants');
    expect([policy.mayWatchLog(TENANT), policy.mayWatchLog('x')]).toEqual([true, false]);
  });
});
