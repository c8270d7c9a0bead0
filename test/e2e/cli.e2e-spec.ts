import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandLine } from '../support/command-line.js';
import { E2eStack } from '../support/e2e-stack.js';
import { SignInBrowser } from '../support/sign-in-browser.js';

const SAMPLE = resolve(import.meta.dirname, '../../docs/examples/tidegate.yaml');
const PASSWORD = 'Gr8-tide-and-low-water';

interface Plan {
  readonly isSame: boolean;
  readonly changes: {
    action: string;
    kind: string;
    name: string;
    fields: { field: string; before?: unknown; after?: unknown }[];
  }[];
}

/** The steps build on each other, as an administrator's day does. */
describe('the command line', () => {
  let stack: E2eStack;
  let line: CommandLine;
  const env = { ORDERS_PASSWORD: PASSWORD };
  beforeAll(async () => {
    stack = await E2eStack.start();
    const folder = join(stack.folder, 'person');
    mkdirSync(folder);
    line = new CommandLine(stack, folder);
  });
  afterAll(async () => stack?.stop());

  const signInFile = () => join(line.folder, 'tidegate/sign-in.json');
  /** What people changed: refusals are counted and recorded later, alerts are the service's own. */
  const changesRecorded = async (): Promise<string[]> => {
    const { body } = await stack.ask('contoso.admin', 'GET', '/v1/audit');
    const { value } = body as { value: { id: string; action: string; result: string }[] };
    return value
      .filter(({ action, result }) => result === 'succeeded' && !action.startsWith('alert.'))
      .map(({ id, action }) => `${id} ${action}`);
  };
  const plan = () => line.json<Plan>(['plan', '-f', SAMPLE]);
  const drift = () => line.run(['drift', '-f', SAMPLE]);

  it('refuses to do anything for nobody', async () => {
    const { code, stdout, stderr } = await line.run(['gateways', 'list', '--json']);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(JSON.parse(stderr)).toMatchObject({
      error: { code: 'NOT_SIGNED_IN', remedy: expect.stringContaining('login') },
    });
  });

  it('signs a person in by a code that is entered elsewhere', async () => {
    const { baseUrl, oidc, users } = stack.description;
    const { tenantId = '', tokenEndpoint = '' } = oidc['contoso'] ?? {};
    const admin = users['contoso.admin'] ?? { username: '', password: '' };
    let entered: Promise<string> | undefined;
    const { code, stdout, stderr } = await line.run(['login', '--url', baseUrl, '--tenant', tenantId], {
      whilePrinting: (text) => {
        const [, address, userCode] = /open (\S+) and enter the code (\S+)/.exec(text) ?? [];
        if (address === undefined || userCode === undefined || entered) return;
        const { username, password } = admin;
        entered = new SignInBrowser(new URL(tokenEndpoint).origin).enterCode(address, userCode, { username, password });
      },
    });
    expect(code, stderr).toBe(0);
    expect(await entered).toContain('Signed in');
    expect(stdout).toContain(admin.username);
    expect(statSync(signInFile()).mode & 0o777).toBe(0o600);
    expect(statSync(join(line.folder, 'tidegate')).mode & 0o777).toBe(0o700);
    expect(await line.json(['whoami'])).toMatchObject({ url: baseUrl, name: admin.username, type: 'User' });
  });

  it('renews a token that has ended, once, and keeps the new one', async () => {
    const known = JSON.parse(readFileSync(signInFile(), 'utf8'));
    writeFileSync(signInFile(), JSON.stringify({ ...known, accessToken: 'old', expiresAt: Date.now() }));
    expect(await line.json(['whoami'])).toMatchObject({ type: 'User' });
    const renewed = JSON.parse(readFileSync(signInFile(), 'utf8'));
    expect(renewed.refreshToken).not.toBe(known.refreshToken);
    expect(renewed.expiresAt).toBeGreaterThan(Date.now());
  });

  it('lists and shows what the API does, for people and as JSON', async () => {
    const { value } = await line.json<{ value: { id: string }[] }>(['gateways', 'list']);
    const { body } = await stack.ask('contoso.admin', 'GET', '/v1/gateways');
    expect(value).toEqual((body as { value: unknown[] }).value);
    const table = await line.run(['connections', 'list', '--gateway', 'contoso.hq']);
    expect(table.stdout).toMatch(/^NAME +ID +TYPE +PATH/);
    expect(table.stdout).toContain('contoso.warehouse');
    expect(await line.json(['gateways', 'status', 'contoso.hq'])).toMatchObject({ status: 'Online' });
    expect(await line.json(['connections', 'test', 'contoso.warehouse'])).toEqual({ status: 'Online', errors: [] });
    const words = ['explain', '--user', 'contoso.maker@contoso.example', '--connection', 'contoso.warehouse'];
    expect(await line.json(words)).toMatchObject({ rules: expect.any(Array) });
    for (const group of [
      'members list contoso.hq',
      'roles list --gateway contoso.hq',
      'environments list',
      'regions',
    ]) {
      const { code, stdout, stderr } = await line.run(group.split(' '));
      expect(code, stderr).toBe(0);
      expect(stdout.split('\n').length, group).toBeGreaterThan(2);
    }
  });

  it('tells a refusal with code, remedy and trace, and asks nobody where there is nobody', async () => {
    const missing = await line.run(['gateways', 'show', '00000000-0000-4000-8000-000000000000']);
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    expect(missing.stderr).toMatch(/^error: .+ \[GATEWAY_NOT_FOUND\]\n/);
    expect(missing.stderr).toMatch(/What to do: .+\n {2}Trace: \S+/);
    const deletion = await line.run(['connections', 'delete', 'contoso.warehouse']);
    expect(deletion.code).toBe(1);
    expect(deletion.stderr).toContain('NOT_CONFIRMED');
    const typo = await line.run(['gateways', 'lits']);
    expect(typo.stderr).toContain('(Did you mean list?)');
  });

  it('plans the sample file and applies it', async () => {
    expect((await plan()).changes.map(({ action, kind }) => `${action} ${kind}`)).toEqual([
      'update policy',
      'create environment',
      'update gateway',
      'create gateway role',
      'create gateway role',
      'create connection',
      'create connection',
      'create connection role',
      'create connection role',
    ]);
    const without = await line.run(['apply', '-f', SAMPLE]);
    expect(without.stderr).toContain('ORDERS_PASSWORD');
    expect((await plan()).changes).toHaveLength(9);
    const applied = await line.run(['apply', '-f', SAMPLE], { env });
    expect(applied.code, applied.stderr).toBe(0);
    expect(applied.stderr.match(/^done: /gm)).toHaveLength(9);
  });

  it('changes nothing the second time, without the password', async () => {
    const before = await changesRecorded();
    expect(before.join()).toContain('connection.created');
    const { code, stdout } = await line.run(['apply', '-f', SAMPLE]);
    expect(code).toBe(0);
    expect(stdout).toBe('Nothing to do: everything is as the file says.\n');
    expect(await changesRecorded()).toEqual(before);
    expect((await drift()).code).toBe(0);
  });

  it('shows what somebody changed by hand, and says so with its exit code', async () => {
    const { value } = await line.json<{ value: { id: string; displayName: string }[] }>(['connections', 'list']);
    const orders = value.find(({ displayName }) => displayName === 'Orders')?.id ?? '';
    const edit = await stack.ask('contoso.admin', 'PATCH', `/v1/connections/${orders}`, {
      json: { privacyLevel: 'Public' },
    });
    expect(edit.status, JSON.stringify(edit.body)).toBe(200);
    expect(await plan()).toEqual({
      isSame: false,
      changes: [
        {
          action: 'update',
          kind: 'connection',
          name: 'Orders',
          fields: [{ field: 'privacyLevel', before: 'Public', after: 'Organizational' }],
        },
      ],
    });
    const differs = await drift();
    expect(differs.code).toBe(2);
    expect(differs.stdout).toContain('privacyLevel: Public -> Organizational');
    expect((await line.run(['drift', '-f', '/nowhere.yaml'])).code).toBe(1);
    expect((await line.run(['apply', '-f', SAMPLE])).code).toBe(0);
    expect((await drift()).code).toBe(0);
  });

  it('seals a credential that the gateway can use, and takes away only what it is told to', async () => {
    const { host, port, database, username, password } = stack.stack.site.database;
    const secret = join(line.folder, 'password');
    writeFileSync(secret, `${password}\n`, { mode: 0o600 });
    const file = join(line.folder, 'own.yaml');
    const described = (wanted: object) => ({ version: 1, connections: [wanted] });
    const connection = {
      name: 'Own warehouse',
      gateway: 'contoso.hq',
      type: 'PostgreSQL',
      parameters: { server: `${host}:${port}`, database },
      encryption: 'NotEncrypted',
      credential: { type: 'Basic', username, passwordFile: secret },
      environments: ['contoso.europe'],
    };
    // JSON is YAML; the connection is tested before it is stored.
    writeFileSync(file, JSON.stringify(described(connection)));
    const first = await line.run(['apply', '-f', file]);
    expect(first.code, first.stderr).toBe(0);
    expect(await line.json(['connections', 'test', 'Own warehouse'])).toMatchObject({ status: 'Online' });

    writeFileSync(secret, 'not the right one');
    const wrong = await line.run(['apply', '-f', file, '--reseal', 'Own warehouse']);
    expect(wrong.code, wrong.stderr).toBe(1);
    expect(wrong.stderr).toContain('Stopped: 0 done, 1 not done');

    writeFileSync(file, JSON.stringify(described({ ...connection, environments: [] })));
    expect((await line.json<Plan>(['plan', '-f', file])).isSame).toBe(true);
    const { changes } = await line.json<Plan>(['plan', '-f', file, '--prune']);
    expect(changes.filter(({ kind }) => kind === 'binding')).toHaveLength(1);
    expect(changes.filter(({ action, kind }) => action === 'delete' && kind === 'connection').length).toBeGreaterThan(
      3,
    );
    const unasked = await line.run(['apply', '-f', file, '--prune']);
    expect(unasked.stderr).toContain('NOT_CONFIRMED');
    expect((await line.json<Plan>(['plan', '-f', file, '--prune'])).changes).toEqual(changes);
  });

  it('signs an application in without a person, by its environment', async () => {
    const { clientId, clientSecret } = stack.description.servicePrincipals['contoso.automation'] ?? {
      clientId: '',
      clientSecret: '',
    };
    const secret = join(line.folder, 'secret');
    writeFileSync(secret, clientSecret, { mode: 0o600 });
    const robot = {
      TIDEGATE_URL: stack.description.baseUrl,
      TIDEGATE_TENANT: stack.description.oidc['contoso']?.tenantId ?? '',
      TIDEGATE_CLIENT_ID: clientId,
      TIDEGATE_CLIENT_SECRET_FILE: secret,
      XDG_CONFIG_HOME: join(line.folder, 'robot'),
    };
    expect(await line.json(['whoami'], robot)).toMatchObject({ type: 'ServicePrincipal' });
    const login = await line.run(['login', '--service-principal'], { env: robot });
    expect(login.code, login.stderr).toBe(0);
    expect(readFileSync(join(line.folder, 'robot/tidegate/sign-in.json'), 'utf8')).not.toContain(clientSecret);
  });

  it('takes a token from a file, and makes a join token without showing it', async () => {
    const tokenFile = join(line.folder, 'token');
    writeFileSync(tokenFile, await stack.token('contoso.admin'), { mode: 0o600 });
    const person = {
      TIDEGATE_URL: stack.description.baseUrl,
      TIDEGATE_TOKEN_FILE: tokenFile,
      XDG_CONFIG_HOME: line.folder,
    };
    const output = join(line.folder, 'join-token');
    const words = ['join-tokens', 'create', '--gateway', 'contoso.hq', '-o', output];
    const made = await line.run(words, { env: person });
    expect(made.code, made.stderr).toBe(0);
    const token = readFileSync(output, 'utf8').trim();
    expect(token.length).toBeGreaterThan(40);
    expect(made.stdout).not.toContain(token);
    expect(statSync(output).mode & 0o777).toBe(0o600);
  });

  it('completes commands in bash', async () => {
    const script = join(line.folder, 'completion.bash');
    writeFileSync(script, (await line.run(['completion', 'bash'])).stdout);
    const complete = async (...words: string[]): Promise<string[]> => {
      const list = words.map((word) => `'${word}'`).join(' ');
      const shell = `source '${script}'; COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _tidegate; echo "\${COMPREPLY[*]}"`;
      const { stdout } = await promisify(execFile)('bash', ['--norc', '-c', shell]);
      return stdout.trim().split(/\s+/);
    };
    expect(await complete('tidegate', 'gat')).toEqual(['gateways']);
    expect(await complete('tidegate', 'gateways', 're')).toEqual(['rename']);
    expect(await complete('tidegate', '--json', 'roles', 'add', '--gat')).toEqual(['--gateway']);
  });

  it('never printed nor was given a secret', async () => {
    const { refreshToken, accessToken } = JSON.parse(readFileSync(signInFile(), 'utf8'));
    const { password } = stack.stack.site.database;
    for (const secret of [PASSWORD, password, refreshToken, accessToken]) {
      expect(line.printed).not.toContain(secret);
      expect(line.typed).not.toContain(secret);
    }
    expect((await line.run(['logout'])).code).toBe(0);
    expect((await line.run(['whoami'])).code).toBe(1);
  });
});
