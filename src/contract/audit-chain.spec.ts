import { generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ChainVerifier } from './audit-chain.js';
import { auditCheckpointInput, auditKeyFingerprint, auditKeySchema, type AuditKey } from './audit-checkpoint.js';
import { auditEntrySchema, FIRST_PREV_HASH, hashEntry, type ExportedAuditEntry } from './audit-entry.js';

const TENANT = randomUUID();
const { key, privateKey } = newKey();

function newKey(): { key: AuditKey; privateKey: KeyObject } {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { key: auditKeySchema.parse(pair.publicKey.export({ format: 'jwk' })), privateKey: pair.privateKey };
}

function chain(length: number, tenantId = TENANT): ExportedAuditEntry[] {
  let prevHash: Buffer = FIRST_PREV_HASH;
  return Array.from({ length }, (_, index) => {
    const plain = {
      id: 100 + index * 3,
      tenantId,
      seq: index + 1,
      at: new Date(1_700_000_000_000 + index).toISOString(),
      actorId: randomUUID(),
      actorType: 'User',
      action: 'thing.created',
      result: 'succeeded',
      gatewayId: null,
      subjectType: 'thing',
      subjectId: `s${index}`,
      traceId: 't',
      details: { b: { y: [1, 2], x: 'ü' }, a: true },
      count: 1,
    };
    const hash = hashEntry(plain, prevHash);
    const entry = { ...plain, prevHash: prevHash.toString('base64url'), hash: hash.toString('base64url') };
    prevHash = hash;
    return entry;
  });
}

