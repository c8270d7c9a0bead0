import type { CatalogColumn, CatalogTable } from './catalog-table.js';

/** What columns with the time of a row's last change are called, without underscores and in lower case. */
const CHANGE_NAMES: readonly string[] = [
  'updatedat',
  'modifiedat',
  'changedat',
  'lastupdatedat',
  'lastmodifiedat',
  'lastchangedat',
  'updatedon',
  'modifiedon',
  'lastmodified',
  'lastupdated',
  'lastchanged',
  'lastupdate',
  'lastchange',
  'updated',
  'modified',
];

/** The column by which new rows are known: the only one of the key, its numbers drawn from a sequence. */
export function newRowColumn({ key }: CatalogTable): CatalogColumn | undefined {
  const [column, ...more] = key;
  const isSerial = column?.kind === 'integer' && column.isSerial === true && column.selectable;
  return isSerial && more.length === 0 ? column : undefined;
}

/** Whether a column can tell when its row changed. */
export function isMoment({ kind, isArray, selectable }: CatalogColumn): boolean {
  return (kind === 'timestamp' || kind === 'timestamptz') && !isArray && selectable;
}

/** The column that by its name holds the time of a row's last change; only where rows have a key to tell them apart. */
export function changeColumn({ key, columns }: CatalogTable): CatalogColumn | undefined {
  if (key.length === 0 || key.some(({ selectable }) => !selectable)) return undefined;
  const moments = columns.filter(isMoment);
  const plain = ({ name }: CatalogColumn): string => name.replaceAll('_', '').toLowerCase();
  return CHANGE_NAMES.map((name) => moments.find((column) => plain(column) === name)).find((column) => column);
}
