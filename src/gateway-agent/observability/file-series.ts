import { constants } from 'node:fs';
import { mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

export interface SeriesLimits {
  /** A file that would grow beyond this is followed by another one. */
  readonly fileBytes: number;
  readonly maxFiles?: number;
  readonly totalBytes?: number;
  readonly maxAgeMs?: number;
}

export interface SeriesSettings {
  readonly folder: string;
  /** Letters, digits and hyphens. */
  readonly name: string;
  readonly extension: string;
  /** Rights of the files; the folder's are 0750. */
  readonly mode: number;
  /** What every file begins with. */
  readonly header?: string;
  readonly limits: SeriesLimits;
  readonly now?: () => Date;
  readonly open?: (path: string, flags: number, mode: number) => Promise<FileHandle>;
}

/** The file that is written now. */
export interface CurrentFile {
  readonly handle: FileHandle;
  readonly path: string;
  /** The day whose file it is, in UTC. */
  readonly day: string;
  size: number;
}

/** Links are not followed: in a folder that others may write to, one could lead the lines elsewhere. Absent on Windows. */
const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);

/** Files of one kind in one folder, `<name>-<UTC day>-<number>.<extension>`: their order in time is that of their names. */
export class FileSeries {
  private readonly pattern: RegExp;

  constructor(private readonly settings: SeriesSettings) {
    const { name, extension } = settings;
    this.pattern = new RegExp(`^${name}-(\\d{8})-(\\d{4,})\\.${extension}$`);
  }

  /** Whether these bytes belong into another file than this one. */
  isOver(file: CurrentFile, bytes: number): boolean {
    return file.day !== this.today() || !this.hasRoom(file.size, bytes);
  }

  /** A file that holds nothing yet takes a line of any length. */
  private hasRoom(size: number, bytes: number): boolean {
    const { header = '', limits } = this.settings;
    return size <= Buffer.byteLength(header) || size + bytes <= limits.fileBytes;
  }

  /** The newest file of today when it has room for so many bytes, else a new one. Removes what is too old or too much. */
  async open(bytes = 1): Promise<CurrentFile> {
    const { folder, header = '', mode } = this.settings;
    await mkdir(folder, { recursive: true, mode: 0o750 });
    const day = this.today();
    const last = (await this.list()).findLast((file) => file.day === day);
    const room = last !== undefined && this.hasRoom(last.size, bytes);
    const path = this.path(day, last === undefined ? 1 : room ? last.number : last.number + 1);
    const handle = await (this.settings.open ?? open)(path, APPEND, mode);
    try {
      const { size } = await handle.stat();
      const file = { handle, path, day, size };
      if (size === 0 && header !== '') {
        await handle.appendFile(header);
        file.size = Buffer.byteLength(header);
      }
      await this.tidy(path);
      return file;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Whether the file still stands in its folder. */
  async exists({ path, handle }: CurrentFile): Promise<boolean> {
    const [named, opened] = await Promise.all([stat(path).catch(() => undefined), handle.stat()]);
    return named !== undefined && named.ino === opened.ino;
  }

  private async tidy(current: string): Promise<void> {
    const { limits } = this.settings;
    const oldest = this.now().getTime() - (limits.maxAgeMs ?? Infinity);
    let [files, bytes] = [0, 0];
    for (const file of (await this.list()).reverse()) {
      files += 1;
      bytes += file.size;
      if (file.path === current) continue;
      const isTooMuch = files > (limits.maxFiles ?? Infinity) || bytes > (limits.totalBytes ?? Infinity);
      if (isTooMuch || file.changedAt < oldest) await rm(file.path, { force: true });
    }
  }

  /** The oldest first. */
  private async list() {
    const { folder } = this.settings;
    const found = (await readdir(folder)).flatMap((name) => {
      const [, day, number] = this.pattern.exec(name) ?? [];
      return day === undefined ? [] : [{ path: join(folder, name), day, number: Number(number) }];
    });
    const files = await Promise.all(
      found.map(async (file) => {
        const { size, mtimeMs } = await stat(file.path);
        return { ...file, size, changedAt: mtimeMs };
      }),
    );
    return files.sort((a, b) => (a.day === b.day ? a.number - b.number : a.day < b.day ? -1 : 1));
  }

  private path(day: string, number: number): string {
    const { folder, name, extension } = this.settings;
    return join(folder, `${name}-${day}-${String(number).padStart(4, '0')}.${extension}`);
  }

  private today(): string {
    return this.now().toISOString().slice(0, 10).replaceAll('-', '');
  }

  private now(): Date {
    return this.settings.now?.() ?? new Date();
  }
}
