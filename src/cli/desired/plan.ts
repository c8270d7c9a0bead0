import { ApiError } from '../../client/api-error.js';
import type { TidegateClient } from '../../client/tidegate-client.js';
import { CommandError } from '../exit-codes.js';
import { isId } from '../find.js';
import type { Shell } from '../shell.js';
import { inOrder, type Change } from './change.js';
import { checkReferences } from './check-references.js';
import { readCurrent, type Current } from './current.js';
import type { DescribedFile, Path } from './described-file.js';
import { findKnown, planEnvironments } from './plan-environments.js';
import { planConnections } from './plan-connections.js';
import { planGateways } from './plan-gateways.js';
import { planPolicy } from './plan-policy.js';

interface PlanOptions {
  readonly client: TidegateClient;
  readonly shell: Shell;
  readonly me: string | undefined;
  /** Takes away what the file does not list, as `prune: true` in the file does. */
  readonly prune?: boolean;
  readonly resealed: ReadonlySet<string> | 'all';
}

/**
 * Compares a file with how things are.
 *
 * @returns what has to be done, in order; nothing is changed yet
 * @throws CommandError REFERENCES_WRONG; ApiError
 */
export async function makePlan(file: DescribedFile, options: PlanOptions): Promise<Change[]> {
  const { client, prune } = options;
  const current = await readCurrent(client, file.described);
  const problems = [...checkReferences(file, current), ...checkResealed(file, options)];
  const users = new Map<string, string>();
  for (const [user, path] of namedUsers(file)) {
    const id = await findUser(client, user);
    if (id === undefined) problems.push(`${file.place(path)}: there is nobody called ${user}`);
    else users.set(user, id);
  }
  if (problems.length > 0) {
    throw new CommandError(problems.join('\n'), { code: 'REFERENCES_WRONG', remedy: 'Nothing was changed.' });
  }
  const isPruned = prune === true || file.described.prune === true;
  const planning = { ...options, file, current, users, isPruned, environmentIds: environmentIds(file, current) };
  return inOrder([
    ...planPolicy(planning),
    ...planEnvironments(planning),
    ...planGateways(planning),
    ...planConnections(planning),
  ]);
}

function environmentIds({ described }: DescribedFile, { environments }: Current): Map<string, string> {
  const ids = new Map(environments.map(({ id, displayName }) => [displayName, id]));
  for (const wanted of described.environments ?? []) {
    const known = findKnown(environments, wanted);
    if (known) ids.set(wanted.name, known.id);
  }
  return ids;
}

function checkResealed({ described }: DescribedFile, { resealed }: PlanOptions): string[] {
  if (resealed === 'all') return [];
  const names = new Set((described.connections ?? []).map(({ name }) => name));
  return [...resealed]
    .filter((name) => !names.has(name))
    .map((name) => `--reseal ${name}: the file has no such connection`);
}

/** People whom the file gives by their names, each with one place. */
function namedUsers({ described }: DescribedFile): Map<string, Path> {
  const found = new Map<string, Path>();
  const look = (words: readonly { readonly user?: string | undefined }[] | undefined, path: Path): void =>
    words?.forEach(({ user }, at) => {
      if (user !== undefined && !isId(user)) found.set(user, [...path, at, 'user']);
    });
  look(described.policy?.listedInstallers, ['policy', 'listedInstallers']);
  described.gateways?.forEach(({ roles }, at) => look(roles, ['gateways', at, 'roles']));
  described.connections?.forEach(({ roles }, at) => look(roles, ['connections', at, 'roles']));
  return found;
}

async function findUser(client: TidegateClient, idOrUpn: string): Promise<string | undefined> {
  try {
    const { user } = await client.get('/v1/licences/users/{idOrUpn}', { params: { path: { idOrUpn } } });
    return user.id.toLowerCase();
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}
