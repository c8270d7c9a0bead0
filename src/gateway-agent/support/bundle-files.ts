import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from '../exit-codes.js';
import { REMOVED, redactLogLine, redactText, type KnownSecrets } from './redaction.js';

/** One file of a bundle, as it will leave. */
export interface BundleFile {
  readonly name: string;
  readonly content: Buffer;
  /** Places that were taken out. */
  readonly removed: number;
  /** What it is, for the list that is shown before anything is written. */
  readonly what: string;
}

/** The last part of the newest files: what happened before is seldom the reason. */
const MAX_FILES = 5;
const MAX_BYTES = 2 * 1024 * 1024;

/** A text of ours, redacted. */
export function textFile(name: string, what: string, text: string, known: KnownSecrets): BundleFile {
  return finished(name, what, redactText(text, known));
}

/** The newest log files, line by line with their fields redacted. */
export function logFiles(folder: string, known: KnownSecrets): Promise<BundleFile[]> {
  return lastFiles(folder, /^agent-[\w-]{1,60}\.log$/, (name, text) => {
    const lines = text.split('\n').filter((line) => line !== '');
    return finished(`logs/${name}`, 'log', lines.map((line) => `${redactLogLine(line, known)}\n`).join(''));
  });
}

/** The newest report files. What was asked of sources stays out: it may hold anything. */
export function reportFiles(folder: string, known: KnownSecrets): Promise<BundleFile[]> {
  return lastFiles(folder, /^[\w-]{1,80}\.(?:csv|log)$/, (name, text) =>
    finished(`reports/${name}`, 'performance report', redactText(withoutQueryText(text), known)),
  );
}

function finished(name: string, what: string, text: string): BundleFile {
  return { name, what, content: Buffer.from(text), removed: text.split(REMOVED).length - 1 };
}

async function lastFiles(
  folder: string,
  pattern: RegExp,
  make: (name: string, text: string) => BundleFile,
): Promise<BundleFile[]> {
  const files: BundleFile[] = [];
  let left = MAX_BYTES;
  for (const name of (await namesIn(folder))
    .filter((one) => pattern.test(one))
    .sort()
    .reverse()
    .slice(0, MAX_FILES)) {
    if (left <= 0) break;
    const text = await lastPart(join(folder, name), left);
    left -= text.length;
    files.push(make(name, text));
  }
  return files;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    // Links could lead to anything.
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  } catch (error) {
    if (systemErrorCode(error) !== undefined) return [];
    throw error;
  }
}

/** From the first whole line on. */
async function lastPart(path: string, bytes: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - bytes);
    const buffer = Buffer.alloc(size - start);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
    const text = buffer.toString('utf8', 0, bytesRead);
    return start === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    await file.close();
  }
}

/** Takes the values of the column out that holds what was asked. Fields are quoted where they hold commas or quotes. */
function withoutQueryText(csv: string): string {
  const [header = '', ...lines] = csv.split(/\r?\n/);
  const column = header.split(',').findIndex((name) => /^"?query\s?text"?$/i.test(name));
  if (column < 0) return csv;
  const kept = lines.map((line) => {
    const fields = line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? [];
    return fields.map((field, at) => (at === column && field.length > 1 ? `${REMOVED}${field.endsWith(',') ? ',' : ''}` : field)).join(''); // prettier-ignore
  });
  return [header, ...kept].join('\n');
}
