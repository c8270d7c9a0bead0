import '../not-in-production.js';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the data files of the `vega-datasets` package: public data under open licences, named in its README. */
export const PUBLIC_DATA_FOLDER = join(dirname(fileURLToPath(import.meta.resolve('vega-datasets'))), '../data');

export function readPublicFile(name: string): Buffer {
  return readFileSync(join(PUBLIC_DATA_FOLDER, name));
}

export function readPublicJson(name: string): unknown {
  return JSON.parse(readPublicFile(name).toString('utf8'));
}

/** Rows of a CSV file without quoted fields, as objects by its header. */
export function readPublicCsv(name: string): Record<string, string>[] {
  const [header = '', ...lines] = readPublicFile(name).toString('utf8').trim().split(/\r?\n/);
  const columns = header.split(',');
  return lines
    .filter((line) => !line.includes('"'))
    .map((line) => Object.fromEntries(line.split(',').map((value, at) => [columns[at] ?? String(at), value])));
}
