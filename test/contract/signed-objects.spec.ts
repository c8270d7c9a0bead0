import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { AUDIT_DOMAIN } from '../../src/contract/audit-entry.js';
import { handoverInput, memberCertificateInput, recoveryProofInput } from '../../src/contract/recovery.js';
import { rotationKeyInfo, rotationKeyInput } from '../../src/contract/rotation.js';
import { registrationProofInput, registrationRequestSchema } from '../../src/contract/registration.js';
import { RECOVERY_BUNDLE_INFO, sessionKeyInfo, writeProofInput } from '../../src/contract/signed-objects.js';
import { goldenMessages } from './golden.js';

const CHALLENGE = {
  challengeId: 'c',
  nonce: 'n',
  operation: 'join',
  callerId: 'p',
  expiresAt: 'e',
  gateway: { id: 'g' },
} as const;

const contract = new URL('../../src/contract/', import.meta.url);

/** Every exported constant of the contract whose name ends in `_TYP`, found by looking, so that a new one cannot be forgotten. */
async function declaredTyps(): Promise<Map<string, unknown>> {
  const files = readdirSync(contract).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
  const modules = await Promise.all(files.map((file) => import(new URL(file, contract).href) as Promise<object>));
  return new Map(modules.flatMap((exports) => Object.entries(exports)).filter(([name]) => name.endsWith('_TYP')));
}

describe('signed objects', () => {
  let typs: Map<string, unknown>;
  beforeAll(async () => {
    typs = await declaredTyps();
  });

  it('have a typ each', () => {
    expect([...typs.keys()].sort()).toEqual([
      'AUDIT_CHECKPOINT_TYP',
      'BACKUP_SEAL_TYP',
      'CLIENT_ASSERTION_TYP',
      'DIRECTIVE_TYP',
      'NEXT_ROOT_TYP',
      'RELEASE_KEY_TYP',
      'RELEASE_MANIFEST_TYP',
      'REPLICA_CERTIFICATE_TYP',
      'SESSION_ANNOUNCEMENT_TYP',
    ]);
  });

  it('never share a typ, not even when case or a media type prefix is ignored', () => {
    const plain = [...typs.values()].map((typ) =>
      String(typ)
        .toLowerCase()
        .replace(/^application\//, ''),
    );
    expect(new Set(plain).size).toBe(plain.length);
    for (const typ of plain) expect(typ).toMatch(/^tidegate-[a-z-]+\+jwt$/);
  });

  it('that are plain bytes begin with domain words of which none begins another', () => {
    const golden = registrationRequestSchema.parse(goldenMessages('registration-request')[0]!.json);
    const inputs = [
      registrationProofInput('https://issuer.example', golden),
      Buffer.from(writeProofInput(new Uint8Array(32))).toString('latin1'),
      sessionKeyInfo('request', 'g', 'm', 1),
      RECOVERY_BUNDLE_INFO,
      AUDIT_DOMAIN,
      recoveryProofInput('https://issuer.example', CHALLENGE, {}),
      memberCertificateInput({ identity: 'i', receiving: 'r' }),
      handoverInput('g', { proofKey: 'p', recoveryKey: 'r', salt: 's' }),
      rotationKeyInfo('r', 'g', 'm'),
      rotationKeyInput('r', 'g', { modulus: 'm', exponent: 'e' }),
    ];
    const words = inputs.map((input) => /tidegate-[a-z-]+\/1/.exec(input)?.[0] ?? 'none');
    expect(words).toEqual([
      'tidegate-registration/1',
      'tidegate-write/1',
      'tidegate-session/1',
      'tidegate-recovery-bundle/1',
      'tidegate-audit/1',
      'tidegate-recovery-proof/1',
      'tidegate-member/1',
      'tidegate-recovery-handover/1',
      'tidegate-rotation/1',
      'tidegate-rotation-key/1',
    ]);
    for (const word of words) expect(words.filter((other) => other.startsWith(word))).toEqual([word]);
  });

  it('bind a session key to use, gateway, member and epoch', () => {
    const infos = [
      sessionKeyInfo('request', 'g1', 'm1', 1),
      sessionKeyInfo('reply', 'g1', 'm1', 1),
      sessionKeyInfo('request', 'g2', 'm1', 1),
      sessionKeyInfo('request', 'g1', 'm2', 1),
      sessionKeyInfo('request', 'g1', 'm1', 2),
    ];
    expect(new Set(infos).size).toBe(infos.length);
  });

  it('prove a registration only for the audience and the fields that were sent', () => {
    const request = registrationRequestSchema.parse(goldenMessages('registration-request')[0]!.json);
    const { gateway, member, sealingKey, recovery } = request;
    const other = 'A'.repeat(43);
    const variants = [
      registrationProofInput('https://a.example', request),
      registrationProofInput('https://b.example', request),
      ...[
        { ...request, gateway: { ...gateway, name: 'x' } },
        { ...request, gateway: { ...gateway, region: 'x' } },
        { ...request, member: { ...member, machine: other } },
        { ...request, member: { ...member, keys: { ...member.keys, identity: other } } },
        { ...request, member: { ...member, keys: { ...member.keys, receiving: other } } },
        { ...request, sealingKey: { ...sealingKey, modulus: 'AAAA' } },
        { ...request, sealingKey: { ...sealingKey, exponent: 'AAAA' } },
        { ...request, recovery: { ...recovery, proofKey: other } },
        { ...request, recovery: { ...recovery, recoveryKey: other } },
        { ...request, recovery: { ...recovery, bundle: 'AAAA' } },
        { ...request, recovery: { ...recovery, kdf: { ...recovery.kdf, salt: other } } },
      ].map((changed) => registrationProofInput('https://a.example', changed)),
    ];
    expect(new Set(variants).size).toBe(variants.length);
  });
});
