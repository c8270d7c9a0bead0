import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError } from './env.js';
import { parseRelayConfig, readRelayConfig } from './relay.js';

const key = { name: 'rule', key: 'top-secret' };
const keys = { controlPlane: key, manage: key, agentsListen: key, agentsSend: key };
const sas = { name: 'weu', regions: ['westeurope'], mode: 'sas', endpoint: 'sb://host:5671/', keys };

describe("the relay's settings", () => {
  it('take the endpoint without its slash and AMQP as the transport', () => {
    expect(parseRelayConfig({ namespaces: [sas] }).namespaces[0]).toMatchObject({
      endpoint: 'sb://host:5671',
      transport: 'amqp',
    });
  });

  it('are shown by an example with a refuge: two namespaces of one region', async () => {
    const { namespaces } = await readRelayConfig(resolve(import.meta.dirname, '../../deploy/relay.example.json'));
    expect(namespaces.map(({ name, mode }) => [name, mode])).toEqual([
      ['weu-1', 'sas'],
      ['weu-2', 'sas'],
    ]);
    const [first, second] = namespaces;
    expect(first?.regions).toEqual(second?.regions);
    expect(first).not.toHaveProperty('endpoint', second?.mode === 'sas' ? second.endpoint : '');
  });

  it('name what is wrong and never a value', () => {
    const broken = { ...sas, endpoint: 'https://top-secret', keys: { ...keys, manage: { name: 'rule' } } };
    const parse = (): unknown => parseRelayConfig({ namespaces: [broken] });
    expect(parse).toThrow(/namespaces\.0\.endpoint[^]*namespaces\.0\.keys\.manage\.key/);
    expect(parse).not.toThrow(/top-secret/);
  });

  it('have no two namespaces of one name, and no emulator without its mark', () => {
    expect(() => parseRelayConfig({ namespaces: [sas, sas] })).toThrow('same name');
    const emulator = { connectionString: 'Endpoint=sb://localhost', queues: ['a', 'b', 'c'] };
    expect(() => parseRelayConfig({ namespaces: [{ name: 'e', regions: ['r'], mode: 'emulator', emulator }] })).toThrow(
      ConfigError,
    );
  });

  it('say which file setting is at fault when it is not JSON or not there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'relay-'));
    const file = join(folder, 'relay.json');
    await expect(readRelayConfig(file)).rejects.toThrow('TIDEGATE_RELAY_FILE names cannot be read');
    await writeFile(file, '{"key": top-secret');
    await expect(readRelayConfig(file)).rejects.toThrow(/^(?!.*top-secret).*is not JSON/);
    await rm(folder, { recursive: true });
  });
});
