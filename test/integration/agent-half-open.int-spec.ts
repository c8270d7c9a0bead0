import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../../src/dev-stack/free-port.js';
import { NO_PROXY } from '../../src/gateway-agent/network/network-settings.js';
import { proxyAddress } from '../../src/gateway-agent/network/proxy-address.js';
import { ProxyExceptions } from '../../src/gateway-agent/network/proxy-exceptions.js';
import { AgentReplica } from '../support/agent-replica.js';
import { AgentUnderTest } from '../support/agent-under-test.js';
import { ConnectProxy } from '../support/connect-proxy.js';
import { isFullTier } from '../support/tier.js';
import { until } from '../support/until.js';

/** The promise: back and serving within this time, in milliseconds. */
const PROMISED_MS = 20_000;
/** And noticed within this. */
const NOTICED_MS = 15_000;

describe('a link that is only half there', () => {
  let test: AgentUnderTest | undefined;
  let proxy: ConnectProxy | undefined;
  afterEach(async () => {
    await test?.[Symbol.asyncDispose]();
    await proxy?.stop();
  });

  const answers = async (agent: AgentUnderTest) =>
    (await agent.replica.answer(await agent.replica.ask(), PROMISED_MS)).body.toString() === 'ok';

  // WebSockets are what the end-to-end test goes over.
  const transports = isFullTier ? (['websockets', 'amqp'] as const) : (['amqp'] as const);
  it.each(transports)('is noticed while idle over %s, and left behind', async (transport) => {
    proxy = await ConnectProxy.start();
    // The relay alone is behind what swallows packets; the control plane says all the time that everything is well.
    const exceptions = new ProxyExceptions(['127.0.0.1']);
    test = await AgentUnderTest.start({
      transport,
      network: { ...NO_PROXY, proxy: proxyAddress(proxy.url), exceptions },
    });
    const { plane, replica } = test;
    expect(await answers(test)).toBe(true);
    expect(proxy.pairs.freeze()).toBeGreaterThan(0);
    const startedAt = Date.now();
    // Falls into the hole: the relay takes the connection for alive and hands it over.
    const swallowed = await replica.ask();
    await until('the silence to be noticed', () => test?.logged('relay-silent'));
    expect(Date.now() - startedAt).toBeLessThan(NOTICED_MS);
    const { bus } = test.fixture;
    await until('new places on the relay', () => plane.keys.epoch === 2 && bus.queue(plane.queues.work) !== undefined);
    expect(await answers(test)).toBe(true);
    expect(Date.now() - startedAt).toBeLessThan(PROMISED_MS);
    expect(proxy.pairs.size).toBeGreaterThan(0);
    expect(replica.frames.get(swallowed)).toEqual([]);
  });

  // Half a minute of waiting: for the full tier.
  const thorough = isFullTier ? [['swallowed']] : [];
  it.each(thorough)('is given up when new connections are %s too, and found again when they are not', async () => {
    proxy = await ConnectProxy.start();
    const exceptions = new ProxyExceptions(['127.0.0.1']);
    test = await AgentUnderTest.start({ network: { ...NO_PROXY, proxy: proxyAddress(proxy.url), exceptions } });
    proxy.swallows = true;
    proxy.pairs.freeze();
    await until('the agent to say that it is not connected', () => test?.logged('not-connected'), 40_000);
    proxy.swallows = false;
    const startedAt = Date.now();
    expect(await answers(test)).toBe(true);
    expect(Date.now() - startedAt).toBeLessThan(PROMISED_MS);
  });

  it('is not seen where the relay only restarts', async () => {
    const busPort = await freePort();
    test = await AgentUnderTest.prepare({ busPort });
    await test.register();
    await test.run();
    await test.fixture.bus.stop();
    await until('the agent to notice', () => test?.logged('relay-trouble'));
    await test.fixture.bus.start();
    const startedAt = Date.now();
    await test.replica.stop();
    test.replica = await AgentReplica.start(test.plane, test.fixture);
    expect(await answers(test)).toBe(true);
    expect(Date.now() - startedAt).toBeLessThan(PROMISED_MS);
    expect(test.logged('relay-silent')).toBe(false);
  });
});
