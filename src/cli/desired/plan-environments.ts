import type { Environment } from '../find.js';
import { differences, type Change } from './change.js';
import type { DescribedEnvironment } from './described.js';
import type { Planning } from './planning.js';

/** What the file says of environments; with pruning, the others go. */
export function planEnvironments(planning: Planning): Change[] {
  const { current, file, isPruned } = planning;
  const wanted = file.described.environments;
  if (!wanted) return [];
  const kept = new Set<string>();
  const changes = wanted.flatMap((environment) => {
    const known = findKnown(current.environments, environment);
    if (!known) return [creation(planning, environment)];
    kept.add(known.id);
    return update(planning, known, environment);
  });
  const extra = isPruned ? current.environments.filter(({ id }) => !kept.has(id)) : [];
  return [...changes, ...extra.map((environment) => removal(planning, environment))];
}

/** By its id where the file gives one, otherwise by its name. */
export function findKnown(
  environments: readonly Environment[],
  { id, name }: DescribedEnvironment,
): Environment | undefined {
  return environments.find((known) => (id === undefined ? known.displayName === name : known.id === id));
}

function creation({ client, environmentIds }: Planning, { name, id, region }: DescribedEnvironment): Change {
  return {
    action: 'create',
    kind: 'environment',
    name,
    fields: differences({}, { region, id }),
    run: async () => {
      const body = { displayName: name, region, ...(id !== undefined && { id }) };
      const created = await client.post('/v1/environments', { body });
      environmentIds.set(name, created.id);
    },
  };
}

function update({ client }: Planning, known: Environment, { name, region }: DescribedEnvironment): Change[] {
  const wanted = { displayName: name, region };
  const fields = differences(known, wanted);
  if (fields.length === 0) return [];
  const init = { params: { path: { environmentId: known.id } }, body: wanted };
  const run = async (): Promise<void> => {
    await client.patch('/v1/environments/{environmentId}', init);
  };
  return [{ action: 'update', kind: 'environment', name: known.displayName, fields, run }];
}

function removal({ client }: Planning, { id: environmentId, displayName, region }: Environment): Change {
  return {
    action: 'delete',
    kind: 'environment',
    name: displayName,
    fields: [{ field: 'region', before: region }],
    run: async () => {
      await client.delete('/v1/environments/{environmentId}', { params: { path: { environmentId } } });
    },
  };
}
