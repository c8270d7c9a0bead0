import { sign, verify, createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { RECOVERY_BUNDLE_INFO } from '../contract/signed-objects.js';
import { HpkeError, hpkeOpen, hpkeSeal } from './hpke.js';
import { deriveRecoveryKeys, openRecoveryBundle, setUpRecovery } from './recovery-key.js';
import { generateRecoveryKey, recoveryKeyProblem, recoveryKeyStrength } from './recovery-strength.js';

const SALT = Buffer.alloc(32, 7);
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

describe('keys from the recovery key', () => {
  it('stay what they were when this vector was made: a stored bundle must open for ever', async () => {
    const keys = await deriveRecoveryKeys('tide gate at low water, 1953', SALT);
    expect({ proof: base64url(keys.proof.publicKey), recovery: base64url(keys.recovery.publicKey) }).toEqual({
      proof: 'NTIU4c9YcvQBGGFoV3mhXD_07TxAXH5SbXuexUGeU34',
      recovery: 'Jf1h107aQ84C1hGYaisIAccXjqqkmkytFZvaHsr-v34',
    });
  });

  it('are the same for one phrase in two Unicode forms, others for another salt or phrase', async () => {
    const publicOf = async (text: string, salt: Uint8Array) =>
      base64url((await deriveRecoveryKeys(text, salt)).proof.publicKey);
    const composed = await publicOf('Schl\u00fcssel f\u00fcr alle', SALT);
    expect(await publicOf('Schlu\u0308ssel fu\u0308r alle', SALT)).toBe(composed);
    expect(await publicOf('Schl\u00fcssel f\u00fcr alle', Buffer.alloc(32, 8))).not.toBe(composed);
    expect(await publicOf('Schlussel fur alle', SALT)).not.toBe(composed);
  });

  it('sign proofs that the stored public half checks', async () => {
    const { proof } = await deriveRecoveryKeys('a phrase to remember', SALT);
    const publicKey = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: base64url(proof.publicKey) },
      format: 'jwk',
    });
    const signature = sign(null, Buffer.from('nonce'), proof.privateKey);
    expect(verify(null, Buffer.from('nonce'), publicKey, signature)).toBe(true);
  });

  it('open the bundle, which no other recovery key does', async () => {
    const pkcs8 = Buffer.from('the sealing key');
    const { setup } = await setUpRecovery('a phrase to remember', pkcs8);
    const salt = Buffer.from(setup.kdf.salt, 'base64url');
    const right = await deriveRecoveryKeys('a phrase to remember', salt);
    expect(await openRecoveryBundle(right, setup.bundle)).toEqual(pkcs8);
    const wrong = await deriveRecoveryKeys('a phrase to forget', salt);
    await expect(openRecoveryBundle(wrong, setup.bundle)).rejects.toThrow(HpkeError);
  });

  it('bind what is sealed to its use, byte for byte', async () => {
    const { recovery } = await deriveRecoveryKeys('a phrase to remember', SALT);
    const sealed = await hpkeSeal(recovery.publicKey, RECOVERY_BUNDLE_INFO, Buffer.from('secret'));
    await expect(hpkeOpen(recovery.privateKey, 'another use', sealed)).rejects.toThrow(HpkeError);
    const bytes = Buffer.from(sealed, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      await expect(
        hpkeOpen(recovery.privateKey, RECOVERY_BUNDLE_INFO, base64url(changed)),
        `byte ${at}`,
      ).rejects.toThrow(HpkeError);
    }
  });
});

describe('choosing a recovery key', () => {
  it.each([
    'short', 'password', 'Password1!', 'P@ssw0rd2026', '12345678', 'qwertyuiop', 'letmein123', 'passwordpassword',
    'aaaaaaaaaaaa', 'Contoso2026!', 'RecoveryKey1', 'abcdefghij', 'correct horse battery staple', 'with\ttab inside',
  ])('refuses %j', (key) => {
    expect(recoveryKeyProblem(key)).toBeTypeOf('string');
  }); // prettier-ignore

  it.each(['tide gate at low water', 'vK3#pq9!zz', 'Fünf Störche über Jütland', 'N7KQM-2X9FD-RRT4B'])(
    'takes %j',
    (key) => {
      expect(recoveryKeyProblem(key)).toBeUndefined();
    },
  );

  it('offers strong ones that differ', () => {
    const keys = Array.from({ length: 50 }, generateRecoveryKey);
    expect(new Set(keys).size).toBe(50);
    for (const key of keys) {
      expect(key).toMatch(/^([2-9A-HJKMNP-TV-Z]{5}-){5}[2-9A-HJKMNP-TV-Z]{5}$/);
      expect(recoveryKeyProblem(key)).toBeUndefined();
      expect(recoveryKeyStrength(key).label).toBe('strong');
    }
  });

  it('calls a short one weak', () => {
    expect(recoveryKeyStrength('abcdefgh').label).toBe('weak');
  });
});
