import type { EnvironmentRow, ImportFault, ImportRow } from './environments.types.js';

/** What an import comes to, compared with the environments that exist. */
export interface ImportPlan {
  readonly created: readonly ImportRow[];
  readonly updated: readonly (ImportRow & { readonly id: string; readonly before: EnvironmentRow })[];
  readonly unchanged: number;
  readonly faults: readonly ImportFault[];
}

/**
 * A row with an id is that environment. One without is the environment of its name, so that the same list can be imported
 * again. A name that another environment keeps is a fault.
 *
 * @param rows each id and name once
 */
export function planImport(existing: readonly EnvironmentRow[], rows: readonly ImportRow[]): ImportPlan {
  const byId = new Map(existing.map((row) => [row.id, row]));
  const byName = new Map(existing.map((row) => [row.displayName, row]));
  const created: ImportRow[] = [];
  const updated: ImportPlan['updated'][number][] = [];
  const faults: ImportFault[] = [];
  const matched = new Map<string, ImportRow>();
  let unchanged = 0;

  for (const row of rows) {
    const before = row.id === undefined ? byName.get(row.displayName) : byId.get(row.id);
    if (before) matched.set(before.id, row);
    if (!before) created.push(row);
    else if (before.displayName === row.displayName && before.region === row.region) unchanged += 1;
    else updated.push({ ...row, id: before.id, before });
  }
  for (const row of [...created, ...updated]) {
    const holder = byName.get(row.displayName);
    if (!holder || holder.id === row.id) continue;
    // Names may change hands within one list.
    const renamed = matched.get(holder.id);
    if (renamed && renamed.displayName !== row.displayName) continue;
    faults.push({ place: row.place, problem: `displayName: the environment ${holder.id} has this name` });
  }
  return { created, updated, unchanged, faults };
}
