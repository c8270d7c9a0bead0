import type { Connection } from '../find.js';
import type { Change } from './change.js';
import type { DescribedConnection } from './described.js';
import type { Planning } from './planning.js';

/** To which environments the file binds a connection; with pruning, the others are unbound. */
export function planBindings(
  planning: Planning,
  { id: connectionId, displayName, environmentIds: bound }: Connection,
  { environments: wanted }: DescribedConnection,
): Change[] {
  if (!wanted) return [];
  const { client, current, environmentIds, isPruned } = planning;
  const path = '/v1/connections/{connectionId}/environments/{environmentId}';
  const wantedIds = new Set(wanted.map((name) => environmentIds.get(name)));
  // One that is still to be made has no id yet.
  const missing = wanted.filter((name) => !bound.includes(environmentIds.get(name) ?? ''));
  const extra = isPruned ? bound.filter((id) => !wantedIds.has(id)) : [];
  return [
    ...missing.map((name): Change => ({
      action: 'create',
      kind: 'binding',
      name: `of ${displayName} to ${name}`,
      fields: [],
      run: async () => {
        const environmentId = environmentIds.get(name) ?? '';
        await client.put(path, { params: { path: { connectionId, environmentId } } });
      },
    })),
    ...extra.map((environmentId): Change => ({
      action: 'delete',
      kind: 'binding',
      name: `of ${displayName} to ${current.environments.find(({ id }) => id === environmentId)?.displayName ?? environmentId}`,
      fields: [],
      run: async () => {
        await client.delete(path, { params: { path: { connectionId, environmentId } } });
      },
    })),
  ];
}
