import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Imports that are there before a module runs; `import(…)` comes later. */
const STATIC_IMPORT = /(?:\bfrom|\bimport)\s*"\.\/([^"]+\.js)"/g;

/** What a file weighs on its way. */
export interface Weighed {
  readonly file: string;
  readonly gzipBytes: number;
}

/**
 * Every script that has to be there before the first page can be drawn: the start, the page, and all that they import.
 *
 * @param folder of the built portal
 * @param pageName file name of the page's chunk, without what the build adds
 */
export function firstLoad(folder: string, pageName: string): readonly Weighed[] {
  const assets = join(folder, 'assets');
  const start = /src="\/portal\/assets\/([^"]+\.js)"/.exec(readFileSync(join(folder, 'index.html'), 'utf8'))?.[1];
  const page = readdirSync(assets).find((name) => name.startsWith(`${pageName}-`) && name.endsWith('.js'));
  if (start === undefined || page === undefined) throw new Error(`no start or no ${pageName} in ${folder}`);
  const wanted = [start, page];
  const seen = new Map<string, number>();
  for (let file = wanted.pop(); file !== undefined; file = wanted.pop()) {
    if (seen.has(file)) continue;
    const source = readFileSync(join(assets, file), 'utf8');
    seen.set(file, gzipSync(source).length);
    for (const [, imported = ''] of source.matchAll(STATIC_IMPORT)) wanted.push(imported);
  }
  return [...seen].map(([file, gzipBytes]) => ({ file, gzipBytes }));
}
