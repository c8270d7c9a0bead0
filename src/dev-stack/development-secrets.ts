import './not-in-production.js';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readPrivateFile, writePrivateFile } from './private-file.js';
import { SERVICE_PRINCIPALS, USERS } from './seed-data.js';

const secretsSchema = z.object({
  /** Password of each seeded user, by name. */
  users: z.record(z.string(), z.string()),
  /** Client secret of each seeded service principal, by name. */
  servicePrincipals: z.record(z.string(), z.string()),
  /** Client secret of the control plane's own application. */
  controlPlane: z.string(),
  /** Client secret of the application that publishes releases. */
  publisher: z.string(),
  /** Password of the sample database's reader. */
  sampleDatabase: z.string(),
  /** Password of the sample HTTP API. */
  sampleApi: z.string(),
  /** What the administrator would have chosen when installing the sample gateway. */
  recoveryKey: z.string(),
});

const storedSchema = secretsSchema.partial();

export type DevelopmentSecrets = z.infer<typeof secretsSchema>;

/** The passwords of a state folder, made at random at first use and kept in its `secrets.json`. */
export async function loadSecrets(folder: string): Promise<DevelopmentSecrets> {
  const path = join(folder, 'secrets.json');
  const stored = await readPrivateFile(path);
  const secrets = complete(stored === undefined ? {} : storedSchema.parse(JSON.parse(stored)));
  const text = JSON.stringify(secrets, null, 2);
  if (text !== stored) await writePrivateFile(path, text);
  return secrets;
}

/** Adds what a folder of an earlier version has no secret for yet. */
function complete(stored: z.infer<typeof storedSchema>): DevelopmentSecrets {
  return {
    users: named(USERS, stored.users),
    servicePrincipals: named(SERVICE_PRINCIPALS, stored.servicePrincipals),
    controlPlane: stored.controlPlane ?? generate(),
    publisher: stored.publisher ?? generate(),
    sampleDatabase: stored.sampleDatabase ?? generate(),
    sampleApi: stored.sampleApi ?? generate(),
    recoveryKey: stored.recoveryKey ?? generate(),
  };
}

function named(
  holders: readonly { name: string }[],
  stored: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return Object.fromEntries(holders.map(({ name }) => [name, stored[name] ?? generate()]));
}

/** 144 bits: 24 characters that need no quoting in a shell, a URL or a connection string. */
function generate(): string {
  return randomBytes(18).toString('base64url');
}
