import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { E2eStack } from '../support/e2e-stack.js';
import { count } from '../support/tier.js';

describe('two replicas with two agents', () => {
  let stack: E2eStack;
  let replicas: readonly string[];
  let warehouses: readonly string[];

  beforeAll(async () => {
    stack = await E2eStack.start();
    const second = await stack.stack.addReplica();
    replicas = [stack.description.baseUrl, second.baseUrl];
    warehouses = [stack.connection('contoso.warehouse'), await stack.stack.addGateway('contoso.branch', 'westeurope')];
  });
  afterAll(() => stack?.stop());

  const requests = count(10_000, 1_000);

  it(`answer ${requests} interleaved requests, each at its own place`, { timeout: 600_000 }, async () => {
    let misplaced = 0;
    let next = 0;
    const caller = async (): Promise<void> => {
      while (next < requests) {
        const number = next++;
        const path = `/apim/postgresql/${warehouses[number % 2] ?? ''}/v2/datasets/default/query/sql`;
        const { status, body } = await stack.ask('contoso.maker', 'POST', path, {
          baseUrl: replicas[(number >> 1) % 2] ?? '',
          json: {
            query: 'SELECT @number::int AS number, @via::text AS via',
            actualParameters: { number, via: warehouses[number % 2] },
          },
        });
        const row = (body as { ResultSets?: { Table1?: { number: number; via: string }[] } }).ResultSets?.Table1?.[0];
        if (status !== 200 || row?.number !== number || row.via !== warehouses[number % 2]) misplaced += 1;
      }
    };
    await Promise.all(Array.from({ length: 32 }, caller));
    expect(next).toBe(requests);
    expect(misplaced).toBe(0);
  });
});
