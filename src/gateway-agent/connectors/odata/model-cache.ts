import type { EdmModel } from './edm-model.js';

/** How long a service's description is believed, in milliseconds. */
const MAX_AGE_MS = 5 * 60_000;
/** A description younger than this is not asked for again because a table is missing in it, in milliseconds. */
const MIN_AGE_MS = 5_000;
/** Descriptions kept: each holds a few megabytes at most. */
const MAX_MODELS = 50;

interface Entry {
  readonly model: Promise<EdmModel>;
  readonly readAt: number;
}

/** What services say of themselves, by connection and address, the least recently used dropped first. */
export class ModelCache {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /**
   * The description, fetched once however many wait for it.
   *
   * @param isMissed something was not in the one that is kept: it is fetched anew unless that has just been done
   */
  get(key: string, fetch: () => Promise<EdmModel>, isMissed = false): Promise<EdmModel> {
    const known = this.entries.get(key);
    const age = known ? this.now() - known.readAt : Infinity;
    this.entries.delete(key);
    if (known && age <= (isMissed ? MIN_AGE_MS : MAX_AGE_MS)) {
      this.entries.set(key, known);
      return known.model;
    }
    const entry = { model: fetch(), readAt: this.now() };
    this.entries.set(key, entry);
    entry.model.catch(() => {
      if (this.entries.get(key) === entry) this.entries.delete(key);
    });
    const [oldest] = this.entries.keys();
    if (this.entries.size > MAX_MODELS && oldest !== undefined) this.entries.delete(oldest);
    return entry.model;
  }

  /** Drops those whose keys begin so. */
  forget(prefix: string): void {
    for (const key of this.entries.keys()) if (key.startsWith(prefix)) this.entries.delete(key);
  }
}
