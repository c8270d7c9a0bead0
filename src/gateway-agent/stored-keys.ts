import { createHash } from 'node:crypto';
import { z } from 'zod';

/** More generations than rotations can overlap: two are usual while one is under way. */
export const MAX_SEALING_KEYS = 8;

const common = {
  /** PKCS #8, base64. */
  identity: z.base64(),
  /** 32 raw bytes each, base64url. */
  receiving: z.base64url().length(43),
  receivingPublic: z.base64url().length(43),
  local: z.base64url().length(43),
  /** SHA-256 over the fields above: tells a damaged file from a wrong one. */
  checksum: z.base64url(),
};

/** As the first agents wrote it: with the one sealing key of the registration. */
const version1Schema = z.object({ version: z.literal(1), sealing: z.base64(), ...common });

const version2Schema = z.object({
  version: z.literal(2),
  /** PKCS #8, base64, the newest first. */
  sealing: z.array(z.base64()).min(1).max(MAX_SEALING_KEYS),
  ...common,
});

/** What the key store's file holds. */
export type StoredKeys = z.infer<typeof version2Schema>;
type Unchecked = Omit<StoredKeys, 'checksum' | 'version'>;

/** Undefined for anything that is not a whole, undamaged key store of a known version. */
export function readStoredKeys(json: unknown): StoredKeys | undefined {
  const parsed = z.discriminatedUnion('version', [version1Schema, version2Schema]).safeParse(json);
  if (!parsed.success) return undefined;
  const { checksum, ...fields } = parsed.data;
  if (checksumOf(fields) !== checksum) return undefined;
  if (fields.version === 2) return { ...fields, checksum };
  return toStoredKeys({ ...fields, sealing: [fields.sealing] });
}

export function toStoredKeys({ sealing, identity, receiving, receivingPublic, local }: Unchecked): StoredKeys {
  const fields = { version: 2, sealing, identity, receiving, receivingPublic, local } as const;
  return { ...fields, checksum: checksumOf(fields) };
}

function checksumOf(fields: { version: number; sealing: string | string[] } & Omit<Unchecked, 'sealing'>): string {
  const { version, sealing, identity, receiving, receivingPublic, local } = fields;
  const text = JSON.stringify([version, sealing, identity, receiving, receivingPublic, local]);
  return createHash('sha256').update(text).digest('base64url');
}
