import { z } from 'zod';
import { key32Schema, registrationResponseSchema } from '../contract/registration.js';
import { CommandError } from './exit-codes.js';
import type { StateFolder } from './state-folder.js';

const FILE = 'member.json';
export const CA_FILE = 'ca.pem';

/** Who this agent is since its registration. Nothing secret stands in it. */
const memberRecordSchema = registrationResponseSchema.extend({
  version: z.literal(1),
  controlPlane: z.url(),
  gatewayName: z.string(),
  memberName: z.string(),
  registeredAt: z.iso.datetime(),
  /** What follows from the recovery key, pinned: other members' certificates and changes of it are checked against this. */
  recovery: z.object({ proofKey: key32Schema, recoveryKey: key32Schema }).optional(),
  /** http:// to a host other than this machine was allowed at registration; never in production. */
  allowInsecure: z.boolean(),
});
export type MemberRecord = z.infer<typeof memberRecordSchema>;

export type PinnedRecovery = NonNullable<MemberRecord['recovery']>;

export async function saveMemberRecord(folder: StateFolder, record: MemberRecord): Promise<void> {
  await folder.write(FILE, `${JSON.stringify(record, undefined, 2)}\n`);
}

/** Changes only what is pinned: the rest may have been written by somebody else meanwhile. */
export async function pinRecovery(folder: StateFolder, recovery: PinnedRecovery): Promise<void> {
  await saveMemberRecord(folder, { ...(await getMemberRecord(folder)), recovery });
}

export async function removeMemberRecord(folder: StateFolder): Promise<void> {
  await folder.remove(FILE);
}

export async function findMemberRecord(folder: StateFolder): Promise<MemberRecord | undefined> {
  const bytes = await folder.read(FILE);
  if (!bytes) return undefined;
  const parsed = memberRecordSchema.safeParse(parseJson(bytes));
  if (parsed.success) return parsed.data;
  throw new CommandError(
    'state',
    `The file ${folder.file(FILE)} is damaged.`,
    'Restore the state folder from a backup, or remove it and run `tidegate-agent restore` with the recovery key.',
  );
}

/** @throws CommandError idle when nothing is registered here; state when the file is damaged */
export async function getMemberRecord(folder: StateFolder): Promise<MemberRecord> {
  const record = await findMemberRecord(folder);
  if (record) return record;
  throw new CommandError(
    'idle',
    `No gateway is registered in ${folder.path}.`,
    'Run `tidegate-agent register` first, or name another folder with --state.',
  );
}

/** Undefined for what is not JSON: the schema then says no. */
export function parseJson(bytes: Uint8Array | string): unknown {
  try {
    return JSON.parse(typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
