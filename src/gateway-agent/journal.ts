import { z } from 'zod';
import { outcomeSchema, type Outcome } from '../contract/errors.js';
import { CommandError } from './exit-codes.js';
import { JournalDamaged, JournalFile, encodeBatch, readJournalFile } from './journal-file.js';
import { parseJson } from './member-record.js';
import type { StateFolder } from './state-folder.js';

const FILE = 'journal.log';
/** Beyond its deadline a request is remembered this much longer, for clocks that differ. */
export const CLOCK_TOLERANCE_MS = 60_000;
/** How long a write with an idempotency key is remembered. */
export const REPEAT_WINDOW_MS = 24 * 60 * 60 * 1000;
/** About 60 MB in memory; a source that takes more writes a day with keys than this needs another key policy. */
const MAX_ENTRIES = 200_000;
const LINES_IN_BATCH = 10_000;
const COMPACT_ABOVE_BYTES = 8 * 1024 * 1024;

const lineSchema = z.object({
  id: z.guid(),
  state: z.enum(['accepted', 'declined', 'done']),
  /** Epoch milliseconds until which it must be remembered. */
  until: z.int(),
  /** Scope and hash of the caller's idempotency key. */
  repeat: z.string().max(200).optional(),
  outcome: outcomeSchema.optional(),
  stored: z.boolean().optional(),
});
type Line = z.infer<typeof lineSchema>;

/** What is known of one write. */
export interface WriteEntry {
  readonly requestId: string;
  readonly state: 'accepted' | 'declined' | 'done';
  /** `unknown` while it runs, and for ever when the agent ended while it ran. */
  readonly outcome: Outcome;
  /** It runs in this process right now. */
  readonly running: boolean;
  /** Its answer is kept and can be given again. */
  readonly stored: boolean;
}

/**
 * The memory of writes, over restarts: which were accepted, declined, done, and with what outcome. On disk before a write
 * is executed, so that no write runs twice.
 */
export class Journal {
  private readonly entries = new Map<string, Line>();
  private readonly repeats = new Map<string, string>();
  private readonly running = new Set<string>();
  private compacting: Promise<void> | undefined;
  private compactAbove = COMPACT_ABOVE_BYTES;

  private constructor(
    private readonly folder: StateFolder,
    private readonly now: () => number,
    private file: JournalFile,
  ) {}

  /** @throws CommandError state when the file is damaged */
  static async open(folder: StateFolder, now: () => number = Date.now): Promise<Journal> {
    const lines: Line[] = [];
    try {
      const file = await JournalFile.open(folder.file(FILE), (text) => {
        for (const line of text.split('\n')) lines.push(lineSchema.parse(parseJson(line)));
      });
      const journal = new Journal(folder, now, file);
      for (const line of lines) journal.remember(line);
      await journal.compact();
      return journal;
    } catch (cause) {
      throw failureOf(folder, cause);
    }
  }

  find(requestId: string): WriteEntry | undefined {
    const line = this.entries.get(requestId);
    return line && this.describe(line);
  }

  /** The write that was run under an idempotency key, if its effect must not be repeated. */
  findRepeat(repeat: string): WriteEntry | undefined {
    const requestId = this.repeats.get(repeat);
    const entry = requestId === undefined ? undefined : this.find(requestId);
    if (!entry || entry.state === 'declined') return undefined;
    return entry.state === 'done' && isWithoutEffect(entry.outcome) ? undefined : entry;
  }

  /** Whether another write can be remembered. */
  hasRoom(): boolean {
    return this.entries.size < MAX_ENTRIES;
  }

  /** Notes that a write is about to be run. Resolves when that is on disk. */
  async accept(requestId: string, expiresAt: number, repeat?: string): Promise<void> {
    const until = repeat === undefined ? expiresAt + CLOCK_TOLERANCE_MS : this.now() + REPEAT_WINDOW_MS;
    const line: Line = { id: requestId, state: 'accepted', until, ...(repeat === undefined ? {} : { repeat }) };
    this.running.add(requestId);
    this.remember(line);
    try {
      await this.append(line);
    } catch (error) {
      this.running.delete(requestId);
      this.forget(requestId);
      throw error;
    }
  }