function checkpointOf(entry: ExportedAuditEntry, changes: object = {}, signer = { key, privateKey }): string {
  const claims = { tenantId: TENANT, seq: entry.seq ?? 0, hash: entry.hash ?? '', at: entry.at, ...changes };
  const input = auditCheckpointInput(signer.key, claims);
  const signature = sign('sha256', Buffer.from(input), { key: signer.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

function verify(
  entries: readonly ExportedAuditEntry[],
  checkpoints: Readonly<Record<number, string>> = {},
  fromSeq = 1,
) {
  const verifier = new ChainVerifier({ tenantId: TENANT, key, fromSeq });
  for (const entry of entries) {
    verifier.entry(entry);
    const jws = checkpoints[entry.seq ?? 0];
    if (jws !== undefined) verifier.checkpoint(jws);
  }
  return verifier;
}

const kinds = (verifier: ChainVerifier) => verifier.report().faults.map(({ kind, seq }) => `${kind} ${seq}`);

describe('an audit chain', () => {
  const good = chain(5);
  const at = (index: number): ExportedAuditEntry => good[index] ?? expect.fail('no such entry');

  it('is intact when nobody touched it', () => {
    const verifier = verify(good, { 3: checkpointOf(at(2)) });
    verifier.end({ seq: 5, hash: at(4).hash });
    expect(verifier.report()).toEqual({
      isIntact: true,
      entries: 5,
      firstSeq: 1,
      lastSeq: 5,
      checkpoints: 1,
      checkpointSeq: 3,
      unchained: 0,
      faultCount: 0,
      faults: [],
    });
  });

  it('does not depend on the order in which a database gives the names of details back', () => {
    const entry = { ...at(1), details: { a: true, b: { x: 'ü', y: [1, 2] } } };
    expect(kinds(verify([at(0), entry, at(2)]))).toEqual([]);
  });

  it.each(Object.keys(auditEntrySchema.shape).filter((name) => !['seq', 'hash', 'prevHash'].includes(name)))(
    'shows that %s was changed',
    (name) => {
      const before = at(1)[name as keyof ExportedAuditEntry];
      const changed: Record<string, unknown> = {
        id: 104,
        count: 2,
        details: {
          a: true,
          b: [
            ['x', 'ü'],
            ['y', [1, 2]],
          ],
        },
        gatewayId: TENANT,
      };
      const entry = { ...at(1), [name]: changed[name] ?? `${JSON.stringify(before)}x` };
      expect(kinds(verify([at(0), entry, at(2)]))).toContain('hash 2');
    },
  );

  it.each([
    ['a hash', [at(0), { ...at(1), hash: at(0).hash }, at(2)], ['hash 2', 'link 3']],
    ['the hash before', [at(0), { ...at(1), prevHash: at(1).hash }], ['link 2', 'hash 2']],
    ['a removed entry', [at(0), at(2)], ['gap 3']],
    ['a removed beginning', [at(1), at(2)], ['gap 2']],
    ['swapped entries', [at(0), at(2), at(1)], ['gap 3', 'order 2']],
    ['swapped places', [at(0), { ...at(2), seq: 2 }, { ...at(1), seq: 3 }], ['link 2', 'hash 2', 'link 3', 'hash 3']],
    ['an entry given twice', [at(0), at(0)], ['order 1']],
    ["another tenant's chain", chain(1, randomUUID()), ['link 1']],
    ['a half erased place', [{ ...at(0), hash: null }], ['hash 1']],
  ])('shows %s', (_what, entries, faults) => {
    expect(kinds(verify(entries))).toEqual(faults);
  });

  it('shows a removed tail by its end, and a wrong last entry', () => {
    const cut = verify(good.slice(0, 3));
    cut.end({ seq: 5, hash: at(4).hash });
    expect(kinds(cut)).toEqual(['gap 5']);
    const other = verify(good);
    other.end({ seq: 5, hash: at(3).hash });
    expect(kinds(other)).toEqual(['link 5']);
    const beyond = verify(good);
    beyond.end({ seq: 4, hash: at(3).hash });
    expect(kinds(beyond)).toEqual(['order 5']);
  });

  it('shows a tail that was rewritten with fresh hashes, by a checkpoint', () => {
    const rewritten = chain(5);
    expect(kinds(verify(rewritten))).toEqual([]);
    expect(kinds(verify(rewritten, { 4: checkpointOf(at(3)) }))).toEqual(['checkpoint 4']);
  });

  it('takes no checkpoint of another key, tenant, kind or place', () => {
    const [header = '', claims = '', signature = ''] = checkpointOf(at(0)).split('.');
    const otherTyp = Buffer.from(JSON.stringify({ alg: 'ES256', typ: 'tidegate-replica+jwt' })).toString('base64url');
    for (const jws of [
      checkpointOf(at(0), {}, newKey()),
      checkpointOf(at(0), { tenantId: randomUUID() }),
      checkpointOf(at(0), { seq: 2 }),
      checkpointOf(at(0), { more: 1 }),
      `${otherTyp}.${claims}.${signature}`,
      `${header}.${claims}`,
      `${header}.${claims}.${signature}.x`,
      'x',
    ]) {
      expect(verify([at(0)], { 1: jws }).report()).toMatchObject({ isIntact: false, checkpointSeq: null });
    }
  });

  it('can be checked from any entry on', () => {
    expect(kinds(verify(good.slice(2), {}, 3))).toEqual([]);
    expect(kinds(verify(good.slice(2), {}, 2))).toEqual(['gap 3']);
  });

  it('counts entries older than it, and shows those that slipped past it', () => {
    const old = { ...at(0), id: 5, seq: null, hash: null, prevHash: null };
    expect(verify([old, ...good]).report()).toMatchObject({ isIntact: true, unchained: 1, entries: 5 });
    const stray = { ...old, id: 101 };
    expect(kinds(verify([old, stray, ...good]))).toEqual(['unchained null']);
    expect(kinds(verify([...good, stray]))).toEqual(['unchained null']);
  });

  it('names a hundred faults and counts the rest', () => {
    const bad = chain(150).map((entry) => ({ ...entry, action: 'x' }));
    const report = verify(bad).report();
    expect([report.faultCount, report.faults.length]).toEqual([150, 100]);
  });

  it('has a key whose fingerprint does not depend on the spelling', () => {
    expect(auditKeyFingerprint({ ...key })).toBe(auditKeyFingerprint({ y: key.y, x: key.x, crv: 'P-256', kty: 'EC' }));
    expect(auditKeyFingerprint(newKey().key)).not.toBe(auditKeyFingerprint(key));
  });
});
