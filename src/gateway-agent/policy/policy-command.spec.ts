import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestFolder } from '../../../test/support/agent-folder.js';
import { readSettings } from '../settings.js';
import { assertTenantAllowed } from './allowed-tenant.js';
import { policyCommand } from './policy-command.js';

const TENANT = '11111111-2222-4333-8444-555555555555';

let folder: TestFolder;

beforeAll(async () => {
  folder = await TestFolder.make();
  await mkdir(folder.file('open'));
  await mkdir(folder.file('closed'));
  await symlink(folder.file('closed'), folder.file('open/way'));
  await writeFile(
    folder.file('policy.yaml'),
    `version: 1\nhosts: [10.0.0.0/8, '*.corp.example', { host: 127.0.0.1, ports: [8080] }]\ntables: [dbo.*]\n` +
      `readOnly: true\nfolders: [${folder.file('open')}]\ntenants: [${TENANT}]\n`,
  );
});
afterAll(() => folder[Symbol.asyncDispose]());

/** Runs `tidegate-agent policy …` as the command line has it. */
async function policy(...words: string[]): Promise<{ code: number; said: string }> {
  const settings = readSettings(['policy', ...words, '--state', folder.path], {});
  if (settings.command !== 'policy') throw new Error('another command');
  const printed: string[] = [];
  const answers: Readonly<Record<string, string[]>> = { 'in.corp.example': ['10.1.1.1'], 'loop.corp.example': ['127.0.0.1'], 'x.other.example': ['10.1.1.2'], 'out.other.example': ['192.0.2.1'] }; // prettier-ignore
  const resolve = (name: string) => Promise.resolve(answers[name] ?? []);
  const code = await policyCommand(settings, { print: (line) => void printed.push(line) }, resolve);
  return { code, said: printed.join('\n') };
}

describe('policy test', () => {
  it.each([
    ['sql://in.corp.example:1433/db --operation listItems --table dbo.x', 0, 'allowed by tables: tables: dbo.*'],
    ['sql://in.corp.example:1433/db --operation listItems --table sys.x', 9, 'denied by tables'],
    ['sql://in.corp.example/db --operation executeQuery', 9, 'denied by nativeQuery'],
    ['sql://in.corp.example/db --operation deleteItem --table dbo.x', 9, 'denied by readOnly'],
    ['sql://loop.corp.example:1433/db', 9, 'denied by addresses: 127.0.0.1'],
    ['sql://x.other.example/db', 0, 'allowed'],
    ['oracle://out.other.example/db', 9, 'denied by hosts'],
    ['http://127.0.0.1:8080/ --operation httpRequest --path /x', 0, 'allowed'],
    ['http://127.0.0.1:8081/ --operation httpRequest --path /x', 9, 'denied by addresses'],
    ['http://2130706433:8081/ --operation httpRequest --path /x', 9, 'denied by addresses'],
    ['sql://nowhere.corp.example/db', 9, 'denied by hosts: the name of the server cannot be resolved'],
    ['sql://in.corp.example/db --tenant 21111111-2222-4333-8444-555555555555', 9, 'denied by tenants'],
  ])('--source %s', async (words, code, said) => {
    const answer = await policy('test', '--source', ...words.split(' '));
    expect(answer.said).toContain(said);
    expect(answer.code).toBe(code);
  });

  it('follows the links of folders', async () => {
    const ask = (path: string) =>
      policy('test', '--source', `file://${folder.path}`, '--operation', 'readFile', '--path', path);
    expect((await ask('open/a')).code).toBe(0);
    expect(await ask('open/way')).toMatchObject({ code: 9, said: expect.stringContaining('denied by folders') });
  });

  it('answers programs', async () => {
    const { said } = await policy(
      'test',
      '--source',
      'sql://10.0.0.1/db',
      '--operation',
      'getTable',
      '--table',
      'a.b',
      '--json',
    );
    expect(JSON.parse(said)).toEqual({ isAllowed: false, rule: 'tables', reason: 'no entry of tables allows a.b' });
  });

  it.each([
    ['test'],
    ['test', '--source', 'nonsense'],
    ['test', '--source', 'sql://h/d', '--operation', 'listItems'],
    ['test', '--source', 'sql://h/d', '--operation', 'x'],
    [],
  ])(
    // prettier-ignore
    'says what is missing: %s %s %s %s %s',
    (...words) => {
      expect(() => readSettings(['policy', ...words], {})).toThrow(expect.objectContaining({ reason: 'usage' }));
    },
  );
});

describe('policy check and show', () => {
  it('say whether there is one and what it holds', async () => {
    expect((await policy('check')).said).toBe(`${folder.file('policy.yaml')} is valid.`);
    expect((await policy('show')).said).toContain('readOnly: true');
  });

  it('name line and key of what is wrong', async () => {
    const file = folder.file('wrong.yaml');
    await writeFile(file, 'version: 1\nhots: [a]\nreadOnly: 1\n');
    await expect(policy('check', '--policy', file)).rejects.toMatchObject({ reason: 'usage', message: expect.stringMatching(/line 2: hots is not known/) }); // prettier-ignore
    await expect(policy('check', '--policy', file)).rejects.toThrow('line 3: readOnly');
    await expect(policy('check', '--policy', folder.file('none.yaml'))).rejects.toThrow('there is no such file');
  });
});

describe('a tenant that wants its gateway on this machine', () => {
  const settings = () => ({ ...readSettings(['status', '--state', folder.path], {}), stateDir: folder.path }) as never;

  it('is refused unless the policy names it', async () => {
    await expect(assertTenantAllowed(settings(), TENANT)).resolves.toBeUndefined();
    const other = assertTenantAllowed(settings(), '21111111-2222-4333-8444-555555555555');
    await expect(other).rejects.toMatchObject({ reason: 'refused' });
  });
});
