import type { AccessToken, TokenCredential } from '@azure/core-auth';
import type { RelayKey } from '../config/relay.js';
import { mintToken, TOKEN_MS } from './sas.js';

/**
 * Hands the Service Bus client a token for exactly the link it opens: the replica's one key may send everywhere, its
 * tokens may not.
 *
 * `isSasTokenProvider` is how `@azure/core-amqp` (4.x, `isSasTokenProvider`) tells such an object from a directory
 * credential. It is not documented; the broker's integration tests fail when it changes.
 */
export class ScopedCredential implements TokenCredential {
  readonly isSasTokenProvider = true;

  /**
   * @param endpoint `sb://host[:port]`
   * @param replyPlace the only place that may be listened to
   */
  constructor(
    private readonly endpoint: string,
    private readonly key: RelayKey,
    private readonly replyPlace: string,
  ) {}

  async getToken(audience: string | string[]): Promise<AccessToken> {
    const expiresAt = new Date(Date.now() + TOKEN_MS);
    const token = mintToken(this.key, `${this.endpoint}/${this.scopeOf(String(audience))}`, expiresAt);
    return { token, expiresOnTimestamp: expiresAt.getTime() };
  }

  private scopeOf(audience: string): string {
    const path = audience.replace(/^[a-z]+:\/\/[^/]+\//i, '');
    if (path === this.replyPlace) return path;
    if (path.startsWith('gw/')) return 'gw/';
    throw new Error(`no token is minted for ${path}`);
  }
}
