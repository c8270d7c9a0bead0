import type { ChangedThing } from './audience-query.js';
import type { TopicChanges } from './pending-changes.js';

/** Who listens, as far as it decides what they are told. */
export interface Listener {
  readonly tenantId: string;
  readonly isTenantAdministrator: boolean;
  /** Ids under which they hold roles. */
  readonly holderIds: ReadonlySet<string>;
}

/**
 * What a listener is told of a moment's changes of one topic: the id of the one thing that changed and that they may see,
 * or `*` for anything else that concerns their tenant; what they lost sight of has to vanish from their lists too.
 *
 * @returns undefined when it is no business of theirs
 */
export function wordFor(
  listener: Listener,
  changes: TopicChanges,
  things: readonly ChangedThing[],
): string | undefined {
  if (changes.isEverything) return '*';
  const own = things.filter(({ tenantId }) => tenantId === listener.tenantId);
  const isVague = changes.tenantIds.has(listener.tenantId);
  const [first] = own;
  if (first === undefined) return isVague ? '*' : undefined;
  return own.length === 1 && maySee(listener, first) && (!isVague || changes.ids.size === 1) ? first.id : '*';
}

function maySee({ isTenantAdministrator, holderIds }: Listener, { holderIds: holders }: ChangedThing): boolean {
  return isTenantAdministrator || holders === null || holders.some((id) => holderIds.has(id));
}
