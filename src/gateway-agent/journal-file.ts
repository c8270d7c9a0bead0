import { open, readFile, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { systemErrorCode } from './exit-codes.js';

/**
 * An append-only file of checked batches. Layout of a batch, big-endian: magic 4 · length 4 · CRC of these eight bytes 4 ·
 * CRC of the payload 4 · payload. The header has its own check so that a damaged length cannot pass for a torn end.
 */
const MAGIC = 0x54474a31;
const HEADER_BYTES = 16;
/** Far above any batch of ours: a length beyond it is damage. */
const MAX_BATCH_BYTES = 16 * 1024 * 1024;

/** The file is damaged before its end: not the trace of a crash, and nothing to pass over in silence. */
export class JournalDamaged extends Error {
  override readonly name = 'JournalDamaged';
}

/** Writes in batches: everything that arrives while one write is being synced goes out together with the next. */
export class JournalFile {
  private waiting: { payload: string; resolve: () => void; reject: (error: unknown) => void }[] = [];
  private writing: Promise<void> | undefined;
  private broken: unknown;

  private constructor(
    private readonly handle: FileHandle,
    private size: number,
  ) {}

  /**
   * Opens the file, making it when it is new, and hands over every whole batch. A torn last batch, which a crash leaves,
   * is cut off: nobody was promised anything about it.
   *
   * @throws JournalDamaged
   */
  static async open(path: string, replay: (lines: string) => void): Promise<JournalFile> {
    const handle = await openOrCreate(path);
    try {
      const content = await handle.readFile();
      const end = readBatches(content, replay);
      if (end < content.length) {
        await handle.truncate(end);
        await handle.sync();
      }
      return new JournalFile(handle, end);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  get bytes(): number {
    return this.size;
  }

  /** Resolves when the line is on disk. */
  append(line: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ payload: line, resolve, reject });
      this.writing ??= this.drain().finally(() => {
        this.writing = undefined;
      });
    });
  }

  /** Waits for what is on its way, then closes. */
  async close(): Promise<void> {
    await this.writing;
    await this.handle.close();
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        await this.write(encodeBatch(batch.map(({ payload }) => payload).join('\n')));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
  }

  private async write(bytes: Buffer): Promise<void> {
    if (this.broken !== undefined) throw new JournalDamaged('an earlier write failed', { cause: this.broken });
    try {
      await this.handle.write(bytes, 0, bytes.length, this.size);
      await this.handle.datasync();
      this.size += bytes.length;
    } catch (error) {
      await this.undo(error);
      throw error;
    }
  }

  /** A half-written batch must not stay before a whole one: cut it off, or take nothing more. */
  private async undo(cause: unknown): Promise<void> {
    try {
      await this.handle.truncate(this.size);
      await this.handle.datasync();
    } catch (error) {
      this.broken = new AggregateError([cause, error], 'the journal cannot be written');
    }
  }
}

/** Reads the file as it is, without opening it for writing: for somebody who looks on. @throws JournalDamaged */
export async function readJournalFile(path: string, replay: (lines: string) => void): Promise<void> {
  try {
    readBatches(await readFile(path), replay);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
  }
}

/** One batch as bytes, for the file and for a compacted copy of it. */
export function encodeBatch(payload: string): Buffer {
  const body = Buffer.from(payload, 'utf8');
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  header.writeUInt32BE(MAGIC, 0);
  header.writeUInt32BE(body.length, 4);
  header.writeUInt32BE(crc32(header.subarray(0, 8)), 8);
  header.writeUInt32BE(crc32(body), 12);
  return Buffer.concat([header, body]);
}

/** @returns where the last whole batch ends */
function readBatches(content: Buffer, replay: (lines: string) => void): number {
  let at = 0;
  while (at < content.length) {
    const rest = content.length - at;
    if (rest < HEADER_BYTES) return at;
    const header = content.subarray(at, at + HEADER_BYTES);
    const length = header.readUInt32BE(4);
    const whole =
      header.readUInt32BE(0) === MAGIC &&
      header.readUInt32BE(8) === crc32(header.subarray(0, 8)) &&
      length <= MAX_BATCH_BYTES;
    if (!whole) {
      // File systems may extend a file with zeros before its content reaches the disk.
      if (content.subarray(at).every((byte) => byte === 0)) return at;
      throw new JournalDamaged(`damaged at byte ${at}`);
    }
    const end = at + HEADER_BYTES + length;
    if (end > content.length) return at;
    const body = content.subarray(at + HEADER_BYTES, end);
    if (crc32(body) !== header.readUInt32BE(12)) {
      if (end === content.length) return at;
      throw new JournalDamaged(`damaged at byte ${at}`);
    }
    replay(body.toString('utf8'));
    at = end;
  }
  return at;
}

async function openOrCreate(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+');
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    return open(path, 'wx+', 0o600);
  }
}
