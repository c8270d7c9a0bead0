import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sealCredential } from '../../src/contract/sealed-credential.js';
import type { SealingPublicKey } from '../../src/contract/registration.js';
import { PRODUCT_VERSION } from '../../src/contract/version.js';
import type { CommandResult } from '../support/agent-machine.js';
import { E2eStack } from '../support/e2e-stack.js';
import { FreshMachine, type FirstProcess } from '../support/fresh-machine.js';
import { ReleaseDesk } from '../support/release-desk.js';
import { until } from '../support/until.js';

const INSTALLER = resolve(import.meta.dirname, '../../deploy/agent/install.sh');
const REGION = 'westeurope';
const RECOVERY_KEY = 'four painted boats lie dry at noon';
const STEM = `tidegate-agent-${PRODUCT_VERSION}`;
const POLICY = "version: 1\nhosts: ['*', localhost, 127.0.0.0/8]\n";
const STATE = '/var/lib/tidegate-agent';

const obstacles: Record<FirstProcess, string | undefined> = {
  systemd: FreshMachine.obstacle('systemd'),
  sh: FreshMachine.obstacle('sh'),
};
for (const [first, obstacle] of Object.entries(obstacles)) {
  if (obstacle !== undefined) process.stdout.write(`left out: installing the agent under ${first}: ${obstacle}\n`);
}

