import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ConfigError } from './env.js';

const name = z.string().regex(/^[a-z0-9-]{1,60}$/);
const keySchema = z.object({ name: z.string().min(1).max(256), key: z.string().min(1).max(512) });
export type RelayKey = z.infer<typeof keySchema>;

const common = { name, regions: z.array(z.string().min(1)).min(1) };

/** A namespace of Service Bus, or of what stands in for it. */
const serviceBusSchema = z.object({
  ...common,
  mode: z.literal('sas'),
  /** `sb://host` or `sb://host:port`. */
  endpoint: z
    .string()
    .regex(/^sb:\/\/[a-zA-Z0-9.-]+(:\d{1,5})?\/?$/)
    .transform((text) => text.replace(/\/$/, '')),
  /** `websockets` where only 443 is open. */
  transport: z.enum(['amqp', 'websockets']).default('amqp'),
  keys: z.object({
    /** Send and Listen; what is used of it is narrowed by minted tokens. */
    controlPlane: keySchema,
    /** Manage: creates and deletes queues, drains dead letters. */
    manage: keySchema,
    /** Listen only and Send only: agents get tokens of these two. */
    agentsListen: keySchema,
    agentsSend: keySchema,
  }),
});
export type ServiceBusNamespace = z.infer<typeof serviceBusSchema>;

/** Microsoft's emulator: one connection string, queues fixed at its start, ten connections. Development only. */
const emulatorSchema = z.object({
  ...common,
  mode: z.literal('emulator'),
  emulator: z.object({
    connectionString: z.string().regex(/UseDevelopmentEmulator=true/),
    /** The queues its configuration declares for us. */
    queues: z.array(z.string().min(1).max(260)).min(3),
  }),
});
export type EmulatorNamespace = z.infer<typeof emulatorSchema>;

const relayConfigSchema = z
  .object({
    namespaces: z
      .array(z.discriminatedUnion('mode', [serviceBusSchema, emulatorSchema]))
      .min(1)
      .max(50),
  })
  .refine(({ namespaces }) => new Set(namespaces.map((one) => one.name)).size === namespaces.length, {
    error: 'two namespaces have the same name',
  });
export type RelayConfig = z.infer<typeof relayConfigSchema>;
export type RelayNamespace = RelayConfig['namespaces'][number];

/** @throws ConfigError naming the fields at fault, never their values: the file holds keys */
export async function readRelayConfig(file: string): Promise<RelayConfig> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw new ConfigError(`The file that TIDEGATE_RELAY_FILE names ${reason}.`);
  }
  return parseRelayConfig(json);
}

/** @throws ConfigError */
export function parseRelayConfig(json: unknown): RelayConfig {
  const parsed = relayConfigSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigError(`The relay's settings need attention:\n  ${faults.join('\n  ')}`);
}
