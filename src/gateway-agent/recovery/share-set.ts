import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { combine, split } from 'shamir-secret-sharing';
import { toBase32 } from './base32.js';
import type { RecoveryShare } from './recovery-share.js';

/** More keepers than this are no more safety, and one share can be looked for among so many without a computer. */
export const MAX_SHARES = 20;

const SET_BYTES = 5;
const DIGEST_LABEL = 'tidegate-recovery-share/1 secret';
const DIGEST_BYTES = 8;
const LENGTH_BYTES = 2;
/** What is shared is filled up to a multiple of this, so that a share shows the key's length only roughly. */
const BLOCK_BYTES = 32;

/** Why shares do not make a recovery key. */
export class SharesUnfit extends Error {
  override readonly name = 'SharesUnfit';
}

/** A share, and what to call it when it is the matter. */
export interface NamedShare {
  readonly name: string;
  readonly share: RecoveryShare;
}

/** Splits a recovery key so that any `threshold` of the shares make it again, and fewer tell nothing of it. */
export async function splitRecoveryKey(
  recoveryKey: string,
  { threshold, shares, gatewayId }: { threshold: number; shares: number; gatewayId: string | undefined },
): Promise<readonly RecoveryShare[]> {
  const set = toBase32(randomBytes(SET_BYTES));
  const secret = pack(recoveryKey, set);
  try {
    const parts = await split(secret, shares, threshold);
    return parts.map((data, index) => ({ set, number: index + 1, of: shares, threshold, gatewayId, data }));
  } finally {
    secret.fill(0);
  }
}

/**
 * Makes the recovery key of its shares, in any order. Every share that is given is used, also beyond the threshold.
 *
 * @throws SharesUnfit naming the share that does not belong, or how many are missing
 */
export async function combineShares(named: readonly NamedShare[]): Promise<string> {
  const [first] = named;
  if (!first) throw new SharesUnfit('No share of the recovery key was given.');
  assertOneSet(first, named);
  const { threshold, set } = first.share;
  const missing = threshold - named.length;
  if (missing > 0) {
    throw new SharesUnfit(
      `${missing} more ${missing === 1 ? 'share is' : 'shares are'} needed of the set ${set}: ${named.length} of ${threshold} given.`,
    );
  }
  const whole = await join(named);
  if (whole !== undefined) return whole;
  const culprit = named.length > threshold ? await findCulprit(named) : undefined;
  throw new SharesUnfit(
    culprit === undefined
      ? 'These shares make no recovery key: at least one is not what was split, though its checksum fits. Try it with another.'
      : `The share ${culprit.name} is not what was split, though its checksum fits: the others make a recovery key without it.`,
  );
}

function assertOneSet(first: NamedShare, named: readonly NamedShare[]): void {
  const seen = new Map<number, string>();
  for (const { name, share } of named) {
    const { set, of, threshold, number, data } = first.share;
    if (share.set !== set) {
      throw new SharesUnfit(`The share ${name} is of the set ${share.set}, the share ${first.name} of the set ${set}.`);
    }
    if (share.of !== of || share.threshold !== threshold || share.data.length !== data.length || number < 1) {
      throw new SharesUnfit(`The share ${name} does not belong to the share ${first.name}, though it says so.`);
    }
    const twin = seen.get(share.number);
    if (twin !== undefined) throw new SharesUnfit(`The shares ${twin} and ${name} are the same, number ${share.number}.`); // prettier-ignore
    seen.set(share.number, name);
  }
}

/** With more shares than are needed the one that was changed can be told: without it the others fit. */
async function findCulprit(named: readonly NamedShare[]): Promise<NamedShare | undefined> {
  for (const suspect of named) {
    if ((await join(named.filter((one) => one !== suspect))) !== undefined) return suspect;
  }
  return undefined;
}

async function join(named: readonly NamedShare[]): Promise<string | undefined> {
  const parts = named.map(({ share }) => Uint8Array.from(share.data));
  // The last byte is the place on the curve: the library takes each once, and never 0, which is the secret's own.
  const places = new Set(parts.map((part) => part.at(-1)));
  if (places.size < parts.length || places.has(0) || (parts[0]?.length ?? 0) < 2) return undefined;
  const secret = await combine(parts);
  try {
    return unpack(secret, named[0]?.share.set ?? '');
  } finally {
    for (const bytes of [secret, ...parts]) bytes.fill(0);
  }
}

/** Length, text, filling, and a digest: it lies within what is shared, so no single share tells anything through it. */
function pack(recoveryKey: string, set: string): Uint8Array {
  const text = Buffer.from(recoveryKey, 'utf8');
  const needed = LENGTH_BYTES + text.length + DIGEST_BYTES;
  const packed = new Uint8Array(Math.ceil(needed / BLOCK_BYTES) * BLOCK_BYTES);
  new DataView(packed.buffer).setUint16(0, text.length);
  packed.set(text, LENGTH_BYTES);
  packed.set(digestOf(text, set), packed.length - DIGEST_BYTES);
  text.fill(0);
  return packed;
}

function unpack(packed: Uint8Array, set: string): string | undefined {
  if (packed.length % BLOCK_BYTES !== 0 || packed.length === 0) return undefined;
  const length = new DataView(packed.buffer, packed.byteOffset).getUint16(0);
  if (LENGTH_BYTES + length + DIGEST_BYTES > packed.length) return undefined;
  const text = packed.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
  const isWhole = timingSafeEqual(digestOf(text, set), packed.subarray(packed.length - DIGEST_BYTES));
  return isWhole ? Buffer.from(text).toString('utf8') : undefined;
}

function digestOf(text: Uint8Array, set: string): Uint8Array {
  return createHash('sha256').update(`${DIGEST_LABEL}\0${set}\0`).update(text).digest().subarray(0, DIGEST_BYTES);
}
