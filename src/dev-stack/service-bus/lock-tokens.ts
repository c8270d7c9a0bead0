import { randomBytes } from 'node:crypto';

const TOKEN_BYTES = 16;
const POOL_BYTES = TOKEN_BYTES * 256;

let pool = Buffer.alloc(0);
let used = 0;

/** A fresh lock token. Random bytes are drawn for 256 tokens at a time: one call each would cost more than the delivery. */
export function newLockToken(): Buffer {
  if (used + TOKEN_BYTES > pool.length) {
    pool = randomBytes(POOL_BYTES);
    used = 0;
  }
  used += TOKEN_BYTES;
  return pool.subarray(used - TOKEN_BYTES, used);
}

/** A token as a map key. */
export function tokenKey(token: Buffer): string {
  return token.toString('latin1');
}

/** Swaps between a delivery tag and the .NET byte order in which `$management` writes the same token. */
export function swapGuid(token: Buffer): Buffer {
  const swapped = Buffer.from(token);
  swapped.subarray(0, 4).reverse();
  swapped.subarray(4, 6).reverse();
  swapped.subarray(6, 8).reverse();
  return swapped;
}