  /** Notes that an accepted write was not and will not be run. */
  async decline(requestId: string): Promise<void> {
    await this.settle(requestId, { state: 'declined', outcome: 'not-executed' });
  }

  /** Notes how a write ended. Known at once; on disk when the promise resolves. */
  async finish(requestId: string, outcome: Outcome, stored: boolean): Promise<void> {
    await this.settle(requestId, { state: 'done', outcome, stored });
    if (this.file.bytes > this.compactAbove) await this.compact();
  }

  /** Forgets what is past its time. @returns ids whose stored answers may go too */
  sweep(): string[] {
    const gone: string[] = [];
    for (const [id, line] of this.entries) {
      if (line.until > this.now() || this.running.has(id)) continue;
      this.forget(id);
      if (line.stored) gone.push(id);
    }
    return gone;
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private async settle(requestId: string, change: Pick<Line, 'state'> & Partial<Line>): Promise<void> {
    this.running.delete(requestId);
    const line = this.entries.get(requestId);
    if (!line) return;
    const next = { ...line, ...change };
    this.remember(next);
    await this.append(next);
  }

  private remember(line: Line): void {
    if (line.until <= this.now()) {
      this.forget(line.id);
      return;
    }
    this.entries.set(line.id, line);
    if (line.repeat !== undefined) this.repeats.set(line.repeat, line.id);
  }

  private forget(requestId: string): void {
    const line = this.entries.get(requestId);
    this.entries.delete(requestId);
    if (line?.repeat !== undefined && this.repeats.get(line.repeat) === requestId) this.repeats.delete(line.repeat);
  }

  private describe(line: Line): WriteEntry {
    return {
      requestId: line.id,
      state: line.state,
      outcome: line.outcome ?? 'unknown',
      running: this.running.has(line.id),
      stored: line.stored ?? false,
    };
  }

  private async append(line: Line): Promise<void> {
    while (this.compacting) await this.compacting;
    await this.file.append(JSON.stringify(line));
  }

  private compact(): Promise<void> {
    this.compacting ??= this.rewrite().finally(() => {
      this.compacting = undefined;
    });
    return this.compacting;
  }

  /** Writes what is still of use to a new file and puts it in the old one's place. Appends wait meanwhile. */
  private async rewrite(): Promise<void> {
    this.sweep();
    const lines = [...this.entries.values()].map((line) => JSON.stringify(line));
    const content = Buffer.concat(chunk(lines, LINES_IN_BATCH).map((part) => encodeBatch(part.join('\n'))));
    if (content.length >= this.file.bytes) return;
    // Closed first: Windows renames nothing over an open file.
    await this.file.close();
    try {
      await this.folder.write(FILE, content);
    } finally {
      this.file = await JournalFile.open(this.folder.file(FILE), () => undefined);
      this.compactAbove = Math.max(COMPACT_ABOVE_BYTES, 2 * this.file.bytes);
    }
  }
}

function isWithoutEffect(outcome: Outcome): boolean {
  return outcome === 'not-executed' || outcome === 'not-sent';
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** Whether the journal can be read, beside an agent that writes it. @throws CommandError state when it is damaged */
export async function checkJournal(folder: StateFolder): Promise<void> {
  try {
    await readJournalFile(folder.file(FILE), (text) => {
      for (const line of text.split('\n')) lineSchema.parse(parseJson(line));
    });
  } catch (cause) {
    throw failureOf(folder, cause);
  }
}

function failureOf(folder: StateFolder, cause: unknown): CommandError {
  if (cause instanceof CommandError) return cause;
  const what = cause instanceof JournalDamaged || cause instanceof z.ZodError ? 'is damaged' : 'cannot be read';
  return new CommandError(
    'state',
    `The journal of writes ${folder.file(FILE)} ${what}.`,
    'It tells which writes were already run. Move the file away only when no write of the last two minutes is in doubt.',
    { cause },
  );
}
