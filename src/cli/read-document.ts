import { CommandError } from './exit-codes.js';
import { systemErrorCode } from './secret-file.js';

/** A backup may have 64 MiB; nothing that is read here is larger. */
const MAX_BYTES = 64 * 1024 * 1024;

/** @throws CommandError FILE_UNREADABLE */
export async function readDocument(chunks: AsyncIterable<Buffer>, path: string, maxBytes = MAX_BYTES): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > maxBytes) break;
      parts.push(chunk);
    }
  } catch (cause) {
    throw new CommandError(`${path} cannot be read (${systemErrorCode(cause) ?? 'unknown'}).`, {
      code: 'FILE_UNREADABLE',
      cause,
    });
  }
  if (size > maxBytes) throw new CommandError(`${path} is larger than ${maxBytes} bytes.`, { code: 'FILE_UNREADABLE' });
  return Buffer.concat(parts).toString('utf8');
}