/** The whole life of an installation, unattended, on a machine that has nothing. */
describe.skipIf(obstacles.sh !== undefined)('installing the agent on a fresh machine', () => {
  let stack: E2eStack;
  let desk: ReleaseDesk;
  let machine: FreshMachine | undefined;

  const ask = async <T>(method: string, path: string, json?: object): Promise<T> => {
    const { status, body } = await stack.ask('contoso.admin', method, path, json && { json });
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`);
    return body as T;
  };
  const gateways = () => ask<{ value: { id: string; displayName: string; publicKey: SealingPublicKey }[] }>('GET', '/v1/gateways'); // prettier-ignore
  const gateway = async (name: string) => (await gateways()).value.find(({ displayName }) => displayName === name);
  /** A machine with what an operator carries to it. */
  const fresh = async (first: FirstProcess): Promise<FreshMachine> => {
    machine = await FreshMachine.start(first);
    for (const file of [`${STEM}.tgz`, `${STEM}.jws`, `${STEM}.release-key.pem`])
      copyFileSync(join(desk.folder, file), join(machine.handover, file));
    copyFileSync(INSTALLER, join(machine.handover, 'install.sh'));
    copyFileSync(stack.stack.cloud.addresses.caFile, join(machine.handover, 'ca.pem'));
    return machine;
  };
  const install = async (on: FreshMachine, name: string, flags: Readonly<Record<string, string>> = {}): Promise<CommandResult> => {
    // A machine that is registered needs none, and there would be none for a name that is taken.
    const { token } = (await gateway(name)) ? { token: 'unused' } : await ask<{ token: string }>('POST', '/v1/joinTokens', { gatewayName: name, region: REGION }); // prettier-ignore
    const sha256 = createHash('sha256').update(readFileSync(join(desk.folder, `${STEM}.tgz`))).digest('hex');
    const given = {
      '--package': `/handover/${STEM}.tgz`,
      '--sha256': sha256,
      '--manifest': `/handover/${STEM}.jws`,
      '--release-key': `/handover/${STEM}.release-key.pem`,
      '--control-plane': stack.description.baseUrl,
      '--ca-file': '/handover/ca.pem',
      '--join-token-file': on.hand('token', token),
      '--recovery-key-file': on.hand('key', RECOVERY_KEY),
      // Sources of this test lie on the machine itself, where an agent goes only if it is allowed to.
      '--policy': on.hand('policy.yaml', POLICY),
      '--name': name,
      '--region': REGION,
      '--member-name': name,
      '--wait': '60',
      ...flags,
    };
    return on.run(['sh', '/handover/install.sh', ...Object.entries(given).flat()]);
  }; // prettier-ignore
  const uninstall = (on: FreshMachine, ...flags: string[]) =>
    on.run(['sh', '/handover/install.sh', '--uninstall', ...flags]);
  /** Makes a connection to the sample warehouse through the new gateway, and reads from it. */
  const connect = async (name: string): Promise<string> => {
    const found = await gateway(name);
    if (!found) throw new Error(`no gateway ${name}`);
    const { host, port, database, username, password } = stack.stack.site.database;
    const pairs = [{ name: 'username', value: username }, { name: 'password', value: password }]; // prettier-ignore
    const text = (key: string, value: string) => ({ dataType: 'Text', name: key, value });
    const { id } = await ask<{ id: string }>('POST', '/v1/connections', {
      connectivityType: 'OnPremisesGateway',
      gatewayId: found.id,
      displayName: `${name}.warehouse`,
      privacyLevel: 'Organizational',
      connectionDetails: {
        type: 'PostgreSQL',
        creationMethod: 'PostgreSql',
        parameters: [text('server', `${host}:${port}`), text('database', database)],
      },
      credentialDetails: {
        singleSignOnType: 'None',
        connectionEncryption: 'NotEncrypted',
        skipTestConnection: true,
        credentials: {
          credentialType: 'Basic',
          values: [{ gatewayId: found.id, encryptedCredentials: await sealCredential(found.publicKey, pairs) }],
        },
      },
      environmentIds: [stack.environment('contoso.europe')],
    });
    return id;
  };
  const serves = async (connection: string): Promise<boolean> => {
    const path = `/v1/connections/${connection}/testConnection`;
    const { status, body } = await stack.ask('contoso.admin', 'POST', path);
    return status === 200 && (body as { status: string }).status === 'Online';
  };
  const agents = async (on: FreshMachine) =>
    (await on.processes()).filter((line) => line.includes('gateway-agent/main.js'));

  beforeAll(async () => {
    stack = await E2eStack.start();
    desk = new ReleaseDesk(stack);
    for (const step of [() => desk.build(PRODUCT_VERSION), () => desk.publish(PRODUCT_VERSION)]) {
      const { code, output } = await step();
      expect(code, output).toBe(0);
    }
  });
  afterEach(async () => {
    await machine?.stop();
    machine = undefined;
  });
  afterAll(() => stack?.stop());

  it.skipIf(obstacles.systemd !== undefined)(
    'as a service: installs, registers, serves, changes its account and leaves nothing behind',
    async () => {
      const on = await fresh('systemd');
      const before = await on.files();
      const { code, output } = await install(on, 'contoso.depot');
      expect(code, output).toBe(0);
      expect(output).toContain('The manifest is signed by the release key.');
      expect(output).toContain('The agent is connected.');
      expect(output).not.toContain(RECOVERY_KEY);
      const connection = await connect('contoso.depot');
      await until('it serves', () => serves(connection));

      // Hardened for real: another account, no privileges, and nothing to write to but its own.
      const { output: seen } = await on.run(['sh', '-c', 'pid=$(systemctl show -p MainPID --value tidegate-agent); cat /proc/$pid/status; cd /proc/$pid/root; touch usr/local/x etc/x opt/x var/x']); // prettier-ignore
      expect(seen).toMatch(/^CapBnd:\t0+$/m);
      expect(seen).toMatch(/^NoNewPrivs:\t1$/m);
      expect(seen).toMatch(/^Seccomp:\t2$/m);
      expect(seen.match(/Read-only file system/g)).toHaveLength(4);
      const status = await on.run(['tidegate-agent', 'service', 'status']);
      expect(status.output).toContain('The service runs (active, running), account tidegate-agent.');

      // One agent a machine, also for another account and another folder.
      const second = await on.run(['tidegate-agent', 'register', '--name', 'again', '--region', REGION, '--control-plane', stack.description.baseUrl, '--join-token-file', '/handover/token', '--recovery-key-file', '/handover/key', '--state', '/root/second']); // prettier-ignore
      expect(second.output).toMatch(/This machine is in use by another agent \(process \d+\)\./);
      expect(second.code).toBe(5);

      await on.run(['useradd', '--system', '--user-group', '--no-create-home', 'keeper']);
      const wrong = await on.run(['tidegate-agent', 'service', 'set-account', '--account', 'keeper', '--recovery-key-file', '/handover/token']); // prettier-ignore
      expect(wrong.code, wrong.output).toBe(3);
      expect((await on.run(['stat', '-c', '%U', STATE])).output.trim()).toBe('tidegate-agent');
      const changed = await on.run(['tidegate-agent', 'service', 'set-account', '--account', 'keeper', '--recovery-key-file', '/handover/key']); // prettier-ignore
      expect(changed.code, changed.output).toBe(0);
      expect((await on.run(['find', STATE, '!', '-user', 'keeper'])).output).toBe('');
      await until('it serves under the other account', () => serves(connection));
      const back = await on.run(['tidegate-agent', 'service', 'set-account', '--account', 'tidegate-agent', '--recovery-key-file', '/handover/key']); // prettier-ignore
      expect(back.code, back.output).toBe(0);
      await on.run(['userdel', 'keeper']);

      await ask('DELETE', `/v1/connections/${connection}`);
      const removed = await uninstall(on);
      expect(removed.code, removed.output).toBe(0);
      expect(await agents(on)).toEqual([]);
      expect(await on.files()).toEqual(before);
    },
  );

  it('without a service manager: refuses what is not the package, keeps its state when told to, leaves nothing behind', async () => {
    const on = await fresh('sh');
    const before = await on.files();
    const plain = { '--supervisor': 'none' };
    const refusals = [
      [{ '--sha256': '0'.repeat(64) }, 'nothing was installed'],
      [{ '--release-key': '/handover/ca.pem' }, 'the manifest is not signed by this release key'],
      [{ '--region': 'nowhere' }, 'nowhere'],
      [{ '--supervisor': 'auto' }, 'systemd does not manage this machine'],
    ] as const;
    for (const [flags, reason] of refusals) {
      const { code, output } = await install(on, 'contoso.quay', { ...plain, ...flags });
      expect(output).toContain(reason);
      expect(code).not.toBe(0);
      expect(await on.files()).toEqual(before);
    }
    const { code, output } = await install(on, 'contoso.quay', plain);
    expect(code, output).toBe(0);
    const connection = await connect('contoso.quay');
    await until('it serves', () => serves(connection));

    const kept = await uninstall(on, '--keep-state');
    expect(kept.code, kept.output).toBe(0);
    expect(await agents(on)).toEqual([]);
    expect((await on.run(['test', '-e', '/opt/tidegate-agent'])).code).toBe(1);
    const again = await install(on, 'contoso.quay', plain);
    expect(again.code, again.output).toBe(0);
    expect(again.output).toContain('This machine is registered already.');
    await until('it serves with the state that was kept', () => serves(connection));

    // As the host of a Windows service runs it: it ends in order when nobody speaks to it any more.
    const stop = 'kill $(cat /run/tidegate-agent.pid); while tidegate-agent status >/dev/null; do sleep 0.1; done';
    const hosted = await on.run(['sh', '-c', `${stop}; sleep 2 | setpriv --reuid tidegate-agent --regid tidegate-agent --init-groups tidegate-agent run --managed --stop-with-stdin --state ${STATE}`]); // prettier-ignore
    expect(hosted.code, hosted.output).toBe(0);
    expect(hosted.output).toContain('"event":"stopped"');

    await ask('DELETE', `/v1/connections/${connection}`);
    const removed = await uninstall(on);
    expect(removed.code, removed.output).toBe(0);
    expect(await agents(on)).toEqual([]);
    expect(await on.files()).toEqual(before);
  });
});
