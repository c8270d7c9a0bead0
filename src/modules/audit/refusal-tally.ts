import { createHash } from 'node:crypto';
import type { Refusal } from '../../common/errors/refusal-sink.js';

/** Different refusals kept apart in one window, of all tenants. */
export const MAX_KINDS = 10_000;

/** Different refusals of one caller kept apart in one window: whoever tries ids out must not fill the record. */
export const MAX_KINDS_PER_ACTOR = 200;

/** Stands for callers that are no longer told apart. */
const ANYBODY = { id: '00000000-0000-0000-0000-000000000000', type: 'Various' } as const;
const ANYTHING = { type: 'various' } as const;

/** Equal refusals of one window. */
export interface CountedRefusal {
  /** Start of the window, in milliseconds. */
  readonly window: number;
  /** SHA-256 of what makes refusals equal. */
  readonly digest: Buffer;
  /** The first of them. */
  readonly refusal: Refusal;
  count: number;
}

/** Counts refusals in bounded memory. What it can no longer keep apart it counts together, first by caller, then by tenant. */
export class RefusalTally {
  private readonly counted = new Map<string, CountedRefusal>();
  private readonly kindsOfActor = new Map<string, number>();
  /** Refusals that could not be kept at all. */
  lost = 0;

  /** @param window start of the window it falls into */
  add(refusal: Refusal, window: number): void {
    const { tenantId, actor, code, traceId } = refusal;
    const known = this.counted.get(keyOf(refusal, window));
    if (known) {
      known.count += 1;
      return;
    }
    const actorKey = `${window} ${tenantId} ${actor.id}`;
    const kinds = this.kindsOfActor.get(actorKey) ?? 0;
    const byCaller: Refusal = { tenantId, actor, code, traceId, action: 'various', subject: ANYTHING, details: {} };
    if (this.counted.size >= MAX_KINDS) this.count({ ...byCaller, actor: ANYBODY }, window);
    else if (kinds >= MAX_KINDS_PER_ACTOR) this.count(byCaller, window);
    else {
      this.kindsOfActor.set(actorKey, kinds + 1);
      this.count(refusal, window);
    }
  }

  /** Everything counted since the last call, oldest window first; forgets windows before `window`. */
  take(window: number): CountedRefusal[] {
    const taken: CountedRefusal[] = [];
    for (const [key, entry] of this.counted) {
      if (entry.count > 0) taken.push({ ...entry });
      entry.count = 0;
      if (entry.window < window) this.counted.delete(key);
    }
    for (const key of this.kindsOfActor.keys()) if (Number(key.split(' ')[0]) < window) this.kindsOfActor.delete(key);
    return taken;
  }

  /** What was taken and could not be written. */
  giveBack(entries: readonly CountedRefusal[]): void {
    for (const { refusal, window, count } of entries) this.count(refusal, window, count);
  }

  private count(refusal: Refusal, window: number, count = 1): void {
    const key = keyOf(refusal, window);
    const known = this.counted.get(key);
    if (known) known.count += count;
    else if (this.counted.size >= 2 * MAX_KINDS) this.lost += count;
    else this.counted.set(key, { window, digest: digestOf(refusal), refusal, count });
  }
}

function sameness({ tenantId, actor, action, code, gatewayId, subject }: Refusal): string {
  return JSON.stringify([tenantId, actor.id, actor.type, action, code, gatewayId, subject.type, subject.id]);
}

function keyOf(refusal: Refusal, window: number): string {
  return `${window} ${sameness(refusal)}`;
}

function digestOf(refusal: Refusal): Buffer {
  return createHash('sha256').update(sameness(refusal)).digest();
}
