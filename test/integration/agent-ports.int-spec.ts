import { randomInt } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { NO_PROXY } from '../../src/gateway-agent/network/network-settings.js';
import { DEFAULT_PORTS, type PortChoice } from '../../src/gateway-agent/network/relay-place.js';
import { systemErrorCode } from '../../src/gateway-agent/exit-codes.js';
import { AgentUnderTest } from '../support/agent-under-test.js';
import { TcpForwarder } from '../support/tcp-forwarder.js';

/** A loopback address of its own: its ports are free, whatever else runs on this machine. */
const address = () => `127.${randomInt(1, 255)}.${randomInt(0, 256)}.${randomInt(2, 255)}`;
/** Only the superuser may listen on 443; others map it. */
const MAPPED = 18_443;

describe('the ports towards the relay', () => {
  let test: AgentUnderTest | undefined;
  const forwarders: TcpForwarder[] = [];
  afterEach(async () => {
    await test?.[Symbol.asyncDispose]();
    await Promise.all(forwarders.splice(0).map((forwarder) => forwarder.stop()));
  });

  const answers = async (agent: AgentUnderTest) =>
    (await agent.replica.answer(await agent.replica.ask())).body.toString() === 'ok';
  const prepare = async () => {
    const host = address();
    test = await AgentUnderTest.prepare({ names: [host] });
    test.plane.relayHost = host;
    await test.register();
    return { agent: test, host };
  };
  const forward = async (agent: AgentUnderTest, host: string, port: number) => {
    const forwarder = await TcpForwarder.start({ port: agent.fixture.bus.port }, { host, port });
    forwarders.push(forwarder);
    return forwarder;
  };

  it('carry a request over each of them', async () => {
    const { agent, host } = await prepare();
    for (const choice of DEFAULT_PORTS) {
      const { served, forwarder } = await forward(agent, host, choice.port)
        .then((started) => ({ served: choice, forwarder: started }))
        .catch(async (error: unknown) => {
          if (systemErrorCode(error) !== 'EACCES') throw error;
          return { served: { ...choice, port: MAPPED }, forwarder: await forward(agent, host, MAPPED) };
        });
      await agent.run({ transport: 'auto', network: { ...NO_PROXY, ports: [served] } });
      expect(await answers(agent)).toBe(true);
      expect(forwarder.taken).toBeGreaterThan(0);
      const { transport, port } = connectedOver(agent);
      expect({ transport, port } satisfies PortChoice).toEqual(served);
      await agent.agent.stop();
    }
  });

  it('are tried in order until one works, and that one is remembered', async () => {
    const { agent, host } = await prepare();
    const last = await forward(agent, host, 9354);
    await agent.run({ transport: 'auto', network: NO_PROXY });
    expect(await answers(agent)).toBe(true);
    expect(connectedOver(agent)).toMatchObject({ transport: 'amqp', port: 9354 });
    expect(refusedOf(agent)).toEqual([443, 5671, 5672, 9350, 9351, 9352, 9353]);
    await agent.agent.stop();
    agent.logs.length = 0;

    await agent.run({ transport: 'auto', network: NO_PROXY });
    expect(await answers(agent)).toBe(true);
    expect(refusedOf(agent)).toEqual([]);
    await agent.agent.stop();
    agent.logs.length = 0;

    // The firewall changed its mind: another port, found again without anybody's help.
    await last.stop();
    await forward(agent, host, 5672);
    await agent.run({ transport: 'auto', network: NO_PROXY });
    expect(await answers(agent)).toBe(true);
    expect(connectedOver(agent)).toMatchObject({ transport: 'amqp', port: 5672 });
  });

  it('are left alone when the relay’s address names one itself', async () => {
    test = await AgentUnderTest.start({ transport: 'auto', network: { ...NO_PROXY, ports: [{ port: 1, transport: 'amqp' }] } }); // prettier-ignore
    expect(await answers(test)).toBe(true);
    expect(connectedOver(test)).toMatchObject({ transport: 'websockets', port: test.fixture.bus.port });
  });
});

interface Line {
  readonly event?: string;
  readonly transport?: PortChoice['transport'];
  readonly port?: number;
}

function linesOf({ logs }: AgentUnderTest, event: string): Line[] {
  return logs.map((line) => JSON.parse(line) as Line).filter((line) => line.event === event);
}

function connectedOver(agent: AgentUnderTest): PortChoice {
  const { transport, port } = linesOf(agent, 'connected').at(-1) ?? {};
  if (transport === undefined || port === undefined) throw new Error('never connected');
  return { transport, port };
}

function refusedOf(agent: AgentUnderTest): (number | undefined)[] {
  return linesOf(agent, 'relay-connect-failed').map(({ port }) => port);
}
