/** A key in the vault, one version of it. */
export interface VaultKey {
  /** Full identifier, version included. */
  readonly id: string;
  readonly version: string;
  /** Counts up with each deliberate rotation; 1 at first. */
  readonly generation: number;
  /** Public half: x and y for EC, n and e for RSA; base64url. */
  readonly publicKey: { readonly x: string; readonly y: string } | { readonly n: string; readonly e: string };
}

export type VaultKeyKind = 'ec-p256' | 'rsa-3072';

/** The vault that keeps the keys nobody may read. */
export abstract class Vault {
  /**
   * The newest version of a key, which is made if there is none. Callers hold a lock: a second creator would make a second version.
   *
   * @param generation of a key that is made
   */
  abstract ensureKey(name: string, kind: VaultKeyKind, generation?: number): Promise<VaultKey>;

  /** One version of a key that must be there. */
  abstract getKey(key: { readonly name: string; readonly version: string }): Promise<VaultKey>;

  /** ES256: ECDSA over the SHA-256 of the data. @returns r ‖ s, 64 bytes, as JWS has it */
  abstract sign(keyId: string, data: Uint8Array): Promise<Buffer>;

  /** RSA-OAEP-256. */
  abstract wrap(keyId: string, key: Uint8Array): Promise<Buffer>;
  abstract unwrap(keyId: string, wrapped: Uint8Array): Promise<Buffer>;
}
