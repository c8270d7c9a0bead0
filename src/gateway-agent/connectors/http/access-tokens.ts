import { createHash } from 'node:crypto';
import { unlessAborted } from '../abortable.js';
import { SourceError } from '../source-error.js';
import type { AccessToken, ClientGrant } from './client-grant.js';

/** A token is not used in its last minute, or last quarter where its life is short: requests take time. */
const MARGIN_SECONDS = 60;
const MARGIN_SHARE = 0.25;
/** A token as fresh as this that a source refuses is not the trouble: another one would be refused as well. */
const FRESH_MS = 30_000;
/** A client that was refused is not tried again at once: endpoints lock clients that fail often. */
const REFUSED_MS = 5_000;
const MAX_ENTRIES = 1000;

interface Entry {
  readonly connectionId: string;
  readonly token: Promise<AccessToken>;
  /** Epoch milliseconds; for ever while it is being fetched. */
  until: number;
  fetchedAt: number;
}

/** Tokens of the connections, in memory only, each fetched once however many requests wait for it. */
export class AccessTokens {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly fetch: (grant: ClientGrant) => Promise<AccessToken>,
    private readonly now: () => number,
  ) {}

  /** @throws SourceError what fetching throws; REQUEST_CANCELLED when the signal fires, which stops nobody else's wait */
  async get(grant: ClientGrant, signal: AbortSignal): Promise<string> {
    const key = keyOf(grant);
    const known = this.entries.get(key);
    const entry = known && known.until > this.now() ? known : this.begin(key, grant);
    return (await unlessAborted(entry.token, signal)).value;
  }

  /** Told that a source refused a token. @returns whether the next one can be another one */
  async refuse(grant: ClientGrant, token: string): Promise<boolean> {
    const key = keyOf(grant);
    const entry = this.entries.get(key);
    if (!entry) return true;
    if (entry.until === Infinity) return true;
    const held = await entry.token.catch((error: unknown) => {
      if (error instanceof SourceError) return undefined;
      throw error;
    });
    if (!held) return false;
    if (held.value !== token) return true;
    if (entry.fetchedAt + FRESH_MS > this.now()) return false;
    if (this.entries.get(key) === entry) this.entries.delete(key);
    return true;
  }

  forget(connectionId: string): void {
    for (const [key, entry] of this.entries) if (entry.connectionId === connectionId) this.entries.delete(key);
  }

  private begin(key: string, grant: ClientGrant): Entry {
    const token = this.fetch(grant);
    const entry: Entry = { connectionId: grant.connectionId, token, until: Infinity, fetchedAt: Infinity };
    token.then(
      ({ lifeSeconds }) => {
        const margin = Math.min(MARGIN_SECONDS, lifeSeconds * MARGIN_SHARE);
        entry.fetchedAt = this.now();
        entry.until = entry.fetchedAt + (lifeSeconds - margin) * 1000;
      },
      (error: unknown) => {
        const isRefused = error instanceof SourceError && error.code === 'SOURCE_DENIED';
        entry.until = this.now() + (isRefused ? REFUSED_MS : 0);
      },
    );
    this.entries.delete(key);
    this.entries.set(key, entry);
    const oldest = this.entries.keys().next();
    if (this.entries.size > MAX_ENTRIES && !oldest.done) this.entries.delete(oldest.value);
    return entry;
  }
}

/** Another secret, endpoint or scope is another token. The secret itself is no key of a map. */
function keyOf({ connectionId, endpoint, scope, clientId, clientSecret }: ClientGrant): string {
  const parts = JSON.stringify([connectionId, endpoint, scope ?? null, clientId, clientSecret]);
  return createHash('sha256').update(parts).digest('base64');
}
