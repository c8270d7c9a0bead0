import { CsvText } from '../../common/http/csv-text.js';
import { readCsv } from './environment-csv.js';
import type { EnvironmentList, ImportFault, ImportRow } from './environments.types.js';
import { importRefused } from './import-faults.js';
import { checkRow, repeated, type RawRow } from './import-row.js';

/** More than an administrator can look over; a larger tenant imports in parts. */
export const MAX_ROWS = 10_000;

/**
 * The rows of a list of environments: CSV, our own JSON, or the list that Power Platform's administration API answers.
 *
 * @throws DomainError VALIDATION_FAILED naming each faulty line and why
 */
export function readEnvironmentList(list: EnvironmentList): ImportRow[] {
  const { rows: raw, faults: unreadable } = rawRows(list);
  if (raw.length > MAX_ROWS) throw importRefused([{ place: 'rows', problem: `at most ${MAX_ROWS} at once` }]);
  const rows: ImportRow[] = [];
  const faults: ImportFault[] = [...unreadable];
  for (const one of raw) {
    const checked = checkRow(one);
    if ('place' in checked) rows.push(checked);
    else faults.push(...checked);
  }
  faults.push(...repeated(rows));
  if (faults.length > 0) throw importRefused(faults);
  return rows;
}

function rawRows(list: EnvironmentList): { rows: RawRow[]; faults: ImportFault[] } {
  if (list instanceof CsvText) return readCsv(list.text, MAX_ROWS);
  const isOwn = 'environments' in list;
  const [name, items] = isOwn ? ['environments', list.environments] : ['value', list.value];
  const rows = items.map((item, index) => {
    const place = `${name}.${index}`;
    const fields = fieldsOf(item);
    if (isOwn) return { place, id: fields['id'], displayName: fields['displayName'], region: fields['region'] };
    const { displayName } = fieldsOf(fields['properties']);
    return { place, id: fields['name'] ?? 'missing', displayName, region: fields['location'] };
  });
  return { rows, faults: [] };
}

function fieldsOf(item: unknown): Readonly<Record<string, unknown>> {
  return typeof item === 'object' && item !== null ? { ...item } : {};
}
