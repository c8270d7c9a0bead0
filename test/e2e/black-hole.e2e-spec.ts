import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConnectProxy } from '../support/connect-proxy.js';
import { E2eStack } from '../support/e2e-stack.js';
import { count } from '../support/tier.js';
import { until } from '../support/until.js';

/** The promise: back and serving within this time, in milliseconds. */
const PROMISED_MS = 20_000;
/** Time between two requests of the load, in milliseconds; each goes off whether those before it have ended or not. */
const LOAD_EVERY_MS = 200;
/** This many in a row are served: no stroke of luck. */
const IN_A_ROW = 10;

describe('a relay that falls silent under load', () => {
  let stack: E2eStack;
  let proxy: ConnectProxy;
  let load: Load;

  const read = async () => (await stack.ask('contoso.maker', 'GET', stack.items(stack.sample.table, '?$top=1'))).status;

  beforeAll(async () => {
    stack = await E2eStack.start();
    proxy = await ConnectProxy.start();
    const { stateDir, pid } = stack.description.processes.agents['contoso.hq'] ?? { stateDir: '', pid: Number.NaN };
    // Only the relay goes through the proxy: the control plane and this machine's sources do not see the hole.
    const network = { proxy: { url: proxy.url }, noProxy: ['127.0.0.1'] };
    await writeFile(join(stateDir, 'network.yaml'), JSON.stringify(network), { mode: 0o600 });
    process.kill(pid, 'SIGKILL');
    await until('the launcher has ended with it', async () => (await read()) === 503, 30_000);
    await stack.stack.startAgent('contoso.hq');
    await until('the agent goes through the proxy', () => proxy.pairs.size > 0, 30_000);
    load = new Load(async () => (await read()) === 200);
    await load.served(Date.now(), 60_000);
  });
  afterAll(async () => {
    await load?.stop();
    await stack?.stop();
    await proxy?.stop();
  });

  it('is found again within 20 s when packets are dropped and every socket stays', async () => {
    const times: number[] = [];
    for (let round = 0; round < count(5, 1); round += 1) {
      const startedAt = Date.now();
      expect(proxy.pairs.freeze()).toBeGreaterThan(0);
      times.push((await load.served(startedAt, 2 * PROMISED_MS)) - startedAt);
      expect(proxy.pairs.size, await logOf(stack)).toBeGreaterThan(0);
    }
    process.stdout.write(`black hole: serving again after ${times.join(', ')} ms\n`);
    expect(Math.max(...times), await logOf(stack)).toBeLessThan(PROMISED_MS);
  });

  it('is found again within 20 s when it restarts', async () => {
    const times: number[] = [];
    for (let round = 0; round < count(5, 1); round += 1) {
      await stack.stack.cloud.bus.stop();
      await sleep(2_000);
      await stack.stack.cloud.bus.start();
      const startedAt = Date.now();
      times.push((await load.served(startedAt, 2 * PROMISED_MS)) - startedAt);
    }
    process.stdout.write(`restart of the broker: serving again after ${times.join(', ')} ms\n`);
    expect(Math.max(...times), await logOf(stack)).toBeLessThan(PROMISED_MS);
  });
});

/** Requests that keep coming, and what became of them. */
class Load {
  private readonly timer: NodeJS.Timeout;
  private readonly running = new Set<Promise<void>>();
  /** Of the requests in the order in which they began: undefined while one is under way. */
  private readonly requests: { readonly startedAt: number; endedAt?: number; isServed?: boolean }[] = [];

  constructor(private readonly ask: () => Promise<boolean>) {
    this.timer = setInterval(() => {
      const run = this.run();
      this.running.add(run);
      void run.then(() => this.running.delete(run));
    }, LOAD_EVERY_MS);
  }

  /** @returns when the last of some requests in a row was served that began after that time; none between them failed */
  async served(after: number, timeoutMs: number): Promise<number> {
    return until(`${IN_A_ROW} requests in a row`, () => this.streak(after), timeoutMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.race([Promise.all(this.running), sleep(5_000)]);
  }

  private streak(after: number): number | undefined {
    let row: number[] = [];
    for (const { startedAt, endedAt, isServed } of this.requests) {
      if (startedAt < after) continue;
      row = isServed && endedAt !== undefined ? [...row, endedAt] : [];
      if (row.length === IN_A_ROW) return Math.max(...row);
    }
    return undefined;
  }

  private async run(): Promise<void> {
    const request: (typeof this.requests)[number] = { startedAt: Date.now() };
    this.requests.push(request);
    try {
      request.isServed = await this.ask();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      request.isServed = false;
    }
    request.endedAt = Date.now();
  }
}

async function logOf(stack: E2eStack): Promise<string> {
  const log = stack.description.processes.agents['contoso.hq']?.log ?? '';
  return (await readFile(log, 'utf8')).split('\n').filter((line) => /relay-|connected|moved|link-lost/.test(line)).slice(-30).join('\n'); // prettier-ignore
}
