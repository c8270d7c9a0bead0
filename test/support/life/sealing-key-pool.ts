import { createPrivateKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { importSealingKey, type SealingKey } from '../../../src/gateway-agent/sealing-key.js';

const generate = promisify(generateKeyPair);
const EXPONENT = 65_537n;

/**
 * Many sealing keys for the price of a few. Making an RSA-3072 pair takes half a second, nearly all of it for finding its
 * two primes; so the primes of a few pairs are put together anew. Any two of n primes make a pair: n(n-1)/2 of them.
 * For tests alone: keys that share a prime give each other away.
 */
export class SealingKeyPool {
  private readonly primes: bigint[] = [];
  private making: Promise<void> = Promise.resolve();
  private used = 0;

  /** A key that nobody was given before. */
  async take(): Promise<SealingKey> {
    const at = this.used;
    this.used += 1;
    // The pairs in order: 01, 02, 12, 03, 13, 23, …
    let high = 1;
    let low = at;
    while (low >= high) {
      low -= high;
      high += 1;
    }
    this.making = this.making.then(() => this.fill(high + 1));
    await this.making;
    return combine(this.primes[low] ?? 0n, this.primes[high] ?? 0n);
  }

  private async fill(wanted: number): Promise<void> {
    while (this.primes.length < wanted) {
      const { privateKey } = await generate('rsa', { modulusLength: 3072, publicExponent: Number(EXPONENT) });
      const { p = '', q = '' } = privateKey.export({ format: 'jwk' });
      this.primes.push(read(p), read(q));
    }
  }
}

function combine(p: bigint, q: bigint): Promise<SealingKey> {
  const d = inverse(EXPONENT, (p - 1n) * (q - 1n));
  const jwk = {
    kty: 'RSA',
    n: write(p * q),
    e: write(EXPONENT),
    d: write(d),
    p: write(p),
    q: write(q),
    dp: write(d % (p - 1n)),
    dq: write(d % (q - 1n)),
    qi: write(inverse(q, p)),
  };
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  return importSealingKey(key.export({ format: 'der', type: 'pkcs8' }));
}

/** Extended Euclid. */
function inverse(of: bigint, modulus: bigint): bigint {
  let [before, rest] = [modulus, of % modulus];
  let [was, is] = [0n, 1n];
  while (rest !== 0n) {
    const times = before / rest;
    [before, rest] = [rest, before - times * rest];
    [was, is] = [is, was - times * is];
  }
  return ((was % modulus) + modulus) % modulus;
}

function read(base64url: string): bigint {
  return BigInt(`0x${Buffer.from(base64url, 'base64url').toString('hex')}`);
}

function write(number: bigint): string {
  const hex = number.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').toString('base64url');
}
