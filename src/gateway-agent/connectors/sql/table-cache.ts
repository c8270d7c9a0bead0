import type { CatalogTable } from './catalog-table.js';

/** How long a description is believed, in milliseconds. A column that changed sooner shows as an error and is looked up again. */
const MAX_AGE_MS = 30_000;
/** Tables kept for one login at one database. */
const MAX_TABLES = 500;

interface Entry {
  readonly table: CatalogTable;
  readonly readAt: number;
}

/** Table descriptions by the name they were asked for, least recently used dropped first. */
export class TableCache {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  find(name: string): CatalogTable | undefined {
    const entry = this.entries.get(name);
    if (!entry) return undefined;
    this.entries.delete(name);
    if (this.now() - entry.readAt > MAX_AGE_MS) return undefined;
    this.entries.set(name, entry);
    return entry.table;
  }

  keep(name: string, table: CatalogTable): void {
    this.entries.delete(name);
    this.entries.set(name, { table, readAt: this.now() });
    const [oldest] = this.entries.keys();
    if (this.entries.size > MAX_TABLES && oldest !== undefined) this.entries.delete(oldest);
  }

  drop(name: string): void {
    this.entries.delete(name);
  }
}
