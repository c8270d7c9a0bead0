import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgentMachine } from '../support/agent-machine.js';
import { E2eStack } from '../support/e2e-stack.js';
import { count } from '../support/tier.js';
import { until } from '../support/until.js';

const END_AT_STEP = resolve(import.meta.dirname, '../support/end-at-step.mjs');

describe('a registration that is killed', () => {
  let stack: E2eStack;
  const machines: AgentMachine[] = [];
  beforeAll(async () => {
    stack = await E2eStack.start();
  });
  afterAll(async () => {
    await Promise.all(machines.map((machine) => machine.end('SIGKILL')));
    await stack?.stop();
  });

  const tokenFor = async (gatewayName: string): Promise<string> => {
    const json = { region: 'westeurope', gatewayName };
    const { status, body } = await stack.ask('contoso.admin', 'POST', '/v1/joinTokens', { json });
    expect(status, JSON.stringify(body)).toBe(201);
    return (body as { token: string }).token;
  };
  const membersOf = async (gatewayName: string): Promise<readonly { state: string }[]> => {
    const { body } = await stack.ask('contoso.admin', 'GET', '/v1/gateways');
    const found = (body as { value: { id: string; displayName: string }[] }).value.filter(
      ({ displayName }) => displayName === gatewayName,
    );
    expect(found).toHaveLength(1);
    const answer = await stack.ask('contoso.admin', 'GET', `/v1/gateways/${found[0]?.id}/members`);
    return (answer.body as { value: { state: string }[] }).value;
  };
  /** @returns how many steps it took, undefined if it was killed */
  const registered = async (machine: AgentMachine, token: string, endAt = 0): Promise<number | undefined> => {
    const stepsFile = `${machine.stateDir}.steps`;
    machine.environment = {
      NODE_OPTIONS: `--import ${END_AT_STEP}`,
      TIDEGATE_TEST_FOLDER: machine.stateDir,
      TIDEGATE_TEST_END_AT: String(endAt),
      TIDEGATE_TEST_STEPS_FILE: stepsFile,
    };
    const { code, output } = await machine.register(machine.name, { token, recoveryKey: stack.stack.recoveryKey });
    machine.environment = {};
    if (code === null) return undefined;
    expect(code, output).toBe(0);
    return Number(readFileSync(stepsFile, 'utf8'));
  };
  const machine = (name: string): AgentMachine => {
    const made = new AgentMachine(stack, name);
    machines.push(made);
    return made;
  };

  it(
    'at any step is finished by the same command: one gateway, one member, nothing left over',
    { timeout: 300_000 },
    async () => {
      const whole = machine('whole');
      const steps = (await registered(whole, await tokenFor('whole'))) ?? 0;
      expect(steps).toBeGreaterThan(15);
      const files = readdirSync(whole.stateDir).sort();
      const stride = count(1, 6);
      let killed = 0;
      // Before the last one, which gives the lock back, nothing is left to do.
      for (let step = 1; step < steps; step += stride) {
        const name = `killed-at-${step}`;
        const one = machine(name);
        const token = await tokenFor(name);
        expect(await registered(one, token, step), name).toBeUndefined();
        killed += 1;
        await registered(one, token);
        expect(await membersOf(name), name).toHaveLength(1);
        expect(readdirSync(one.stateDir).sort(), name).toEqual(files);
      }
      process.stdout.write(`registration: killed at ${killed} of its ${steps} steps\n`);
      const last = machines.at(-1);
      last?.start();
      await until(
        'the last of them serves',
        async () => (await membersOf(last?.name ?? ''))[0]?.state === 'online',
        60_000,
      );
    },
  );

  it(
    'and then asked for with another recovery key is taken back, and registered anew',
    { timeout: 60_000 },
    async () => {
      const one = machine('changed-mind');
      const token = await tokenFor('changed-mind');
      const steps = readFileSync(`${machines[0]?.stateDir}.steps`, 'utf8');
      // The gateway exists then, and the member's record is not written yet.
      expect(await registered(one, token, Number(steps) - 8)).toBeUndefined();
      expect(await membersOf('changed-mind')).toHaveLength(1);
      const other = { token: await tokenFor('changed-mind-2'), recoveryKey: 'another one that is long enough' };
      const { code, output } = await one.register('changed-mind-2', other);
      expect(code, output).toBe(0);
      expect(await membersOf('changed-mind-2')).toHaveLength(1);
      const { body } = await stack.ask('contoso.admin', 'GET', '/v1/gateways');
      expect((body as { value: { displayName: string }[] }).value.map(({ displayName }) => displayName)).not.toContain(
        'changed-mind',
      );
      expect(readdirSync(one.stateDir).sort()).toEqual(readdirSync(machines[0]?.stateDir ?? '').sort());
    },
  );
});
