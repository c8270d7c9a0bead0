import { differences, type Change } from './change.js';
import type { CurrentRole } from './current.js';
import type { DescribedRole } from './described.js';
import { principalOf, type Planning } from './planning.js';
import { roleWriter, type RolePlace } from './role-writer.js';

interface Roles {
  readonly place: RolePlace;
  /** Of the gateway or connection. */
  readonly name: string;
  readonly known: readonly CurrentRole[];
  /** undefined: the file says nothing of roles here. */
  readonly wanted: readonly DescribedRole[] | undefined;
}

/** What the file says of the roles on one thing; with pruning, the others go, but not the role of whoever applies it. */
export function planRoles(planning: Planning, { place, name, known, wanted }: Roles): Change[] {
  if (!wanted) return [];
  const kind = 'gatewayId' in place ? 'gateway role' : 'connection role';
  const write = roleWriter(planning.client, place);
  const kept = new Set<string>();
  const changes = wanted.flatMap((described): Change[] => {
    const principal = principalOf(planning, described);
    kept.add(principal.id);
    const assignment = known.find((one) => one.principal.id.toLowerCase() === principal.id);
    const after = { role: described.role, ...kindsOf(described) };
    const fields = differences<object>(assignment ? shown(assignment) : {}, after);
    if (fields.length === 0) return [];
    const label = `of ${principal.type} ${assignment?.principal.displayName ?? described.user ?? principal.id} on ${name}`;
    return assignment
      ? [{ action: 'update', kind, name: label, fields, run: () => write.change(principal, after) }]
      : [{ action: 'create', kind, name: label, fields, run: () => write.give(principal, after) }];
  });
  const extra = planning.isPruned
    ? known.filter(({ principal }) => !kept.has(principal.id.toLowerCase()) && principal.id !== planning.me)
    : [];
  return [
    ...changes,
    ...extra.map(({ principal, role }): Change => {
      const label = `of ${principal.type} ${principal.displayName ?? principal.id} on ${name}`;
      const fields = [{ field: 'role', before: role }];
      return { action: 'delete', kind, name: label, fields, run: () => write.take(principal) };
    }),
  ];
}

function kindsOf(described: DescribedRole): { allowedKinds?: string[] | null } {
  const kinds = 'allowedKinds' in described ? described.allowedKinds : undefined;
  return kinds === undefined ? {} : { allowedKinds: kinds === 'all' ? null : kinds };
}

function shown(assignment: CurrentRole) {
  const kinds = 'allowedKinds' in assignment ? assignment.allowedKinds : undefined;
  return { role: assignment.role, allowedKinds: kinds ?? null };
}
