import { isIdentifier } from '../../common/identifier.js';
import { nameSchema } from '../../contract/registration.js';
import type { ImportFault, ImportRow } from './environments.types.js';
import { isEnvironmentRegion } from './regions.policy.js';

/** What stands in one row of a list, before anything of it is believed. */
export interface RawRow {
  readonly place: string;
  readonly id: unknown;
  readonly displayName: unknown;
  readonly region: unknown;
}

/** Power Platform names a tenant's default environment after the tenant. */
const DEFAULT_PREFIX = /^default-/i;
/** Longer texts are no ids, names or regions, and would only swell the answer. */
const MAX_SHOWN = 60;

/** The row if all of it is right, else everything that is wrong with it. */
export function checkRow({ place, id, displayName, region }: RawRow): ImportRow | readonly ImportFault[] {
  const faults: ImportFault[] = [];
  const wrong = (problem: string) => void faults.push({ place, problem });

  const isNamed = id !== undefined && id !== null && id !== '';
  const guid = typeof id === 'string' ? id.trim().replace(DEFAULT_PREFIX, '').toLowerCase() : '';
  if (isNamed && !isIdentifier(guid)) wrong(`id: ${shown(id)} is not a GUID`);

  const name = nameSchema.safeParse(displayName);
  if (!name.success) wrong(`displayName: ${name.error.issues[0]?.message ?? 'not a name'}`);

  const key = typeof region === 'string' ? region.replaceAll(/\s/g, '').toLowerCase() : '';
  if (!isEnvironmentRegion(key)) wrong(`region: ${shown(region)} is not in the region map`);

  if (faults.length > 0 || !name.success) return faults;
  return { place, displayName: name.data, region: key, ...(isNamed && { id: guid }) };
}

/** Each environment once: two rows of one id or name contradict each other, whatever they say. */
export function repeated(rows: readonly ImportRow[]): ImportFault[] {
  const faults: ImportFault[] = [];
  const ids = new Map<string, string>();
  const names = new Map<string, string>();
  for (const { id, displayName, place } of rows) {
    const sameId = id === undefined ? undefined : ids.get(id);
    if (sameId !== undefined) faults.push({ place, problem: `id: stands at ${sameId} already` });
    const sameName = names.get(displayName);
    if (sameName !== undefined) faults.push({ place, problem: `displayName: stands at ${sameName} already` });
    if (id !== undefined && sameId === undefined) ids.set(id, place);
    if (sameName === undefined) names.set(displayName, place);
  }
  return faults;
}

function shown(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'nothing';
  return JSON.stringify(value).slice(0, MAX_SHOWN);
}
