import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the portal, held in memory: all of them are few megabytes. */
export interface PortalFile {
  readonly type: string;
  readonly plain: Buffer;
  /** Compressed when the portal was built. */
  readonly brotli: Buffer | undefined;
  /** Its name changes with its content. */
  readonly isLasting: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Beside the program; built with it. */
const FOLDER = fileURLToPath(new URL('../../portal', import.meta.url));

/** @returns by path below the portal; empty where no portal was built */
export async function readPortalFiles(folder = FOLDER): Promise<ReadonlyMap<string, PortalFile>> {
  const files = new Map<string, PortalFile>();
  for (const name of await namesIn(folder)) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    files.set(name, {
      type,
      plain: await readFile(join(folder, name)),
      brotli: await readFile(join(folder, `${name}.br`)).catch(absent),
      isLasting: name.startsWith('assets/'),
    });
  }
  return files;
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true }).catch(absent)) ?? [];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );
}

function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
