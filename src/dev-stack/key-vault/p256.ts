import '../not-in-production.js';
import { createECDH } from 'node:crypto';

/** Affine coordinates; undefined is the point at infinity. */
type Point = readonly [x: bigint, y: bigint] | undefined;

/** Field, order and base point of P-256. @see FIPS 186-4, D.1.2.3 */
const P = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const G: Point = [
  0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
];

/**
 * ECDSA over a digest. Key Vault is sent digests, and node:crypto signs nothing but messages that it hashes itself.
 * Not in constant time: for the development vault only.
 *
 * @returns r ‖ s, 64 bytes
 */
export function signDigest(privateKey: Buffer, digest: Buffer): Buffer {
  const d = toInteger(privateKey);
  for (;;) {
    const ephemeral = createECDH('prime256v1');
    // Uncompressed point: 04 ‖ x ‖ y
    const r = toInteger(ephemeral.generateKeys().subarray(1, 33)) % N;
    const s = (inverse(toInteger(ephemeral.getPrivateKey()), N) * (toInteger(digest) + r * d)) % N;
    if (r !== 0n && s !== 0n) return Buffer.concat([toBytes(r), toBytes(s)]);
  }
}

export function verifyDigest(publicKey: { x: Buffer; y: Buffer }, digest: Buffer, signature: Buffer): boolean {
  if (signature.length !== 64) return false;
  const [r, s] = [toInteger(signature.subarray(0, 32)), toInteger(signature.subarray(32))];
  if (r <= 0n || r >= N || s <= 0n || s >= N) return false;
  const w = inverse(s, N);
  const point = add(
    multiply(G, (toInteger(digest) * w) % N),
    multiply([toInteger(publicKey.x), toInteger(publicKey.y)], (r * w) % N),
  );
  return point !== undefined && point[0] % N === r;
}

function multiply(point: Point, factor: bigint): Point {
  let sum: Point;
  let addend = point;
  for (let rest = factor; rest > 0n; rest >>= 1n) {
    if (rest & 1n) sum = add(sum, addend);
    addend = add(addend, addend);
  }
  return sum;
}

function add(a: Point, b: Point): Point {
  if (!a) return b;
  if (!b) return a;
  const isSameX = a[0] === b[0];
  if (isSameX && mod(a[1] + b[1], P) === 0n) return undefined;
  // The curve's first coefficient is -3.
  const slope = isSameX
    ? (3n * a[0] * a[0] - 3n) * inverse(2n * a[1], P)
    : (b[1] - a[1]) * inverse(mod(b[0] - a[0], P), P);
  const x = mod(slope * slope - a[0] - b[0], P);
  return [x, mod(slope * (a[0] - x) - a[1], P)];
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [mod(value, modulus), modulus, 1n, 0n];
  while (a > 1n) {
    const quotient = b / a;
    [a, b, x, y] = [b % a, a, y - quotient * x, x];
  }
  return mod(x, modulus);
}

function mod(value: bigint, modulus: bigint): bigint {
  return ((value % modulus) + modulus) % modulus;
}

function toInteger(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

function toBytes(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
}
