import '../not-in-production.js';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PUBLIC_DATA_FOLDER } from './public-data.js';

/** Where each file of the sample share comes from. */
const FILES: Readonly<Record<string, string>> = {
  'airports.csv': 'airports.csv',
  'stocks.csv': 'stocks.csv',
  'weather/seattle.csv': 'seattle-weather.csv',
  'weather/global-temperature.csv': 'global-temp.csv',
  'reports/2000/sp500.csv': 'sp500-2000.csv',
  'reports/us-employment.csv': 'us-employment.csv',
  'maps/world-110m.json': 'world-110m.json',
  'pictures/7zip.png': '7zip.png',
};

/** Fills the sample share, once: a folder with its README is left alone. */
export async function fillSampleFolder(root: string): Promise<void> {
  const readme = join(root, 'README.txt');
  if (existsSync(readme)) return;
  for (const [name, source] of Object.entries(FILES)) {
    const path = join(root, name);
    await mkdir(dirname(path), { recursive: true });
    await copyFile(join(PUBLIC_DATA_FOLDER, source), path);
  }
  await writeFile(readme, 'Public data sets that a connection of kind filesystem reads and writes.\n');
}
