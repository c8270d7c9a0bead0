import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RootPair } from '../../test/support/root-pair.js';
import { TestFolder } from '../../test/support/agent-folder.js';
import { CLIENT_ASSERTION_TYP } from '../contract/membership.js';
import type { RootKey } from '../contract/registration.js';
import { DIRECTIVE_TYP } from '../contract/directive.js';
import { NEXT_ROOT_TYP } from '../contract/next-root.js';
import { REPLICA_CERTIFICATE_TYP, SESSION_ANNOUNCEMENT_TYP, writeProofInput } from '../contract/signed-objects.js';
import { TrustError } from './trust-error.js';
import { Trust } from './trust.js';

const GATEWAY = '7d3b1a52-9c55-4c38-8a3e-0d6a7e0b6a11';
const MEMBER = '0f0e6a0c-3a52-4a5e-9d2f-0a1b2c3d4e5f';
const owner = { gatewayId: GATEWAY, memberId: MEMBER };

interface Pair {
  publicKey: KeyObject;
  privateKey: KeyObject;
}
const ec = (): Pair => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = (): Pair => generateKeyPairSync('ed25519');

describe('the chain of trust', () => {
  let folder: TestFolder;
  const root = ec();
  const replica = ed();
  const rootKey = (generation = 1, pair = root): RootKey =>
    ({ generation, jwk: pair.publicKey.export({ format: 'jwk' }) }) as unknown as RootKey;
  const registered = (root: RootKey) => ({ root, registeredAt: new Date().toISOString() });
  const sec = () => Math.floor(Date.now() / 1000);

  const certificate = (change: object = {}, options: { typ?: string; key?: KeyObject; alg?: string } = {}) =>
    new SignJWT({ root: 1, cnf: { jwk: replica.publicKey.export({ format: 'jwk' }) }, ...change })
      .setProtectedHeader({ alg: options.alg ?? 'ES256', typ: options.typ ?? REPLICA_CERTIFICATE_TYP })
      .setIssuer('https://control.example')
      .setSubject('replica-1')
      .setIssuedAt(sec() - 10)
      .setExpirationTime('exp' in change ? (change.exp as number) : sec() + 3600)
      .sign(options.key ?? root.privateKey);
  const announcement = (change: object = {}, options: { typ?: string; key?: KeyObject; exp?: number } = {}) =>
    new SignJWT({ gatewayId: GATEWAY, memberId: MEMBER, epoch: 5, requestKey: 'AA', replyKey: 'AA', ...change })
      .setProtectedHeader({ alg: 'EdDSA', typ: options.typ ?? SESSION_ANNOUNCEMENT_TYP })
      .setIssuer('https://control.example')
      .setIssuedAt(sec() - 10)
      .setExpirationTime(options.exp ?? sec() + 600)
      .sign(options.key ?? replica.privateKey);
  const directive = (change: object = {}, options: { typ?: string; key?: KeyObject; exp?: number } = {}) =>
    announcement({ revision: 3, ...change }, { typ: DIRECTIVE_TYP, ...options });
  const proof = async (envelope: string, key = replica.privateKey, cert?: string) =>
    Buffer.from(
      JSON.stringify({
        certificate: cert ?? (await certificate()),
        signature: sign(null, writeProofInput(createHash('sha256').update(envelope).digest()), key).toString(
          'base64url',
        ),
      }),
    );
  const open = (generation?: number) => Trust.open(folder, registered(rootKey(generation)));

  beforeEach(async () => {
    folder = await TestFolder.make();
  });
  afterEach(() => folder[Symbol.asyncDispose]());

  it('takes an announcement that a certified replica signed', async () => {
    const trust = await open();
    expect(await trust.verifySession(await announcement(), await certificate(), owner)).toMatchObject({ epoch: 5 });
  });

  it('refuses every object whose type is another’s, pairwise', async () => {
    const trust = await open();
    const types = [
      REPLICA_CERTIFICATE_TYP,
      SESSION_ANNOUNCEMENT_TYP,
      DIRECTIVE_TYP,
      NEXT_ROOT_TYP,
      CLIENT_ASSERTION_TYP,
      'JWT',
    ];
    for (const typ of types.filter((other) => other !== REPLICA_CERTIFICATE_TYP)) {
      const cert = await certificate({}, { typ });
      await expect(trust.verifySession(await announcement(), cert, owner), typ).rejects.toThrow(TrustError);
    }
    for (const typ of types.filter((other) => other !== SESSION_ANNOUNCEMENT_TYP)) {
      await expect(
        trust.verifySession(await announcement({}, { typ }), await certificate(), owner),
        typ,
      ).rejects.toThrow(TrustError);
    }
    for (const typ of types.filter((other) => other !== DIRECTIVE_TYP)) {
      const signedAs = await directive({}, { typ });
      await expect(trust.verifyDirective(signedAs, await certificate(), owner), typ).rejects.toThrow(TrustError);
    }
    expect(await trust.verifySession(await announcement(), await certificate(), owner)).toBeDefined();
    expect(await trust.verifyDirective(await directive(), await certificate(), owner)).toBeDefined();
  });

  it.each([
    ['an unknown key', () => directive({}, { key: ed().privateKey })],
    ['another member', () => directive({ memberId: GATEWAY })],
    ['another gateway', () => directive({ gatewayId: MEMBER })],
    ['a directive that has ended', () => directive({}, { exp: sec() - 120 })],
    ['an unknown shape', () => directive({ drain: true })],
  ])('refuses a directive of %s', async (_, make) => {
    const trust = await open();
    await expect(trust.verifyDirective(await make(), await certificate(), owner)).rejects.toThrow(TrustError);
  });

  it('never goes back to an older directive, not even after a restart, but counts for each member anew', async () => {
    const trust = await open();
    // Raised at once with the epoch: neither mark may be lost.
    await Promise.all([
      trust.verifyDirective(await directive({ revision: 7 }), await certificate(), owner),
      trust.verifySession(await announcement({ epoch: 9 }), await certificate(), owner),
    ]);
    for (const known of [trust, await open()]) {
      const older = known.verifyDirective(await directive({ revision: 6 }), await certificate(), owner);
      await expect(older).rejects.toThrow(TrustError);
      const epoch = known.verifySession(await announcement({ epoch: 8 }), await certificate(), owner);
      await expect(epoch).rejects.toThrow(TrustError);
      expect(await known.verifyDirective(await directive({ revision: 7 }), await certificate(), owner)).toBeDefined();
    }
    const restored = { ...owner, memberId: '7d3b1a52-9c55-4c38-8a3e-0d6a7e0b6a12' };
    const first = await directive({ memberId: restored.memberId, revision: 0 });
    expect(await trust.verifyDirective(first, await certificate(), restored)).toBeDefined();
  });

  it.each([
    ['another root', () => certificate({}, { key: ec().privateKey })],
    ['a certificate that has ended', () => certificate({ exp: sec() - 120 })],
    ['a certificate of another generation', () => certificate({ root: 2 })],
    ['a certificate signed by a replica', () => certificate({}, { key: replica.privateKey, alg: 'EdDSA' })],
    ['no certificate', () => Promise.resolve('')],
  ])('refuses %s', async (_, make) => {
    const trust = await open();
    await expect(trust.verifySession(await announcement(), await make(), owner)).rejects.toThrow(TrustError);
  });

  it.each([
    ['another key', () => announcement({}, { key: ed().privateKey })],
    ['another member', () => announcement({ memberId: GATEWAY })],
    ['another gateway', () => announcement({ gatewayId: MEMBER })],
    ['an announcement that has ended', () => announcement({}, { exp: sec() - 120 })],
    ['an unknown shape', () => announcement({ epoch: 'five' })],
  ])('refuses an announcement of %s', async (_, make) => {
    const trust = await open();
    await expect(trust.verifySession(await make(), await certificate(), owner)).rejects.toThrow(TrustError);
  });

  it('never goes back to an older epoch, not even after a restart', async () => {
    const trust = await open();
    await trust.verifySession(await announcement({ epoch: 6 }), await certificate(), owner);
    await expect(trust.verifySession(await announcement({ epoch: 5 }), await certificate(), owner)).rejects.toThrow(
      TrustError,
    );
    const again = await open();
    await expect(again.verifySession(await announcement({ epoch: 5 }), await certificate(), owner)).rejects.toThrow(
      TrustError,
    );
    expect(await again.verifySession(await announcement({ epoch: 6 }), await certificate(), owner)).toBeDefined();
  });

  it('never goes back to an older root', async () => {
    const trust = await open(3);
    await trust.verifySession(await announcement(), await certificate({ root: 3 }), owner);
    await expect(open(2)).rejects.toMatchObject({ reason: 'untrusted' });
  });

  it('stops believing what the old root certified with the first certificate by the next one', async () => {
    const [old, next] = [new RootPair(1), new RootPair(2)];
    let now = Date.now();
    const trust = await Trust.open(folder, registered(old.root), () => now);
    await trust.announce(await old.announce(next.root, now));
    now += 31 * 24 * 3600 * 1000;
    const exp = Math.floor(now / 1000) + 3600;
    const [byOld, byNext] = [
      await proof('envelope', replica.privateKey, await certificate({ exp }, { key: old.privateKey })),
      await proof('envelope', replica.privateKey, await certificate({ exp, root: 2 }, { key: next.privateKey })),
    ];
    await trust.verifyWrite(Buffer.from('envelope'), byOld);
    await trust.verifyWrite(Buffer.from('envelope'), byNext);
    await expect(trust.verifyWrite(Buffer.from('envelope'), byOld)).rejects.toMatchObject({
      refusal: 'root-rolled-back',
    });
  });

  it('says why it does not follow the root, until it does', async () => {
    const trust = await open();
    expect(trust.standing).toEqual({ generation: 1 });
    const swapped = await certificate({}, { key: ec().privateKey });
    await expect(trust.verifySession(await announcement(), swapped, owner)).rejects.toThrow(TrustError);
    expect(trust.standing).toEqual({ generation: 1, refused: 'root-unknown' });
    await expect(trust.verifySession('x', await certificate(), owner)).rejects.toThrow(TrustError);
    expect(trust.standing).toEqual({ generation: 1 });
  });

  it('takes a write that a replica signed, and no other', async () => {
    const trust = await open();
    await trust.verifyWrite(Buffer.from('envelope'), await proof('envelope'));
    const refusals: [string, Buffer][] = [
      ['another envelope', await proof('another')],
      ['another key', await proof('envelope', ed().privateKey)],
      [
        'a forged certificate',
        await proof('envelope', replica.privateKey, await certificate({}, { key: ec().privateKey })),
      ],
      ['a session as certificate', await proof('envelope', replica.privateKey, await announcement())],
      ['nothing', Buffer.alloc(0)],
    ];
    for (const [what, given] of refusals) {
      await expect(trust.verifyWrite(Buffer.from('envelope'), given), what).rejects.toThrow(TrustError);
    }
  });

  it('stops believing a certificate it has seen once that has ended', async () => {
    let now = Date.now();
    const trust = await Trust.open(folder, registered(rootKey()), () => now);
    const given = await proof('envelope');
    await trust.verifyWrite(Buffer.from('envelope'), given);
    now += 2 * 3600 * 1000;
    await expect(trust.verifyWrite(Buffer.from('envelope'), given)).rejects.toThrow(TrustError);
  });
});
