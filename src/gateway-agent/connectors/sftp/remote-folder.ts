import type { FileEntryWithStats, Stats } from 'ssh2';
import type { FileFacts, FolderView, Found } from '../filesystem/file-facts.js';
import { isAllowedName } from '../filesystem/source-path.js';
import { UNFINISHED_PREFIX } from '../filesystem/write-file.js';
import { SourceError } from '../source-error.js';
import { factsOf, join, locate, lookAt, type RemotePlace, type RemoteRoot } from './remote-place.js';
import { STATUS, statusOf } from './sftp-failure.js';

/** Entries looked at side by side. */
const BATCH = 32;
/** Entries whose description is kept from the listing; others are asked for again. */
const MAX_KEPT = 20_000;

/** A folder on the server, to be listed. */
export class RemoteFolder implements FolderView {
  private readonly kept = new Map<string, Stats>();

  /** @param names the path below the root, by which the caller knows the folder */
  constructor(
    private readonly root: RemoteRoot,
    private readonly place: RemotePlace,
    readonly names: readonly string[],
  ) {}

  async *entries(): AsyncGenerator<string> {
    const { session, signal } = this.root;
    const handle = await session.call<Buffer>(
      signal,
      (done) => {
        session.sftp.opendir(this.place.path, done);
      },
      (late) => {
        session.sftp.close(late, () => undefined);
      },
    );
    try {
      for (;;) {
        const batch = await session
          .call<FileEntryWithStats[]>(signal, (done) => {
            session.sftp.readdir(handle, done);
          })
          .catch((error: unknown) => {
            if (statusOf(error) === STATUS.EOF) return undefined;
            throw error;
          });
        if (!batch) return;
        for (const { filename, attrs } of batch) {
          if (!isListed(filename)) continue;
          if (this.kept.size < MAX_KEPT) this.kept.set(filename, attrs);
          yield filename;
        }
      }
    } finally {
      if (session.isUsable) session.sftp.close(handle, () => undefined);
    }
  }

  async look(names: readonly string[], signal: AbortSignal): Promise<readonly Found[]> {
    const found: Found[] = [];
    for (let start = 0; start < names.length; start += BATCH) {
      if (signal.aborted) throw new SourceError('REQUEST_CANCELLED', 'The request was cancelled.');
      const batch = names.slice(start, start + BATCH);
      const seen = await Promise.all(batch.map((name) => this.lookAtOne(name)));
      for (const [index, name] of batch.entries()) {
        const facts = seen[index];
        if (facts && (facts.isFile() || facts.isDirectory())) found.push({ name, facts });
      }
    }
    return found;
  }

  private async lookAtOne(name: string): Promise<FileFacts | undefined> {
    try {
      const stats = this.kept.get(name) ?? (await lookAt(this.root, join(this.place.path, name)));
      if (!stats.isSymbolicLink()) return factsOf(stats, stats);
      return (await locate(this.root, [...this.names, name])).facts;
    } catch (error) {
      // Gone since the listing, or a link that leads outside: not there for the caller.
      const isAbsent =
        error instanceof SourceError
          ? error.code === 'PATH_FORBIDDEN' || error.code === 'VALIDATION_FAILED'
          : statusOf(error) !== undefined;
      if (isAbsent) return undefined;
      throw error;
    }
  }
}

function isListed(name: string): boolean {
  return isAllowedName(name, 'linux') && !name.startsWith(UNFINISHED_PREFIX) && !name.includes('\ufffd');
}
