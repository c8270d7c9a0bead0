import { createHash, createPublicKey, verify } from 'node:crypto';
import { importJWK, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReplicaIdentity } from '../../src/common/keys/replica-identity.js';
import {
  REPLICA_CERTIFICATE_SECONDS,
  REPLICA_CERTIFICATE_TYP,
  replicaCertificateSchema,
  SESSION_ANNOUNCEMENT_TYP,
  writeProofInput,
} from '../../src/contract/signed-objects.js';
import { startTestApp, type TestApp } from '../support/app.js';

describe('the identity of a replica', () => {
  let app: TestApp;
  let other: TestApp;
  let identity: ReplicaIdentity;
  beforeAll(async () => {
    app = await startTestApp();
    other = await startTestApp({ database: app.database, vault: app.vault });
    identity = app.app.get(ReplicaIdentity);
  });
  afterAll(async () => {
    await other.stop();
    await app.stop();
  });

  const certified = async (from: ReplicaIdentity) => {
    const root = await importJWK(identity.root().jwk, 'ES256');
    const { payload } = await jwtVerify(from.certificate(), root, { typ: REPLICA_CERTIFICATE_TYP });
    return replicaCertificateSchema.parse(payload);
  };

  it('is certified by the root in the vault for a day', async () => {
    const certificate = await certified(identity);
    expect(certificate).toMatchObject({ iss: app.config.publicUrl, sub: identity.replicaId, root: 1 });
    expect(certificate.exp - certificate.iat).toBe(REPLICA_CERTIFICATE_SECONDS);
  });

  it('is another one for every replica, under the same root', async () => {
    const [one, two] = [await certified(identity), await certified(other.app.get(ReplicaIdentity))];
    expect(two.cnf.jwk.x).not.toBe(one.cnf.jwk.x);
    expect(other.app.get(ReplicaIdentity).root()).toEqual(identity.root());
  });

  it('signs objects of a type that its certificate verifies', async () => {
    const { cnf } = await certified(identity);
    const jws = await identity.sign(SESSION_ANNOUNCEMENT_TYP, { gatewayId: 'g' });
    const key = await importJWK(cnf.jwk, 'EdDSA');
    const { payload } = await jwtVerify(jws, key, { typ: SESSION_ANNOUNCEMENT_TYP });
    expect(payload).toEqual({ gatewayId: 'g' });
    await expect(jwtVerify(jws, key, { typ: REPLICA_CERTIFICATE_TYP })).rejects.toThrow('typ');
  });

  it('proves the exact bytes of a write', async () => {
    const { cnf } = await certified(identity);
    const key = createPublicKey({ key: cnf.jwk, format: 'jwk' });
    const bytes = Buffer.from('{"operation":"createItem"}');
    const { certificate, signature } = identity.prove(bytes);
    const holds = (of: Buffer) =>
      verify(null, writeProofInput(createHash('sha256').update(of).digest()), key, Buffer.from(signature, 'base64url'));
    expect(certificate).toBe(identity.certificate());
    expect(holds(bytes)).toBe(true);
    expect(holds(Buffer.from('{"operation":"deleteItem"}'))).toBe(false);
  });
});
