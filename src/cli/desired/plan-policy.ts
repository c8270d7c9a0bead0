import type { Change } from './change.js';
import { differences } from './change.js';
import { principalOf, type Planning } from './planning.js';

/** What the file says of the tenant's policy. */
export function planPolicy(planning: Planning): Change[] {
  const { client, current, file } = planning;
  const { policy: wanted } = file.described;
  if (!wanted || !current.policy) return [];
  const { version, ...known } = current.policy;
  const { limits, listedInstallers, allowedKinds, ...plain } = wanted;
  const flat = {
    ...plain,
    ...(allowedKinds !== undefined && { allowedKinds: allowedKinds === 'all' ? null : allowedKinds }),
    ...(listedInstallers && { listedInstallers: listedInstallers.map((words) => principalOf(planning, words)) }),
  };
  const fields = [...differences<object>(known, flat), ...differences<object>(known.limits, limits ?? {})];
  if (fields.length === 0) return [];
  const limitNames = new Set(Object.keys(known.limits));
  const changed = fields.map(({ field, after }): [string, unknown] => [field, after]);
  const body = {
    version,
    ...Object.fromEntries(changed.filter(([field]) => !limitNames.has(field))),
    ...(changed.some(([field]) => limitNames.has(field)) && {
      limits: Object.fromEntries(changed.filter(([field]) => limitNames.has(field))),
    }),
  };
  return [
    {
      action: 'update',
      kind: 'policy',
      name: 'of the tenant',
      fields,
      run: async () => {
        await client.patch('/v1/tenantPolicy', { body });
      },
    },
  ];
}
