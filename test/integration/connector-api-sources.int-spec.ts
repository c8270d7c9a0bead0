import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ODataServer } from '../support/odata-server.js';
import { PlainSftpServer } from '../support/plain-sftp-server.js';
import { ServedGateway, type SourceWish } from '../support/served-gateway.js';
import { until } from '../support/until.js';

const LOGIN = [
  { name: 'username', value: PlainSftpServer.login.username },
  { name: 'password', value: PlainSftpServer.login.password },
] as const;
/** Of one connection at a time. */
const PLACES = 2;
/** Stands in the policy and must not be seen in the cloud. */
const HOST_OF_THE_POLICY = 'payroll.harbour.example';

describe('sources behind an agent, through the connector API', () => {
  let odata: ODataServer;
  let sftp: PlainSftpServer;
  let gateway: ServedGateway;

  const rules = (ports: readonly number[]) =>
    `version: 1\nhosts: [localhost, 127.0.0.0/8, ${HOST_OF_THE_POLICY}]\nports: [${ports.join(', ')}]\n`;
  const portOf = (url: string) => Number(new URL(url).port);

  beforeAll(async () => {
    [odata, sftp] = await Promise.all([ODataServer.start(), PlainSftpServer.start()]);
    gateway = await ServedGateway.start(rules([portOf(odata.url), sftp.port]), { maxPerConnection: PLACES });
  }, 90_000);
  afterAll(async () => {
    await gateway?.[Symbol.asyncDispose]();
    await Promise.all([odata?.stop(), sftp?.stop()]);
  });

  const connected = async (wish: SourceWish): Promise<string> => {
    const { status, body, text } = await gateway.connect(wish);
    expect(status, text).toBe(201);
    return String(body['id']);
  };
  const atShop = (login?: typeof LOGIN) =>
    connected({ type: 'OData', parameters: { url: odata.url }, ...(login && { login }) });
  const atFiles = (path: string, hostKey = sftp.hostKey): SourceWish => ({
    type: 'SFTP',
    parameters: { server: `127.0.0.1:${sftp.port}`, path, hostKey },
    login: LOGIN,
  });

  it('reads a table of an OData service, signed in there with what was sealed here', async () => {
    for (const [Id, Customer, Big] of [['1', '"Ada"', '9223372036854775807'], ['2', '"Bo"', '5'], ['3', '"Ada"', '6']] as const) odata.put({ Id, Customer, Big }); // prettier-ignore
    const id = await atShop(LOGIN);
    const base = `/apim/odata/${id}/v2/datasets/default/tables`;
    const tables = await gateway.ask('GET', base);
    expect((tables.body['value'] as { Name: string }[]).map(({ Name }) => Name)).toEqual(['Lines', 'Orders']);
    odata.asked.length = 0;
    const list = await gateway.ask(
      'GET',
      `${base}/Orders/items?$filter=Customer eq 'Ada'&$orderby=Id desc&$select=Id,Big`,
    );
    expect(list.status, list.text).toBe(200);
    expect((list.body['value'] as { Id: number }[]).map(({ Id }) => Id)).toEqual([3, 1]);
    // As the source wrote it, not as a double.
    expect(list.text).toContain('9223372036854775807');
    const { username, password } = PlainSftpServer.login;
    const basic = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    expect(odata.asked.length).toBeGreaterThan(0);
    expect(odata.asked.every(({ headers }) => headers.authorization === basic)).toBe(true);
  });

  it('lists a folder of an SFTP server and reads a file in it, and goes to no server with another key', async () => {
    sftp.files.set('/home/in', null).set('/home/in/a b.csv', Buffer.from('x,y\n1,2\n')).set('/home/in/sub', null);
    const id = await connected(atFiles('/home'));
    const base = `/apim/sftp/${id}/datasets/default`;
    const root = JSON.parse((await gateway.ask('GET', `${base}/folders`)).text) as { Id: string; Name: string }[];
    expect(root.map(({ Name }) => Name)).toEqual(['in']);
    const listed = await gateway.ask('GET', `${base}/folders/${root[0]?.Id}`);
    const entries = JSON.parse(listed.text) as { Id: string; Name: string; IsFolder: boolean; Size: number }[];
    expect(entries).toMatchObject([
      { Name: 'a b.csv', IsFolder: false, Size: 8 },
      { Name: 'sub', IsFolder: true },
    ]);
    const file = await gateway.ask('GET', `${base}/files/${entries[0]?.Id}/content`);
    expect(file.text).toBe('x,y\n1,2\n');

    const signIns = sftp.signIns;
    const refused = await gateway.connect(atFiles('/home', `SHA256:${'k'.repeat(43)}`));
    expect(refused.status, refused.text).toBeGreaterThanOrEqual(400);
    expect(sftp.signIns).toBe(signIns);
  });

  it('passes a custom connector’s call on, and answers 429 with Retry-After when the connection has its share', async () => {
    const waiting: ServerResponse[] = [];
    odata.wild.set('/wild/slow', (_request, response) => void waiting.push(response));
    odata.wild.set('/wild/quick', (_request, response) => void response.end('here'));
    const custom = await connected({ type: 'CustomConnector', parameters: { url: odata.origin } });
    const quick = () => gateway.ask('GET', `/apim/shop-api/${custom}/wild/quick`);
    expect(await quick()).toMatchObject({ status: 200, text: 'here' });
    const other = await atShop();

    const slow = Array.from({ length: PLACES }, () => gateway.ask('POST', `/apim/shop-api/${custom}/wild/slow`, { json: {} })); // prettier-ignore
    await until('the connection to have its share', () => waiting.length === PLACES);
    for (const busy of [await quick(), await gateway.ask('POST', `/apim/shop-api/${custom}/wild/slow`, { json: {} })]) {
      expect(busy.status, busy.text).toBe(429);
      expect(busy.headers.get('retry-after')).toBe('2');
      expect(busy.body).toMatchObject({ code: 'GATEWAY_BUSY', outcome: 'not-executed', retryable: true });
    }
    expect(waiting).toHaveLength(PLACES);
    // Another connection has places of its own.
    expect((await gateway.ask('GET', `/apim/odata/${other}/v2/datasets/default/tables`)).status).toBe(200);

    for (const response of waiting) response.end('at last');
    expect((await Promise.all(slow)).map(({ text }) => text)).toEqual(Array(PLACES).fill('at last'));
    // A place is free a moment after its caller has the answer.
    await until('a free place', async () => (await quick()).status === 200);
  });

  it('says what the policy refused, and shows administrators how often, and nothing of the policy', async () => {
    const id = await connected({ type: 'Web', parameters: { url: odata.origin } });
    await gateway.setPolicy(rules([sftp.port]));
    const denied = await gateway.ask('GET', `/apim/http/${id}/wild/quick`);
    expect(denied.status, denied.text).toBe(403);
    expect(denied.body).toMatchObject({ code: 'POLICY_DENIED', outcome: 'not-executed', retryable: false });
    // A change of the policy is told at once, and with it what was refused.
    await gateway.setPolicy(rules([portOf(odata.url), sftp.port]));
    await until(
      'the count',
      async () => Object.keys((await gateway.member())['refusals'] as object).length > 0,
      40_000,
    );
    expect((await gateway.member())['refusals']).toEqual({ ports: 1 });
    const stored = await gateway.app.database.query('SELECT * FROM member');
    expect(JSON.stringify([stored, await gateway.member()])).not.toContain(HOST_OF_THE_POLICY);
    expect(await gateway.ask('GET', `/apim/http/${id}/wild/quick`)).toMatchObject({ status: 200, text: 'here' });
  });
});
