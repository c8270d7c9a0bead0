import type { RelayAccess, RelayToken } from '../contract/membership.js';

type TokenAccess = Extract<RelayAccess, { mode: 'tokens' }>;

/**
 * Hands the bus client the token that fits the place it wants to reach. One client so holds Listen on two queues and Send
 * on the reply queues, each by a token of its own.
 *
 * `isSasTokenProvider` is the mark by which @azure/core-amqp tells such an object from an Entra credential and asks it at
 * every link and every renewal; undocumented, so a test pins it.
 */
export class RelayCredential {
  readonly isSasTokenProvider = true;
  private tokens: readonly RelayToken[];

  constructor(access: TokenAccess) {
    this.tokens = tokensOf(access);
  }

  /** Fresh tokens for the same places: links ask again by themselves. */
  update(access: TokenAccess): void {
    this.tokens = tokensOf(access);
  }

  /** @param audience a string like `sb://host:port/gw/…/work`, in which the SDK may have appended `/$management` */
  getToken(audience: string | string[]): Promise<{ token: string; expiresOnTimestamp: number }> {
    const path = pathOf(typeof audience === 'string' ? audience : (audience[0] ?? ''));
    const fitting = this.tokens
      .filter(({ audience: prefix }) => covers(pathOf(prefix), path))
      .sort((a, b) => b.audience.length - a.audience.length)[0];
    if (!fitting) return Promise.reject(new RangeError('no token for this place on the relay'));
    return Promise.resolve({ token: fitting.token, expiresOnTimestamp: Date.parse(fitting.expiresAt) });
  }
}

/** When the first of the tokens ends, in epoch milliseconds; undefined where there are none. */
export function earliestExpiry(access: RelayAccess): number | undefined {
  if (access.mode !== 'tokens') return undefined;
  return Math.min(...tokensOf(access).map(({ expiresAt }) => Date.parse(expiresAt)));
}

function tokensOf(access: TokenAccess): readonly RelayToken[] {
  return [access.listenWork, access.listenMember, access.sendReplies];
}

/** By whole segments: `gw/7` does not cover `gw/70`. */
function covers(prefix: string, path: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`);
}

function pathOf(text: string): string {
  return text
    .replace(/^[a-z]+:\/\/[^/]*/i, '')
    .replace(/^\/+|\/+$/g, '')
    .toLowerCase();
}
