import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { NEXT_ROOT_NOTICE_SECONDS, NEXT_ROOT_TYP } from '../../src/contract/next-root.js';
import { rootKeySchema, type RootKey } from '../../src/contract/registration.js';

/** A root with its private half, as the vault has it. */
export class RootPair {
  private readonly pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  constructor(readonly generation: number) {}

  get root(): RootKey {
    return rootKeySchema.parse({ generation: this.generation, jwk: this.pair.publicKey.export({ format: 'jwk' }) });
  }

  get privateKey(): KeyObject {
    return this.pair.privateKey;
  }

  /** Announces another root. @param changes of the claims @param at milliseconds */
  announce(next: RootKey, at: number, changes: object = {}, typ: string = NEXT_ROOT_TYP): Promise<string> {
    const iat = Math.floor(at / 1000);
    const claims = { iss: 'https://control.example', iat, root: this.generation, next, notBefore: iat + NEXT_ROOT_NOTICE_SECONDS }; // prettier-ignore
    return new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg: 'ES256', typ }).sign(this.privateKey);
  }
}
