import { readdirSync, readFileSync } from 'node:fs';

const root = new URL('golden/v1/', import.meta.url);

/** One message as some release once sent it. Files are only ever added: what they hold must be readable for ever. */
export interface Golden {
  readonly folder: string;
  readonly name: string;
  readonly json: unknown;
}

/** Every golden message of version 1, or those of one folder. */
export function goldenMessages(folder?: string): Golden[] {
  const folders = folder === undefined ? readdirSync(root) : [folder];
  return folders.flatMap((each) =>
    readdirSync(new URL(`${each}/`, root)).map((file) => ({
      folder: each,
      name: file.replace(/\.json$/, ''),
      json: JSON.parse(readFileSync(new URL(`${each}/${file}`, root), 'utf8')) as unknown,
    })),
  );
}
