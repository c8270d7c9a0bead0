import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { E2eStack } from '../support/e2e-stack.js';

describe('a maker on a fresh stack', () => {
  let stack: E2eStack;
  beforeAll(async () => {
    stack = await E2eStack.start();
  });
  afterAll(() => stack?.stop());

  const maker = 'contoso.maker';

  it('lists the tables of the warehouse', async () => {
    const { status, body } = await stack.ask(
      maker,
      'GET',
      `/apim/postgresql/${stack.connection('contoso.warehouse')}/v2/datasets/default/tables`,
    );
    expect(status).toBe(200);
    expect((body as { value: { Name: string }[] }).value.length).toBeGreaterThan(2);
  });

  it('reads rows with a filter, inserts, updates and deletes a row', async () => {
    const { table, key, text, number } = stack.sample;
    const filtered = await stack.ask(
      maker,
      'GET',
      stack.items(table, `?$filter=${number} gt 0&$orderby=${key} desc&$top=5&$select=${key},${text}&$count=true`),
    );
    expect(filtered.status).toBe(200);
    const page = filtered.body as { value: Record<string, unknown>[]; '@odata.count': number };
    expect(page.value).toHaveLength(5);
    expect(page['@odata.count']).toBeGreaterThan(5);
    const keys = page.value.map((row) => row[key] as number);
    expect(keys).toEqual(keys.toSorted((a, b) => b - a));

    const created = await stack.ask(maker, 'POST', stack.items(table), {
      json: { [key]: 9_000_001, [text]: "O'Hara; DROP TABLE x --" },
    });
    expect(created.body).toMatchObject({ [key]: 9_000_001, [text]: "O'Hara; DROP TABLE x --" });
    expect(created.status).toBe(200);
    const item = stack.items(table).concat('/9000001');
    const updated = await stack.ask(maker, 'PATCH', item, { json: { [text]: 'changed' } });
    expect(updated.body).toMatchObject({ [text]: 'changed' });
    expect((await stack.ask(maker, 'GET', item)).body).toMatchObject({ [text]: 'changed' });
    expect((await stack.ask(maker, 'DELETE', item)).status).toBe(200);
    expect(await stack.ask(maker, 'GET', item)).toMatchObject({ status: 404, body: { code: 'ITEM_NOT_FOUND' } });
  });

  it('runs a native query with parameters', async () => {
    const { table, key } = stack.sample;
    const path = `/apim/postgresql/${stack.connection('contoso.warehouse')}/v2/datasets/default/query/sql`;
    const { status, body } = await stack.ask(maker, 'POST', path, {
      json: { query: `SELECT count(*) AS n FROM ${table} WHERE ${key} < @limit`, actualParameters: { limit: 10 } },
    });
    expect(body).toMatchObject({ ResultSets: { Table1: [{ n: expect.any(Number) }] } });
    expect(status).toBe(200);
  });

  it('fetches from the HTTP API and reads a file', async () => {
    const api = await stack.ask(maker, 'GET', `/apim/http/${stack.connection('contoso.api')}${stack.sampleApiPath}`);
    expect(api.status).toBe(200);
    expect(api.body).toBeTypeOf('object');

    const files = `/apim/filesystem/${stack.connection('contoso.files')}/datasets/default`;
    const listing = await stack.ask(maker, 'GET', `${files}/folders`);
    expect(listing.status).toBe(200);
    const file = (listing.body as { Id: string; IsFolder: boolean; Size: number }[]).find(({ IsFolder }) => !IsFolder);
    expect(file).toBeDefined();
    const content = await stack.fetch(maker, 'GET', `${files}/files/${encodeURIComponent(file?.Id ?? '')}/content`);
    expect((await content.arrayBuffer()).byteLength).toBe(file?.Size);
  });

  it.each(['contoso.e1', 'contoso.basic'])('refuses %s by the name of the plan', async (user) => {
    const { table } = stack.sample;
    const { status, body } = await stack.ask(user, 'GET', stack.items(table, '?$top=1'));
    expect({ status, body }).toMatchObject({
      status: 403,
      body: { code: 'LICENCE_REQUIRED', hop: 'control-plane', outcome: 'not-sent' },
    });
    expect(JSON.stringify(body)).toMatch(/FLOW_O365_P1|POWERAPPS_O365_P1/);
  });

  it('refuses the same connection in an environment of another region', async () => {
    const { table } = stack.sample;
    const { status, body } = await stack.ask(maker, 'GET', stack.items(table, '?$top=1'), {
      headers: {
        'x-ms-client-environment-id': `/providers/Microsoft.PowerApps/environments/${stack.environment('contoso.us')}`,
      },
    });
    expect({ status, body }).toMatchObject({
      status: 409,
      body: { code: 'REGION_MISMATCH', details: { environmentRegion: 'unitedstates', gatewayRegion: 'westeurope' } },
    });
  });

  it('does not let another tenant know that the connection exists', async () => {
    const { table } = stack.sample;
    const { status, body } = await stack.ask('fabrikam.admin', 'GET', stack.items(table, '?$top=1'));
    expect({ status, body }).toMatchObject({ status: 404, body: { code: 'CONNECTION_NOT_FOUND' } });
  });

  it('refuses a licensed user without a role', async () => {
    const { table } = stack.sample;
    expect(await stack.ask('contoso.outsider', 'GET', stack.items(table, '?$top=1'))).toMatchObject({
      status: 403,
      body: { code: 'ROLE_MISSING' },
    });
  });
});
