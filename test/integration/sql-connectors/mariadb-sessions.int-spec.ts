import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevelopmentCa } from '../../../src/dev-stack/certificates.js';
import { directEgress } from '../../../src/gateway-agent/connectors/egress.js';
import { MYSQL_DIALECT } from '../../../src/gateway-agent/connectors/mysql/mysql-dialect.js';
import { SqlConnector } from '../../../src/gateway-agent/connectors/sql/sql.connector.js';
import { leftOut } from '../../support/left-out.js';
import { hasMariadb, TestMariadb } from '../../support/mariadb.js';
import { until } from '../../support/until.js';
import { Caller, secretOf } from '../connector-harness.js';

const reason = 'sessions of the connector to MariaDB: there is no mariadbd (Debian: mariadb-server)';

describe.skipIf(leftOut(!hasMariadb, reason))('sessions at MariaDB', () => {
  let mariadb: TestMariadb;
  let ca: string;
  const connectors: SqlConnector[] = [];

  const callerOf = (
    options: { server?: string; encryption?: 'Encrypted' | 'Any' | 'NotEncrypted'; ca?: string[]; user?: string } = {},
  ) => {
    const { server = 'localhost', encryption = 'NotEncrypted', user = 'anna' } = options;
    const limits = { maxSessions: 1, maxWaiting: 5, waitMs: 5000, idleMs: 60_000 };
    const connector = new SqlConnector(MYSQL_DIALECT, { egress: directEgress, ca: options.ca, limits });
    connectors.push(connector);
    return new Caller(connector, {
      target: { kind: 'mysql', server, port: mariadb.port, database: 'shop' },
      credentialType: 'Basic',
      encryption,
      connectionId: 'c1',
      secret: secretOf({ username: user, password: 'secret' }),
    });
  };
  const cipher = { name: 'executeQuery', query: "SHOW SESSION STATUS LIKE 'Ssl_cipher'" } as const;

  beforeAll(async () => {
    const authority = await createDevelopmentCa();
    const { key, cert } = await authority.issue(['localhost']);
    ca = authority.caPem;
    mariadb = await TestMariadb.start({ key, cert });
    await mariadb.query(
      "CREATE DATABASE shop; CREATE USER anna IDENTIFIED BY 'secret'; GRANT ALL ON shop.* TO anna; GRANT FILE ON *.* TO anna; CREATE USER mallory IDENTIFIED BY 'secret'; GRANT SELECT ON shop.* TO mallory; CREATE TABLE shop.t (id int AUTO_INCREMENT PRIMARY KEY, a int); INSERT INTO shop.t (a) VALUES (1)",
    );
  });
  afterAll(async () => {
    await Promise.all(connectors.map((connector) => connector.close()));
    await mariadb?.stop();
  });

  it('are encrypted with a checked certificate where the connection demands it', async () => {
    const checked = callerOf({ encryption: 'Encrypted', ca: [ca] });
    expect(await checked.json(cipher)).toMatchObject([{ Value: expect.stringContaining('_') as unknown }]);
    await expect(callerOf({ encryption: 'Encrypted' }).failure(cipher)).resolves.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
    });
    // The certificate is another name's: of nothing but `localhost`, and not of this address.
    const byAddress = callerOf({ encryption: 'Encrypted', ca: [ca], server: '127.0.0.1' });
    await expect(byAddress.failure(cipher)).resolves.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
    expect(await callerOf({ encryption: 'Any' }).json(cipher)).toMatchObject([
      { Value: expect.stringContaining('_') as unknown },
    ]);
    expect(await callerOf().json(cipher)).toMatchObject([{ Value: '' }]);
  });

  it('keep nothing that a caller’s own statement left', async () => {
    const caller = callerOf();
    const run = (query: string) => caller.json<Record<string, unknown>[]>({ name: 'executeQuery', query });
    await run("SET SESSION time_zone = '+05:00', @left = 5, sql_mode = ''");
    await run('CREATE TEMPORARY TABLE t (other int)');
    expect(await run('SELECT @left AS kept, @@time_zone AS zone')).toEqual([{ kept: null, zone: '+00:00' }]);
    expect(await caller.json({ name: 'getItem', table: 't', key: '1' })).toMatchObject({ a: 1 });
  });

  it('read no file of this machine for the server', async () => {
    const failure = await callerOf().failure({
      name: 'executeQuery',
      query: "LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE t (@x)",
    });
    expect(failure).toMatchObject({ code: 'SOURCE_FAILED' });
  });

  it('are made anew for a read when the server dropped them, and a write that was cut is unknown', async () => {
    const caller = callerOf();
    const connections = () =>
      mariadb.query<{ ID: number }>("SELECT ID FROM information_schema.PROCESSLIST WHERE USER = 'anna'");
    const get = { name: 'getItem', table: 't', key: '1' } as const;
    await caller.json(get);
    for (const { ID } of await connections()) await mariadb.query(`KILL ${ID}`);
    expect(await caller.json(get)).toMatchObject({ a: 1 });
    const slow = caller.failure({ name: 'executeQuery', query: 'INSERT INTO t (a) SELECT SLEEP(20)' });
    await until(
      'the write to run',
      async () =>
        (await mariadb.query("SELECT 1 FROM information_schema.PROCESSLIST WHERE INFO LIKE 'INSERT INTO t%'")).length >
        0,
    );
    for (const { ID } of await connections()) await mariadb.query(`KILL ${ID}`);
    expect(await slow).toMatchObject({ code: 'SOURCE_UNREACHABLE', outcome: 'unknown' });
  });

  it('say when the login may not', async () => {
    const failure = await callerOf({ user: 'mallory' }).failure({ name: 'deleteItem', table: 't', key: '1' });
    expect(failure).toMatchObject({ code: 'SOURCE_DENIED', outcome: 'not-executed' });
  });

  it('find new rows by their numbers', async () => {
    const caller = callerOf();
    const poll = { name: 'pollItems', table: 't', what: 'new', top: 10 } as const;
    const first = await caller.run(poll);
    for await (const chunk of first.body) expect(chunk.length).toBeGreaterThan(0);
    const since = first.trailer?.().continuation ?? '';
    await mariadb.query('INSERT INTO shop.t (a) VALUES (77)');
    expect(await caller.json({ ...poll, since })).toMatchObject([{ a: 77 }]);
  });
});
