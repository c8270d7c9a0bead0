import { describe, expect, it } from 'vitest';
import { mintToken } from './sas.js';

describe('a minted token', () => {
  it('is the signature that Service Bus computes over the encoded resource and the expiry', () => {
    const token = mintToken(
      { name: 'agents-send', key: 'c2VjcmV0' },
      'sb://host:5671/rp/',
      new Date(1_800_000_000_999),
    );
    // openssl: printf 'sb%%3A%%2F%%2Fhost%%3A5671%%2Frp%%2F\n1800000000' | openssl dgst -sha256 -hmac c2VjcmV0 -binary | base64
    expect(token).toBe(
      'SharedAccessSignature sr=sb%3A%2F%2Fhost%3A5671%2Frp%2F&sig=y2fQN7PLwzkmHKwFjgK%2BN28OEx19m2HMaMRiJGRFTXI%3D&se=1800000000&skn=agents-send',
    );
  });
});
