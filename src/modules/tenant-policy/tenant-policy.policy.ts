import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import type { Holders, PrincipalReference } from '../identity/principal.types.js';
import type { TenantPolicy } from './tenant-policy.types.js';

/**
 * Whether somebody may install gateways. Administrators of the tenant are no exception: they can list themselves, which
 * leaves a trace.
 *
 * @throws DomainError INSTALLER_NOT_ALLOWED; IDENTITY_UNAVAILABLE when only unknown groups could allow it
 */
export function assertInstallerListed(
  { installers, listedInstallers }: Pick<TenantPolicy, 'installers' | 'listedInstallers'>,
  { ids, isComplete }: Holders,
): void {
  if (installers === 'Open') return;
  const listed = new Set(listedInstallers.map(({ id }) => id));
  if (ids.some((id) => listed.has(id))) return;
  const isGroupListed = listedInstallers.some(({ type }) => type === 'Group');
  if (isComplete || !isGroupListed) throw new DomainError('INSTALLER_NOT_ALLOWED', { principalId: ids[0] ?? '' });
  throw new DomainError(
    'IDENTITY_UNAVAILABLE',
    { principalId: ids[0] ?? '' },
    { message: 'The directory cannot say at the moment who is in the groups that may install gateways.' },
  );
}

/** @throws DomainError NOT_ADMINISTRATOR */
export function assertJoinTokenRule(
  { joinTokenCreators }: Pick<TenantPolicy, 'joinTokenCreators'>,
  caller: Pick<Caller, 'isTenantAdministrator'>,
): void {
  if (joinTokenCreators === 'Installers' || caller.isTenantAdministrator) return;
  throw new DomainError('NOT_ADMINISTRATOR', { rule: 'joinTokenCreators', creators: joinTokenCreators });
}

/** Names shown of a list nobody reads to its end. */
const MAX_NAMED = 10;

/**
 * A restriction must leave somebody who can install.
 *
 * @param states of those listed, as the directory tells them
 * @throws DomainError POLICY_LOCKS_OUT
 */
export function assertSomebodyLeft(
  listed: readonly PrincipalReference[],
  states: ReadonlyMap<string, 'Active' | 'Disabled' | 'Gone'>,
): void {
  const without = listed.map(({ id }) => ({ id, state: states.get(id) ?? 'Gone' }));
  if (without.some(({ state }) => state === 'Active')) return;
  const named = without.slice(0, MAX_NAMED).map(({ id, state }) => `${id} (${state.toLowerCase()})`);
  throw new DomainError('POLICY_LOCKS_OUT', {
    path: 'listedInstallers',
    listed: listed.length,
    ...(named.length === 0 ? {} : { principals: named.join(', ') }),
  });
}

/** What differs between two states of a policy, for the record: each name with its value now and before. */
export function differences(before: TenantPolicy, after: TenantPolicy): Record<string, string | number | string[]> {
  const details: Record<string, string | number | string[]> = {};
  const note = (name: string, was: string | number, is: string | number) => {
    if (was !== is) Object.assign(details, { [name]: is, [`${name}Before`]: was });
  };
  note('installers', before.installers, after.installers);
  note('joinTokenCreators', before.joinTokenCreators, after.joinTokenCreators);
  note('minimumAdministrators', before.minimumAdministrators, after.minimumAdministrators);
  note('licenceRules', before.licenceRules, after.licenceRules);
  note('allowedKinds', before.allowedKinds?.join(', ') ?? 'all', after.allowedKinds?.join(', ') ?? 'all');
  for (const limit of Object.keys(before.limits) as (keyof TenantPolicy['limits'])[]) {
    note(limit, before.limits[limit], after.limits[limit]);
  }
  const [added, removed] = [
    missingFrom(before.listedInstallers, after.listedInstallers),
    missingFrom(after.listedInstallers, before.listedInstallers),
  ];
  if (added.length > 0) details['listedInstallersAdded'] = added;
  if (removed.length > 0) details['listedInstallersRemoved'] = removed;
  return details;
}

function missingFrom(known: readonly PrincipalReference[], list: readonly PrincipalReference[]): string[] {
  const ids = new Set(known.map(({ id }) => id));
  return list.filter(({ id }) => !ids.has(id)).map(({ id }) => id);
}
