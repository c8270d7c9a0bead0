import { readFile } from 'node:fs/promises';
import { CommandError } from './exit-codes.js';

/** A password or token is short; what is longer is another file. */
const MAX_SECRET_BYTES = 64 * 1024;

/** Code of the operating system's failure, such as `ENOENT`. */
export function systemErrorCode(error: unknown): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return undefined;
}

/** The text of a file without the line end. @throws CommandError FILE_UNREADABLE */
export async function readSecretFile(path: string, what: string): Promise<string> {
  let text: string;
  try {
    const bytes = await readFile(path);
    text = bytes.length > MAX_SECRET_BYTES ? '' : bytes.toString('utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    throw new CommandError(
      `${path}, the file of the ${what}, cannot be read (${systemErrorCode(cause) ?? 'unknown'}).`,
      {
        code: 'FILE_UNREADABLE',
        remedy: 'Check its path and rights.',
        cause,
      },
    );
  }
  if (text !== '') return text;
  throw new CommandError(`${path}, the file of the ${what}, is empty or too long.`, {
    code: 'FILE_UNREADABLE',
    remedy: 'Put only the secret in it.',
  });
}
