import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { E2eStack } from '../support/e2e-stack.js';

/** Every way a secret may lie in bytes: as text, in hex of either case, and inside base64 at any of its three alignments. */
function disguises(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].map((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift), bytes]);
    // Characters that also depend on neighbouring bytes are left out at both ends.
    const from = Math.ceil((shift * 8) / 6);
    const to = Math.floor((padded.length * 8) / 6);
    return padded.toString('base64').slice(from, to);
  });
  const hex = bytes.toString('hex');
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    ...new Set([
      secret,
      json,
      encodeURIComponent(secret),
      hex,
      hex.toUpperCase(),
      ...base64,
      ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    ]),
  ];
}

function findIn(haystack: Buffer, secrets: Readonly<Record<string, string>>): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) =>
    disguises(secret).some((text) => haystack.includes(text)) ? [name] : [],
  );
}

/** All rows of all tables, as PostgreSQL prints them: binary columns in hex and decoded. */
async function dump(databaseUrl: string): Promise<Buffer> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const parts: Buffer[] = [];
  for (const { name } of tables) {
    const { rows } = await client.query<Record<string, unknown>>(`SELECT * FROM ${name}`);
    for (const row of rows) {
      for (const value of Object.values(row))
        parts.push(
          Buffer.isBuffer(value)
            ? value
            : Buffer.from(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')),
        );
    }
    const { rows: text } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    parts.push(...text.map(({ row }) => Buffer.from(row)));
  }
  await client.end();
  return Buffer.concat(parts);
}

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

describe('the plaintext of a credential', () => {
  let stack: E2eStack;
  const crossed: Buffer[] = [];
  let secrets: Record<string, string>;

  beforeAll(async () => {
    stack = await E2eStack.start({ tap: (raw) => crossed.push(Buffer.from(raw)) });
    secrets = {
      'warehouse password': stack.stack.site.database.password,
      'API password': stack.stack.site.api.password,
      'recovery key': stack.stack.recoveryKey,
    };
    const { table, key, text } = stack.sample;
    await stack.ask('contoso.maker', 'GET', stack.items(table, '?$top=100'));
    await stack.ask('contoso.maker', 'POST', stack.items(table), { json: { [key]: 9_000_002, [text]: 'a row' } });
    await stack.ask('contoso.maker', 'GET', `/apim/http/${stack.connection('contoso.api')}${stack.sampleApiPath}`);
    await stack.ask('contoso.admin', 'POST', `/v1/connections/${stack.connection('contoso.warehouse')}/testConnection`);
    await stack.ask('contoso.maker', 'GET', stack.items('no_such_table'));
  });
  afterAll(() => stack?.stop());

  it('is found by this search wherever it is put', () => {
    const hiding = ['text', 'hex', 'base64', 'base64url'] as const;
    for (const way of hiding) {
      const bytes = Buffer.from(`xy${secrets['warehouse password'] ?? ''}z`);
      const hidden = way === 'text' ? bytes : Buffer.from(bytes.toString(way));
      expect(findIn(Buffer.concat([Buffer.from('..'), hidden]), secrets)).toEqual(['warehouse password']);
    }
  });

  it('is nowhere in the database', async () => {
    const everything = await dump(stack.description.databaseUrl);
    expect(everything.length).toBeGreaterThan(5_000);
    expect(findIn(everything, secrets)).toEqual([]);
  });

  it('is in no log line of any process', () => {
    const logs = files(join(stack.folder, 'logs'));
    expect(logs.length).toBeGreaterThanOrEqual(2);
    for (const log of logs) expect({ log, found: findIn(readFileSync(log), secrets) }).toEqual({ log, found: [] });
  });

  it('is in no message on the bus, nor is what the rows say', () => {
    const everything = Buffer.concat(crossed);
    expect(crossed.length).toBeGreaterThan(8);
    expect(findIn(everything, secrets)).toEqual([]);
    expect(everything.includes('"@odata.etag"')).toBe(false);
  });

  it('is not in stack.json, which lists only what a person signs in with', () => {
    expect(findIn(readFileSync(join(stack.folder, 'stack.json')), secrets)).toEqual([]);
  });
});
