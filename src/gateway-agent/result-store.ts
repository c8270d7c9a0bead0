import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { replyHeadSchema, replyTrailerSchema, type ReplyHead, type ReplyTrailer } from '../contract/replies.js';
import { systemErrorCode } from './exit-codes.js';
import { parseJson } from './member-record.js';
import type { StateFolder } from './state-folder.js';

const FOLDER = 'results';
/** Answers to writes are small; of a larger one only the outcome is remembered. */
export const MAX_RESULT_BYTES = 1024 * 1024;
const MAX_TOTAL_BYTES = 256 * 1024 * 1024;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface StoredResult {
  readonly head: Extract<ReplyHead, { status: 'ok' }>;
  readonly trailer: ReplyTrailer;
  readonly body: Buffer;
}

const storedHeadSchema = z.object({ head: replyHeadSchema, trailer: replyTrailerSchema });

/**
 * Answers of writes that may be asked for again, one file each, AES-256-GCM under the store's own key with the request's
 * id bound in. Losing one is no harm: then only the outcome is told.
 */
export class ResultStore {
  /** Sizes by request id, oldest first. */
  private readonly sizes = new Map<string, number>();
  private total = 0;

  private constructor(
    private readonly path: string,
    private readonly key: Uint8Array,
  ) {}

  /** @param isKnown tells which answers may still be asked for; the others are removed */
  static async open(
    folder: StateFolder,
    key: Uint8Array,
    isKnown: (requestId: string) => boolean,
  ): Promise<ResultStore> {
    const path = folder.file(FOLDER);
    await mkdir(path, { recursive: true, mode: 0o700 });
    const store = new ResultStore(path, key);
    const found = await Promise.all(
      (await readdir(path)).map(async (name) => {
        const { size, mtimeMs } = await stat(join(path, name));
        return { name, size, mtimeMs };
      }),
    );
    for (const { name, size } of found.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
      if (isKnown(name)) store.count(name, size);
      else await rm(join(path, name), { force: true });
    }
    return store;
  }

  async put(requestId: string, result: StoredResult): Promise<void> {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce);
    cipher.setAAD(Buffer.from(requestId));
    const words = Buffer.from(JSON.stringify({ head: result.head, trailer: result.trailer }));
    const length = Buffer.allocUnsafe(4);
    length.writeUInt32BE(words.length);
    const parts = [nonce, cipher.update(length), cipher.update(words), cipher.update(result.body), cipher.final()];
    const bytes = Buffer.concat([...parts, cipher.getAuthTag()]);
    await writeFile(join(this.path, requestId), bytes, { mode: 0o600 });
    this.count(requestId, bytes.length);
    await this.evict();
  }

  /** Undefined when it was never kept, is gone, or does not open. */
  async find(requestId: string): Promise<StoredResult | undefined> {
    if (!this.sizes.has(requestId)) return undefined;
    const bytes = await readIfThere(join(this.path, requestId));
    if (!bytes || bytes.length < NONCE_BYTES + 4 + TAG_BYTES) return undefined;
    const plain = this.decrypt(requestId, bytes);
    if (!plain) return undefined;
    const wordsEnd = 4 + plain.readUInt32BE(0);
    const words = storedHeadSchema.safeParse(parseJson(plain.subarray(4, wordsEnd)));
    if (!words.success || words.data.head.status !== 'ok') return undefined;
    return { head: words.data.head, trailer: words.data.trailer, body: plain.subarray(wordsEnd) };
  }

  async remove(requestId: string): Promise<void> {
    this.total -= this.sizes.get(requestId) ?? 0;
    this.sizes.delete(requestId);
    await rm(join(this.path, requestId), { force: true });
  }

  private decrypt(requestId: string, bytes: Buffer): Buffer | undefined {
    const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAAD(Buffer.from(requestId));
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
    const plain = decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES));
    try {
      decipher.final();
      return plain;
    } catch (error) {
      // Another key or a damaged disk: as good as gone, and the only thing `final` can mean here.
      if (error instanceof Error) return undefined;
      throw error;
    }
  }

  private count(requestId: string, size: number): void {
    this.total += size - (this.sizes.get(requestId) ?? 0);
    this.sizes.delete(requestId);
    this.sizes.set(requestId, size);
  }

  private async evict(): Promise<void> {
    for (const requestId of [...this.sizes.keys()]) {
      if (this.total <= MAX_TOTAL_BYTES) return;
      await this.remove(requestId);
    }
  }
}

/** Answers that do not open under the old key are dropped: nobody could read them. */
export async function reEncryptResults(folder: StateFolder, oldKey: Uint8Array, newKey: Uint8Array): Promise<void> {
  const before = await ResultStore.open(folder, oldKey, () => true);
  const after = await ResultStore.open(folder, newKey, () => true);
  for (const requestId of await readdir(folder.file(FOLDER))) {
    const result = await before.find(requestId);
    if (result) await after.put(requestId, result);
    else await after.remove(requestId);
  }
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
