import { createReadStream } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { systemErrorCode } from '../exit-codes.js';
import { UpdateRefused } from './update-refused.js';

/** Bounds of what an archive may unfold to: a small file can hold a disk full of zeros. */
const MAX_UNPACKED_BYTES = 1024 * 1024 * 1024;
const MAX_ENTRIES = 50_000;

/** Everything in a tar comes in blocks. @see POSIX.1-1988, ustar interchange format */
const BLOCK = 512;

const FILE_TYPES: readonly string[] = ['0', '\0'];
const FOLDER_TYPE = '5';

/** What the system says of a name, and not of a disk that is full. */
const NAME_ERRORS: readonly (string | undefined)[] = ['EEXIST', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG'];

interface Entry {
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
}

/**
 * Unpacks a gzipped ustar archive into a folder that exists. Files and folders only: a link could lead out, and so could a
 * name; neither is in a package that the build made.
 *
 * @throws UpdateRefused unsafe-archive, truncated
 */
export async function unpack(archive: string, folder: string): Promise<void> {
  const file = createReadStream(archive);
  const plain = createGunzip();
  file.on('error', (error) => plain.destroy(error)).pipe(plain);
  try {
    await unpackFrom(new Blocks(plain), folder);
  } finally {
    file.destroy();
    plain.destroy();
  }
}

async function unpackFrom(blocks: Blocks, folder: string): Promise<void> {
  let unpacked = 0;
  let entries = 0;
  for (;;) {
    const header = await blocks.take(BLOCK);
    if (header.every((byte) => byte === 0)) return;
    const entry = readHeader(header);
    unpacked += entry.bytes;
    entries += 1;
    if (unpacked > MAX_UNPACKED_BYTES || entries > MAX_ENTRIES) throw unsafe('the archive unfolds to too much');
    const path = join(folder, ...safeParts(entry.name));
    if (entry.type === FOLDER_TYPE) await mkdir(path, { recursive: true, mode: 0o700 });
    else await writeEntry(blocks, path, entry.bytes);
  }
}

async function writeEntry(blocks: Blocks, path: string, bytes: number): Promise<void> {
  const file = await create(path);
  try {
    for (let left = bytes; left > 0;) {
      const piece = await blocks.take(Math.min(left, 128 * BLOCK));
      await file.writeFile(piece);
      left -= piece.length;
    }
  } finally {
    await file.close();
  }
  const padding = (BLOCK - (bytes % BLOCK)) % BLOCK;
  if (padding > 0) await blocks.take(padding);
}

/** Not over what is there: no package has a name twice. */
async function create(path: string): Promise<FileHandle> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return await open(path, 'wx', 0o600);
  } catch (error) {
    if (!NAME_ERRORS.includes(systemErrorCode(error))) throw error;
    throw unsafe('a name that is taken or impossible', error);
  }
}

function readHeader(header: Buffer): Entry {
  const text = (from: number, length: number) => {
    const field = header.subarray(from, from + length);
    const end = field.indexOf(0);
    return field.subarray(0, end === -1 ? length : end).toString('utf8');
  };
  const number = (from: number, length: number) => {
    const digits = text(from, length).trim();
    if (!/^[0-7]+$/.test(digits)) throw unsafe('a header that is no ustar header');
    return Number.parseInt(digits, 8);
  };
  // The sum counts its own field as spaces.
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  if (text(257, 5) !== 'ustar' || number(148, 8) !== sum) throw unsafe('a header that is no ustar header');
  const type = String.fromCharCode(header[156] ?? 0);
  if (!FILE_TYPES.includes(type) && type !== FOLDER_TYPE) throw unsafe('an entry that is neither file nor folder');
  const [prefix, name] = [text(345, 155), text(0, 100)];
  return { name: prefix === '' ? name : `${prefix}/${name}`, type, bytes: type === FOLDER_TYPE ? 0 : number(124, 12) };
}

function safeParts(name: string): string[] {
  const parts = name.replace(/\/$/, '').split('/');
  // A backslash or a colon is a way out on Windows.
  const isBad = (part: string) => part === '' || part === '.' || part === '..' || /[\\:\0]/.test(part);
  if (parts.some(isBad)) throw unsafe('a name that leads out of the folder');
  return parts;
}

/** Reads a stream in portions of the length that is asked for. */
class Blocks {
  private readonly chunks: AsyncIterator<Buffer>;
  private waiting: Buffer = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Buffer>) {
    this.chunks = stream[Symbol.asyncIterator]();
  }

  async take(bytes: number): Promise<Buffer> {
    while (this.waiting.length < bytes) {
      const next = await this.chunks.next().catch((cause: unknown) => {
        throw new UpdateRefused('truncated', 'the archive cannot be read', { cause });
      });
      if (next.done === true) throw new UpdateRefused('truncated', 'the archive ends in the middle');
      this.waiting = this.waiting.length === 0 ? next.value : Buffer.concat([this.waiting, next.value]);
    }
    const taken = this.waiting.subarray(0, bytes);
    this.waiting = this.waiting.subarray(bytes);
    return taken;
  }
}

function unsafe(message: string, cause?: unknown): UpdateRefused {
  return new UpdateRefused('unsafe-archive', message, cause === undefined ? {} : { cause });
}
