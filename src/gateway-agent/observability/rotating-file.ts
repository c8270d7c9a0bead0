import { systemErrorCode } from '../exit-codes.js';
import { FileSeries, type CurrentFile, type SeriesSettings } from './file-series.js';

/** What is held in memory while the disk takes nothing. */
const MAX_PENDING_BYTES = 4 * 1024 * 1024;
/** Lines wait this long at most; a burst so costs one write, not one each. */
const FLUSH_MS = 200;
const FLUSH_BYTES = 16 * 1024;
/** How often a disk that refused is asked again, and whether the file was taken away from under us. */
const RETRY_MS = 2_000;
const LOOK_MS = 10_000;

export interface RotatingFileEvents {
  /** Said once until it works again. */
  failed(code: string): void;
  /** It works again. @param lost lines that found no room meanwhile */
  back(lost: number): void;
}

/**
 * Appends lines to a series of files, in the background and in order. What the disk refuses waits in memory and is tried
 * again; only beyond 4 MiB lines are dropped, and counted. Never throws once it is open.
 */
export class RotatingFile {
  private pending: string[] = [];
  private pendingBytes = 0;
  private lost = 0;
  private failing = false;
  private unwritten: Buffer | undefined;
  /** Part of `unwritten` stands in the file: the rest belongs behind it. */
  private isCut = false;
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> | undefined;
  private lookedAt = performance.now();

  private constructor(
    private readonly series: FileSeries,
    private readonly events: RotatingFileEvents,
    private file: CurrentFile | undefined,
  ) {}

  /** @throws what the system says when the first file cannot be opened */
  static async open(settings: SeriesSettings, events: RotatingFileEvents): Promise<RotatingFile> {
    const series = new FileSeries(settings);
    return new RotatingFile(series, events, await series.open());
  }

  /** @param text whole lines */
  write(text: string): void {
    const bytes = Buffer.byteLength(text);
    if (this.pendingBytes + bytes > MAX_PENDING_BYTES) {
      this.lost += 1;
      return;
    }
    this.pending.push(text);
    this.pendingBytes += bytes;
    if (this.pendingBytes >= FLUSH_BYTES && !this.failing) void this.flush();
    else this.flushIn(this.failing ? RETRY_MS : FLUSH_MS);
  }

  /** Writes what is there. Resolves also when the disk refuses. */
  flush(): Promise<void> {
    this.flushing ??= this.writeAll().finally(() => {
      this.flushing = undefined;
      if (this.pendingBytes > 0 || this.unwritten) this.flushIn(this.failing ? RETRY_MS : FLUSH_MS);
    });
    return this.flushing;
  }

  /** Writes the last lines, and on to the disk. */
  async close(): Promise<void> {
    await this.flush();
    // What came while the last write was under way.
    await this.flush();
    clearTimeout(this.timer);
    const { file } = this;
    this.file = undefined;
    await file?.handle.close();
  }

  private flushIn(ms: number): void {
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.flush();
    }, ms);
    this.timer.unref();
  }

  private async writeAll(): Promise<void> {
    try {
      while (this.unwritten || this.pending.length > 0) {
        this.unwritten ??= this.takeUpTo(FLUSH_BYTES);
        await this.writeOut();
      }
      if (this.failing) this.recovered();
    } catch (error) {
      if (!this.failing) this.events.failed(systemErrorCode(error) ?? 'unknown');
      this.failing = true;
    }
  }

  private recovered(): void {
    const { lost } = this;
    this.failing = false;
    this.lost = 0;
    this.events.back(lost);
  }

  /** Few at a time, so that a file ends where its size says. */
  private takeUpTo(bytes: number): Buffer {
    let size = 0;
    let count = 0;
    while (count < this.pending.length && (count === 0 || size < bytes)) {
      size += this.pending[count]?.length ?? 0;
      count += 1;
    }
    const buffer = Buffer.from(this.pending.splice(0, count).join(''));
    this.pendingBytes -= buffer.length;
    return buffer;
  }

  /** All of `unwritten`; after a failure the next try goes on where this one stopped, so that no line is cut. */
  private async writeOut(): Promise<void> {
    let rest = this.unwritten ?? Buffer.alloc(0);
    const file = this.isCut && this.file ? this.file : await this.fileFor(rest.length);
    while (rest.length > 0) {
      const { bytesWritten } = await file.handle.write(rest);
      file.size += bytesWritten;
      rest = rest.subarray(bytesWritten);
      this.unwritten = rest;
      this.isCut = true;
    }
    this.isCut = false;
    this.unwritten = undefined;
  }

  private async fileFor(bytes: number): Promise<CurrentFile> {
    const { file, series } = this;
    if (file && !series.isOver(file, bytes) && !(await this.isGone(file))) return file;
    this.file = undefined;
    await file?.handle.close();
    this.file = await series.open(bytes);
    return this.file;
  }

  private async isGone(file: CurrentFile): Promise<boolean> {
    if (performance.now() - this.lookedAt < LOOK_MS) return false;
    this.lookedAt = performance.now();
    return !(await this.series.exists(file));
  }
}
