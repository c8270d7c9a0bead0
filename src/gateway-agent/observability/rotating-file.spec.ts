import {
  chmod,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  utimes,
  writeFile,
  type FileHandle,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SeriesSettings } from './file-series.js';
import { RotatingFile } from './rotating-file.js';

describe('a rotating file', () => {
  let folder: string;
  let day: Date;
  const told: string[] = [];
  const events = {
    failed: (code: string) => void told.push(`failed ${code}`),
    back: (lost: number) => void told.push(`back ${lost}`),
  };
  const settings = (change: Partial<SeriesSettings> = {}): SeriesSettings => ({
    folder,
    name: 'agent',
    extension: 'log',
    mode: 0o640,
    limits: { fileBytes: 100 },
    now: () => day,
    ...change,
  });
  const names = async () => (await readdir(folder)).sort();
  const line = (n: number) => `${String(n).padStart(39, '0')}\n`;

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'tidegate-log-')), 'logs');
    day = new Date();
    told.length = 0;
  });
  afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

  it('keeps every line once and in order over many files, each within its size', async () => {
    const file = await RotatingFile.open(settings({ limits: { fileBytes: 100_000 } }), events);
    const lines = Array.from({ length: 10_000 }, (_, index) => line(index));
    for (const text of lines) file.write(text);
    await file.close();
    const files = await names();
    const contents = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
    expect(contents.join('')).toBe(lines.join(''));
    expect(files).toHaveLength(5);
    expect(Math.max(...contents.map(({ length }) => length))).toBeLessThanOrEqual(100_000);
    expect((await stat(join(folder, files[0] ?? ''))).mode & 0o777).toBe(0o640);
  });

  it('begins another file at midnight UTC, and goes on in the last one after a restart', async () => {
    day = new Date('2026-03-01T23:59:59Z');
    const first = await RotatingFile.open(settings(), events);
    first.write(line(1));
    await first.flush();
    day = new Date('2026-03-02T00:00:00Z');
    first.write(line(2));
    await first.close();
    const second = await RotatingFile.open(settings(), events);
    second.write(line(3));
    await second.close();
    expect(await names()).toEqual(['agent-20260301-0001.log', 'agent-20260302-0001.log']);
    expect(await readFile(join(folder, 'agent-20260302-0001.log'), 'utf8')).toBe(line(2) + line(3));
  });

  it('removes what is too old, too many or too much, of its own series only', async () => {
    const make = async (name: string, bytes: number, ageDays: number) => {
      const path = join(folder, name);
      await writeFile(path, 'x'.repeat(bytes));
      const at = day.getTime() / 1000 - ageDays * 86_400;
      await utimes(path, at, at);
    };
    await (await RotatingFile.open(settings(), events)).close();
    const today = day.toISOString().slice(0, 10).replaceAll('-', '');
    await make('agent-20250101-0001.log', 10, 40);
    await make('agent-20250102-0001.log', 10, 5);
    await make('agent-20250103-0001.log', 700, 4);
    await make('agent-20250104-0001.log', 10, 3);
    await make('other-20250101-0001.log', 10, 400);
    const aged = await RotatingFile.open(settings({ limits: { fileBytes: 100, maxAgeMs: 30 * 86_400_000 } }), events);
    await aged.close();
    expect(await names()).not.toContain('agent-20250101-0001.log');
    expect(await names()).toContain('agent-20250102-0001.log');
    const sized = await RotatingFile.open(settings({ limits: { fileBytes: 100, totalBytes: 715 } }), events);
    await sized.close();
    expect(await names()).not.toContain('agent-20250102-0001.log');
    expect(await names()).toContain('agent-20250103-0001.log');
    const counted = await RotatingFile.open(settings({ limits: { fileBytes: 100, maxFiles: 2 } }), events);
    await counted.close();
    expect(await names()).toEqual(['agent-20250104-0001.log', `agent-${today}-0001.log`, 'other-20250101-0001.log']);
  });

  it('keeps lines while the disk is full, says so once, cuts none, and counts what found no room', async () => {
    let room = 60;
    const full = async (path: string, flags: number, mode: number) =>
      limited(await open(path, flags, mode), () => room);
    const file = await RotatingFile.open(settings({ limits: { fileBytes: 100_000_000 }, open: full }), events);
    file.write(line(1));
    file.write(line(2));
    await file.flush();
    await file.flush();
    expect(told).toEqual(['failed ENOSPC']);
    const big = `${'b'.repeat(1_000_000)}\n`;
    for (let index = 0; index < 10; index += 1) file.write(big);
    room = Infinity;
    await file.close();
    const [name = ''] = await names();
    expect(await readFile(join(folder, name), 'utf8')).toBe(line(1) + line(2) + big.repeat(4));
    expect(told).toEqual(['failed ENOSPC', 'back 6']);
  });

  it('refuses to begin in a folder that it may not write to, and follows no link', async () => {
    const file = await RotatingFile.open(settings(), events);
    await file.close();
    const [name = ''] = await names();
    await rm(join(folder, name));
    const { symlink } = await import('node:fs/promises');
    await symlink(join(folder, '..', 'elsewhere'), join(folder, name));
    await writeFile(join(folder, '..', 'elsewhere'), '');
    await expect(RotatingFile.open(settings(), events)).rejects.toThrow(/ELOOP/);
    await writeFile(join(folder, 'file'), '');
    await chmod(join(folder, 'file'), 0o600);
    await expect(RotatingFile.open(settings({ folder: join(folder, 'file', 'logs') }), events)).rejects.toThrow(
      /ENOTDIR/,
    );
  });
});

/** A file on a disk with only so much room. */
function limited(handle: FileHandle, room: () => number): FileHandle {
  let used = 0;
  const write = async (bytes: Uint8Array) => {
    const free = room() - used;
    if (free <= 0) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const { bytesWritten } = await handle.write(bytes.subarray(0, free));
    used += bytesWritten;
    return { bytesWritten, buffer: bytes };
  };
  return { write, stat: () => handle.stat(), close: () => handle.close() } as unknown as FileHandle;
}
