import fc from 'fast-check';
import { Pool } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppModule } from '../../src/app.module.js';
import { CommonModule } from '../../src/common/common.module.js';
import { MAX_JSON_BYTES } from '../../src/common/http/body-parsers.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, testConfig, type TestApp } from '../support/app.js';
import { answeringGateway } from '../support/fuzz/answering-gateway.js';
import { AnswerChecker, type FuzzAnswer } from '../support/fuzz/answers.js';
import { plainRequest, requestsTo, type FuzzRequest, type FuzzWorld } from '../support/fuzz/requests.js';
import { fuzzWorld } from '../support/fuzz/world.js';
import { currentOpenApi, routesOf, type Route } from '../support/openapi.js';
import { recordingRelay } from '../support/recording-relay.js';
import { count, isFullTier } from '../support/tier.js';

const REQUESTS = count(20_000, 1_500);

/** The short tier sends the same requests each time; the full one others, and says how to send them again. */
const SEED = Number(process.env.TIDEGATE_FUZZ_SEED ?? (isFullTier ? Date.now() % 2 ** 31 : 20_261_123));

/** Reading first, taking away last, the inner things before what holds them. */
const RANK = ['get', 'head', 'options', 'post', 'put', 'patch', 'delete'];
/** It removes the member, though it is no DELETE. */
const harmOf = ({ method, path }: Route) => RANK.indexOf(path.endsWith('/compromise') ? 'delete' : method);
const byHarm = (a: Route, b: Route) => harmOf(a) - harmOf(b) || b.path.split('/').length - a.path.split('/').length;

describe('every operation, asked anything', () => {
  let app: TestApp;
  let world: FuzzWorld & { beat(): Promise<void> };
  let routes: Route[];
  let checker: AnswerChecker;
  let client: Pool;
  /** Answers by operation and hundreds of their status. */
  const seen = new Map<string, Map<number, number>>();

  beforeAll(async () => {
    const relay = recordingRelay();
    relay.broker.answer = answeringGateway();
    const modules = AppModule.with(testConfig('postgresql://localhost/none')).imports ?? [];
    const imports = modules.filter(
      (each) => !(typeof each === 'object' && 'module' in each && each.module === CommonModule),
    );
    app = await startTestApp({
      imports,
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(relay.module),
    });
    const document = await currentOpenApi();
    // One of them answers for as long as the token is good: it has a test of its own.
    routes = routesOf(document)
      .filter(({ path }) => path !== '/v1/live')
      .sort(byHarm);
    checker = new AnswerChecker(document);
    world = await fuzzWorld(app, MAX_JSON_BYTES);
    client = new Pool(app.url, { connections: 4 });
  });
  afterAll(async () => {
    await client.close();
    await app.stop();
  });

  async function send({ method, path, headers, body }: FuzzRequest): Promise<FuzzAnswer> {
    const answer = await client.request({
      method: method,
      path,
      headers,
      ...(body !== undefined && { body }),
    });
    const contentType = answer.headers['content-type'];
    return { status: answer.statusCode, contentType: contentType?.toString(), text: await answer.body.text() };
  }

  function note({ operation }: Route, status: number): void {
    const counts = seen.get(operation.operationId) ?? new Map<number, number>();
    const hundred = Math.floor(status / 100);
    seen.set(operation.operationId, counts.set(hundred, (counts.get(hundred) ?? 0) + 1));
  }

  async function check(route: Route, sent: FuzzRequest): Promise<void> {
    const answer = await send(sent);
    note(route, answer.status);
    const fault = answer.status >= 500 ? `${answer.status}` : checker.fault(route, answer);
    if (fault === undefined) return;
    const { who, method, path, headers, body = '' } = sent;
    const type = headers['content-type'] ?? '';
    throw new Error(
      `${fault}\n  ${who}: ${method} ${path} ${type} ${body.slice(0, 300)}\n  ${answer.text.slice(0, 400)}`,
    );
  }

  it(
    'answers with what its description says, and never with a failure of its own',
    async () => {
      const numRuns = Math.ceil(REQUESTS / routes.length);
      const faults: string[] = [];
      for (const route of routes) {
        await world.beat();
        const property = fc.asyncProperty(requestsTo(route, world), (sent) => check(route, sent));
        const result = await fc.check(property, { seed: SEED, numRuns, examples: [[plainRequest(route, world)]] });
        if (!result.failed) continue;
        const reason =
          result.errorInstance instanceof Error ? result.errorInstance.message : String(result.errorInstance);
        faults.push(
          `${route.operation.operationId} (seed ${SEED}, path ${result.counterexamplePath ?? ''}): ${reason}`,
        );
      }
      const total = (hundred: number) =>
        [...seen.values()].reduce((sum, counts) => sum + (counts.get(hundred) ?? 0), 0);
      console.log(
        `fuzz: seed ${SEED}, ${routes.length} operations, answers 2xx ${total(2)}, 3xx ${total(3)}, 4xx ${total(4)}, 5xx ${total(5)}`,
      );
      expect(faults.join('\n\n')).toBe('');
    },
    count(1_800_000, 180_000),
  );

  it('was asked things that it could do: reading works wherever there is something', () => {
    const readable = routes.filter(({ method, path }) => method === 'get' && path.startsWith('/v1/'));
    expect(readable.length).toBeGreaterThan(20);
    const never = readable.filter(({ operation }) => !seen.get(operation.operationId)?.get(2));
    expect(never.map(({ path }) => path)).toEqual([]);
  });
});
