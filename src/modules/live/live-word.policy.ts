import type { ChangedThing } from './audience-query.js';
import type { TopicChanges } from './pending-changes.js';

/** Who listens, as far as it decides whether they are told an id. */
export interface Listener {
  readonly isTenantAdministrator: boolean;
  /** Ids under which they hold roles. */
  readonly holderIds: ReadonlySet<string>;
}

/**
 * What people of a tenant are told of a moment's changes of one topic: the one thing that changed, or `*` for anything else
 * that concerns their tenant; what they lost sight of has to vanish from their lists too.
 *
 * @returns undefined when it is no business of theirs
 */
export function newsFor(
  tenantId: string,
  changes: TopicChanges,
  things: readonly ChangedThing[],
): ChangedThing | '*' | undefined {
  if (changes.isEverything || changes.vagueTenantIds.has(tenantId)) return '*';
  const own = things.filter((thing) => thing.tenantId === tenantId);
  const [first] = own;
  // What was of the tenant and is not found is gone.
  const isNamed = changes.tenantIds.has(tenantId);
  if (first === undefined) return isNamed ? '*' : undefined;
  return own.length === 1 && (!isNamed || changes.ids.size === 1) ? first : '*';
}

/** Whether somebody of the thing's tenant may be told its id. */
export function mayBeTold(
  { isTenantAdministrator, holderIds }: Listener,
  { holderIds: holders }: ChangedThing,
): boolean {
  return isTenantAdministrator || holders === null || holders.some((id) => holderIds.has(id));
}
