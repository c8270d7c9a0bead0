/** What a plan changes, in the order in which it is done; taking away comes last, in the opposite order. */
export const KINDS = [
  'policy',
  'environment',
  'gateway',
  'member',
  'gateway role',
  'connection',
  'binding',
  'connection role',
] as const;

export interface FieldChange {
  readonly field: string;
  /** undefined: there is nothing yet. */
  readonly before?: unknown;
  /** undefined: there is nothing any more. */
  readonly after?: unknown;
}

/** One step of a plan. */
export interface Change {
  readonly action: 'create' | 'update' | 'delete';
  readonly kind: (typeof KINDS)[number];
  readonly name: string;
  readonly fields: readonly FieldChange[];
  /** Reads and seals what the step needs, before any step is done. */
  readonly prepare?: () => Promise<void>;
  readonly run: () => Promise<void>;
}

/** In the order in which the steps can be done. */
export function inOrder(changes: readonly Change[]): Change[] {
  const place = ({ action, kind }: Change): number => {
    const at = KINDS.indexOf(kind);
    return action === 'delete' ? 2 * KINDS.length - at : at;
  };
  return changes.toSorted((one, other) => place(one) - place(other));
}

/** The fields of `wanted` that are not as `current` has them; what is not wanted is left as it is. */
export function differences<T extends object>(current: Partial<T>, wanted: T): FieldChange[] {
  return Object.entries(wanted).flatMap(([field, after]: [string, unknown]) => {
    const before = (current as Record<string, unknown>)[field];
    return after === undefined || isEqual(before, after) ? [] : [{ field, before, after }];
  });
}

/** Lists are compared as sets: their order has no meaning in anything that is planned. */
function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(normal(one)) === JSON.stringify(normal(other));
}

function normal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => JSON.stringify(normal(each))).toSorted();
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]: [string, unknown]) => [name, normal(each)].map((part) => JSON.stringify(part)).join());
}

/** What a plan or its application says of a step, for `--json`. */
export function showChange({ action, kind, name, fields }: Change) {
  return { action, kind, name, fields };
}
