import './not-in-production.js';
import { randomBytes } from 'node:crypto';
import type { RelayConfig } from '../config/relay.js';
import { readPrivateFile, writePrivateFile } from './private-file.js';
import type { SasRule } from './service-bus/service-bus.js';

/** Gateway regions that the embedded relay carries: one for each development environment, and a neighbour. */
export const SERVED_REGIONS = ['westeurope', 'northeurope', 'eastus', 'southeastasia'] as const;

const RULES = {
  controlPlane: { name: 'control-plane', rights: ['Send', 'Listen'] },
  manage: { name: 'provisioner', rights: ['Manage', 'Send', 'Listen'] },
  agentsListen: { name: 'agents-listen', rights: ['Listen'] },
  agentsSend: { name: 'agents-send', rights: ['Send'] },
} as const;
type RuleName = keyof typeof RULES;

/** The rules of the embedded namespace with their keys, made at random at first use. */
export async function loadRelayKeys(file: string): Promise<Record<RuleName, SasRule>> {
  const stored = await readPrivateFile(file);
  const known = (stored === undefined ? {} : JSON.parse(stored)) as Partial<Record<RuleName, string>>;
  const rule = (name: RuleName): SasRule => ({
    name: RULES[name].name,
    key: known[name] ?? randomBytes(32).toString('base64'),
    rights: RULES[name].rights,
  });
  const rules = {
    controlPlane: rule('controlPlane'),
    manage: rule('manage'),
    agentsListen: rule('agentsListen'),
    agentsSend: rule('agentsSend'),
  };
  await writePrivateFile(
    file,
    JSON.stringify(Object.fromEntries(Object.entries(rules).map(([name, { key }]) => [name, key]))),
  );
  return rules;
}

/** What the control plane reads as `TIDEGATE_RELAY_FILE`. */
export function relayConfig(port: number, rules: Record<RuleName, SasRule>): RelayConfig {
  const key = ({ name, key: secret }: SasRule): { name: string; key: string } => ({ name, key: secret });
  return {
    namespaces: [
      {
        name: 'embedded',
        endpoint: `sb://localhost:${port}`,
        regions: [...SERVED_REGIONS],
        mode: 'sas',
        transport: 'amqp',
        keys: {
          controlPlane: key(rules.controlPlane),
          manage: key(rules.manage),
          agentsListen: key(rules.agentsListen),
          agentsSend: key(rules.agentsSend),
        },
      },
    ],
  };
}

/** For people and tests: a connection string with all rights. */
export function connectionString(port: number, { manage }: Record<RuleName, SasRule>): string {
  return `Endpoint=sb://localhost:${port}/;SharedAccessKeyName=${manage.name};SharedAccessKey=${manage.key}`;
}
