import type { ResourcePath } from './resource-path.js';
import type { Claim, Right } from './token.js';
import { allows } from './token.js';

/** The limit reported for real Service Bus connections. */
const MAX_CLAIMS = 1000;

/** The tokens a connection has put, and what they allow together. */
export class Claims {
  private readonly claims = new Map<string, Claim>();

  /** Adds a claim or renews the one for the same resource and rule. @returns false when the connection has too many */
  add(claim: Claim, now: number): boolean {
    const key = `${claim.rule}\n${claim.resource.host}/${claim.resource.segments.join('/')}`;
    if (!this.claims.has(key) && this.claims.size >= MAX_CLAIMS) {
      for (const [old, { expiresAt }] of this.claims) if (expiresAt <= now) this.claims.delete(old);
      if (this.claims.size >= MAX_CLAIMS) return false;
    }
    this.claims.set(key, claim);
    return true;
  }

  /** @param path lower-case segments of a queue, whatever the host: the tokens were checked against it when they were put */
  allow(path: readonly string[], right: Right, now: number): boolean {
    for (const claim of this.claims.values()) {
      const resource: ResourcePath = { host: claim.resource.host, segments: path };
      if (claim.expiresAt > now && allows(claim, resource, right)) return true;
    }
    return false;
  }
}
