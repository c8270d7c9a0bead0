/** A refusal in Key Vault's own words. */
export class VaultFault extends Error {
  override readonly name = 'VaultFault';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
