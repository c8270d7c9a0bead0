import '../not-in-production.js';
import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Row {
  payload: AdapterPayload;
  readonly expiresAt: number;
}

/** Sessions, codes and refresh tokens of a development stack; the oldest give way. */
const MAX_ROWS = 20_000;

/** What one tenant's provider remembers. Lost at a restart, when people sign in again. */
export class MemoryStore {
  private readonly rows = new Map<string, Row>();

  /** The library's view of one kind of thing. */
  adapter(model: string): Adapter {
    const key = (id: string) => `${model}:${id}`;
    return {
      upsert: async (id, payload, expiresIn) => this.put(key(id), payload, expiresIn),
      find: async (id) => this.get(key(id)),
      findByUid: async (uid) => this.search(model, (payload) => payload.uid === uid),
      findByUserCode: async (userCode) => this.search(model, (payload) => payload.userCode === userCode),
      consume: async (id) => {
        const row = this.rows.get(key(id));
        if (row) row.payload = { ...row.payload, consumed: Math.floor(Date.now() / 1000) };
      },
      destroy: async (id) => void this.rows.delete(key(id)),
      revokeByGrantId: async (grantId) => {
        for (const [id, { payload }] of this.rows) if (payload.grantId === grantId) this.rows.delete(id);
      },
    };
  }

  private put(key: string, payload: AdapterPayload, expiresIn: number | undefined): void {
    this.rows.delete(key);
    this.rows.set(key, { payload, expiresAt: Date.now() + (expiresIn ?? 86_400) * 1000 });
    if (this.rows.size <= MAX_ROWS) return;
    const [oldest] = this.rows.keys();
    if (oldest !== undefined) this.rows.delete(oldest);
  }

  private get(key: string): AdapterPayload | undefined {
    const row = this.rows.get(key);
    if (!row) return undefined;
    if (row.expiresAt > Date.now()) return row.payload;
    this.rows.delete(key);
    return undefined;
  }

  private search(model: string, matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [key, row] of this.rows) {
      if (key.startsWith(`${model}:`) && row.expiresAt > Date.now() && matches(row.payload)) return row.payload;
    }
    return undefined;
  }
}
