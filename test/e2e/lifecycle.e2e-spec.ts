import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgentMachine } from '../support/agent-machine.js';
import { E2eStack } from '../support/e2e-stack.js';
import { Load } from '../support/load.js';
import { until } from '../support/until.js';

interface Member {
  readonly id: string;
  readonly displayName: string;
  readonly state: string;
  readonly inFlight: number;
}

/** The steps build on each other, as they do in a gateway's life. */
describe('a gateway that lives', () => {
  let stack: E2eStack;
  const machines: AgentMachine[] = [];
  beforeAll(async () => {
    stack = await E2eStack.start();
  });
  afterAll(async () => {
    await Promise.all(machines.map((machine) => machine.end('SIGKILL')));
    await stack?.stop();
  });

  const gateway = () => stack.description.gateways['contoso.hq']?.id ?? '';
  const members = async (): Promise<Member[]> => {
    const { body } = await stack.ask('contoso.admin', 'GET', `/v1/gateways/${gateway()}/members`);
    return (body as { value: Member[] }).value;
  };
  const member = async (name: string) => (await members()).find(({ displayName }) => displayName === name);
  const read = () => stack.ask('contoso.maker', 'GET', stack.items(stack.sample.table, '?$top=1'));
  const token = async (): Promise<string> => {
    const { status, body } = await stack.ask('contoso.admin', 'POST', '/v1/joinTokens', {
      json: { gatewayId: gateway() },
    });
    expect(status, JSON.stringify(body)).toBe(201);
    return (body as { token: string }).token;
  };
  const machine = (name: string): AgentMachine => {
    const made = new AgentMachine(stack, name);
    machines.push(made);
    return made;
  };
  const online = (name: string) =>
    until(`${name} is online`, async () => (await member(name))?.state === 'online', 60_000);
  const whileReading = async (work: (load: Load) => Promise<void>): Promise<Load> => {
    const load = new Load(read);
    try {
      await load.more(10);
      await work(load);
      await load.more(20);
    } finally {
      await load.end();
    }
    return load;
  };

  it('refuses a machine without the recovery key, and leaves nothing behind on it', async () => {
    const stranger = machine('stranger');
    const { code, output } = await stranger.enrol('join', 'contoso.hq', {
      token: await token(),
      recoveryKey: 'not the right one',
    });
    expect(code).not.toBe(0);
    expect(output).toContain('recovery key');
    expect(existsSync(stranger.stateDir)).toBe(false);
  });

  it('takes in two more members, which share the reads', { timeout: 120_000 }, async () => {
    const { recoveryKey } = stack.stack;
    for (const name of ['second', 'third']) {
      const joining = machine(name);
      const { code, output } = await joining.enrol('join', 'contoso.hq', { token: await token(), recoveryKey });
      expect(code, output).toBe(0);
      joining.start();
      await online(name);
    }
    const evenly = { json: { loadBalancingSetting: 'DistributeEvenly' } };
    expect((await stack.ask('contoso.admin', 'PATCH', `/v1/gateways/${gateway()}`, evenly)).status).toBe(200);
    expect(await members()).toHaveLength(3);
    expect((await whileReading((load) => load.more(50))).failures).toEqual([]);
  });

  it('loses no read while a member drains, and takes it back', { timeout: 120_000 }, async () => {
    const { id = '' } = (await member('third')) ?? {};
    const path = `/v1/gateways/${gateway()}/members/${id}`;
    const load = await whileReading(async () => {
      const drain = await stack.ask('contoso.admin', 'POST', `${path}/drain`, { json: { deadlineSeconds: 60 } });
      expect(drain.status, JSON.stringify(drain.body)).toBe(200);
      await until('it drains', async () => (await member('third'))?.state === 'draining', 60_000);
      expect((await stack.ask('contoso.admin', 'POST', `${path}/resume`)).status).toBe(200);
      await online('third');
    });
    expect(load.failures).toEqual([]);
  });

  it('loses no read when its first member is removed', { timeout: 120_000 }, async () => {
    const [first] = await members();
    const load = await whileReading(async () => {
      const removal = await stack.ask(
        'contoso.admin',
        'DELETE',
        `/v1/gateways/${gateway()}/members/${first?.id ?? ''}`,
      );
      expect(removal.status, JSON.stringify(removal.body)).toBe(200);
    });
    expect((await members()).map(({ displayName }) => displayName).sort()).toEqual(['second', 'third']);
    expect(load.failures).toEqual([]);
  });

  it('is served again soon after a member was killed', { timeout: 120_000 }, async () => {
    const second = machines.find(({ name }) => name === 'second');
    await second?.end('SIGKILL');
    await until('reads succeed again', async () => (await read()).status === 200, 60_000);
    expect((await whileReading((load) => load.more(30))).failures).toEqual([]);
  });

  it('moves to a new machine: its connections work unedited, the old one is out', { timeout: 120_000 }, async () => {
    const replacement = machine('replacement');
    const { recoveryKey } = stack.stack;
    const { id = '' } = (await member('second')) ?? {};
    const { baseUrl } = stack.description;
    const words = ['restore', '--control-plane', baseUrl, '--gateway', 'contoso.hq', '--member-name', 'replacement'];
    const { code, output } = await replacement.command(
      [...words, '--replaces', id, '--ca-file', stack.stack.cloud.addresses.caFile],
      { '--join-token-file': await token(), '--recovery-key-file': recoveryKey },
    );
    expect(code, output).toBe(0);
    replacement.start();
    await online('replacement');
    expect((await members()).map(({ displayName }) => displayName).sort()).toEqual(['replacement', 'third']);
    const { id: third = '' } = (await member('third')) ?? {};
    const disable = { json: { enabled: false } };
    expect(
      (await stack.ask('contoso.admin', 'PATCH', `/v1/gateways/${gateway()}/members/${third}`, disable)).status,
    ).toBe(200);
    expect((await whileReading((load) => load.more(20))).failures).toEqual([]);
    const enable = { json: { enabled: true } };
    expect(
      (await stack.ask('contoso.admin', 'PATCH', `/v1/gateways/${gateway()}/members/${third}`, enable)).status,
    ).toBe(200);
    await online('third');
  });

  it('proves that the recovery key is still at hand, and changes it', { timeout: 120_000 }, async () => {
    const third = machines.find(({ name }) => name === 'third');
    const { recoveryKey } = stack.stack;
    const drill = await third?.command(['drill'], { '--recovery-key-file': recoveryKey });
    expect(drill?.code, drill?.output).toBe(0);
    const wrong = await third?.command(['drill'], { '--recovery-key-file': 'not the right one' });
    expect(wrong?.code).not.toBe(0);
    const changed = await third?.command(['change-recovery-key'], {
      '--recovery-key-file': recoveryKey,
      '--new-recovery-key-file': 'an altogether different phrase 4711',
    });
    expect(changed?.code, changed?.output).toBe(0);
    const old = await third?.command(['drill'], { '--recovery-key-file': recoveryKey });
    expect(old?.code).not.toBe(0);
    expect((await whileReading((load) => load.more(10))).failures).toEqual([]);
  });
});
