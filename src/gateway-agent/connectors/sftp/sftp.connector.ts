import { isRead, type Operation } from '../../../contract/operations.js';
import { lettingGo } from '../abortable.js';
import type { Connector, ConnectorAnswer, ConnectorRequest } from '../connector.js';
import { directEgress, type Egress } from '../egress.js';
import { fileEntry, mediaTypeOf } from '../filesystem/file-entry.js';
import { listChanges } from '../filesystem/list-changes.js';
import { listFolder, pageFolder } from '../filesystem/list-folder.js';
import { splitPath } from '../filesystem/source-path.js';
import { assertWritable, type WriteMode } from '../filesystem/write-file.js';
import { SourceError } from '../source-error.js';
import { contents, noFile, openExisting } from './remote-file.js';
import { RemoteFolder } from './remote-folder.js';
import { locate, type RemotePlace, type RemoteRoot } from './remote-place.js';
import { fileFailure } from './sftp-failure.js';
import { readLogin, type SftpLogin } from './sftp-login.js';
import { SftpSession } from './sftp-session.js';
import { SftpSessions, type SessionLimits } from './sftp-sessions.js';
import { removeRemoteFile, writeRemoteFile } from './write-remote-file.js';

type FileOperation = Exclude<Extract<Operation, { path: string }>, { name: 'httpRequest' }>;

export interface SftpSettings {
  readonly egress?: Egress;
  readonly sessions?: SessionLimits;
}

/** The files below one folder of an SFTP server, with the operations of a local folder. */
export class SftpConnector implements Connector {
  readonly kind = 'sftp';
  private readonly sessions: SftpSessions;
  private readonly egress: Egress;

  constructor({ egress = directEgress, sessions }: SftpSettings = {}) {
    this.egress = egress;
    this.sessions = new SftpSessions(egress, sessions);
  }

  async execute(request: ConnectorRequest): Promise<ConnectorAnswer> {
    const { operation, target, signal } = request;
    if (target.kind !== 'sftp')
      throw new SourceError('VALIDATION_FAILED', 'The connection does not lead to an SFTP server.');
    if (signal.aborted) throw new SourceError('REQUEST_CANCELLED', 'The request was cancelled before it ran.');
    const login = readLogin(request, target);
    if (operation.name === 'test') return this.test(login, signal);
    if (!('path' in operation) || operation.name === 'httpRequest') {
      throw new SourceError('OPERATION_UNSUPPORTED', `A folder has no operation ${operation.name}.`, {
        details: { operation: operation.name },
      });
    }
    const names = splitPath(operation.path, 'linux');
    try {
      return await this.inSession(login, operation, names, request);
    } catch (error) {
      throw fileFailure(error);
    }
  }

  async forget(connectionId: string): Promise<void> {
    this.sessions.forget(connectionId);
  }

  async close(): Promise<void> {
    this.sessions.close();
  }

  private async inSession(
    login: SftpLogin,
    operation: FileOperation,
    names: readonly string[],
    { body, signal }: ConnectorRequest,
  ): Promise<ConnectorAnswer> {
    for (;;) {
      const lease = await this.sessions.lease(login, signal);
      const root: RemoteRoot = { session: lease.session, path: login.target.path, signal };
      try {
        const answer = await run(root, operation, names, body);
        if (operation.name !== 'readFile') {
          lease.release();
          return answer;
        }
        return { ...answer, body: holding(answer.body, lease.release) };
      } catch (error) {
        lease.release();
        // A session that was kept may have been dead already; a fresh one tells.
        const mayRepeat = lease.isReused && !lease.session.isUsable && isRead(operation);
        if (!mayRepeat || !(error instanceof SourceError) || error.code !== 'SOURCE_UNREACHABLE') throw error;
      }
    }
  }

  /** Signs in anew: a session that is kept would not notice that the password has changed since. */
  private async test(login: SftpLogin, signal: AbortSignal): Promise<ConnectorAnswer> {
    const session = await SftpSession.open(login, this.egress, () => undefined);
    try {
      existing(await locate({ session, path: login.target.path, signal }, []));
      return { body: (async function* () {})() };
    } catch (error) {
      throw fileFailure(error);
    } finally {
      session.end();
    }
  }
}

async function run(
  root: RemoteRoot,
  operation: FileOperation,
  names: readonly string[],
  body: AsyncIterable<Uint8Array> | undefined,
): Promise<ConnectorAnswer> {
  const { signal } = root;
  const place = await locate(root, names);
  switch (operation.name) {
    case 'listFolder': {
      const { entries, hasMore } = await listFolder(folderAt(root, place, names), signal);
      return { ...jsonAnswer(entries), trailer: () => ({ hasMore }) };
    }
    case 'pageFolder':
      return jsonAnswer(await pageFolder(folderAt(root, place, names), operation, signal));
    case 'listChanges':
      return jsonAnswer(await listChanges(folderAt(root, place, names), operation, signal));
    case 'getFile':
      return jsonAnswer(fileEntry(names, existing(place)));
    case 'readFile': {
      if (!existing(place).isFile()) throw noFile();
      const file = await openExisting(root, place, names);
      return { mediaType: mediaTypeOf(names.at(-1) ?? ''), body: lettingGo(contents(root, file), () => file.close()) };
    }
    case 'writeFile':
      return write(root, { names, place }, body ?? (async function* () {})(), operation.mode);
    case 'copyFile':
      return copy(root, operation, place, names);
    case 'deleteFile':
      if (!existing(place).isFile()) throw noFile();
      await removeRemoteFile(root, place.path);
      return { body: (async function* () {})() };
  }
}

/** The copy is made through this machine, and takes its name when it is whole. */
async function copy(
  root: RemoteRoot,
  { destination, overwrite }: Extract<FileOperation, { name: 'copyFile' }>,
  from: RemotePlace,
  names: readonly string[],
): Promise<ConnectorAnswer> {
  const target = splitPath(destination, 'linux');
  if (!existing(from).isFile()) throw noFile();
  const file = await openExisting(root, from, names);
  try {
    const place = await locate(root, target);
    return await write(root, { names: target, place }, contents(root, file), overwrite ? 'upsert' : 'create');
  } finally {
    await file.close();
  }
}

async function write(
  root: RemoteRoot,
  { names, place }: { readonly names: readonly string[]; readonly place: RemotePlace },
  body: AsyncIterable<Uint8Array>,
  mode: WriteMode,
): Promise<ConnectorAnswer> {
  const { name, facts } = place;
  if (name === undefined) throw new SourceError('VALIDATION_FAILED', 'The path names a folder, not a file.');
  assertWritable(facts, mode);
  await writeRemoteFile(root, { ...place, name }, body, mode);
  return jsonAnswer(fileEntry(names, existing(await locate(root, names))));
}

function folderAt(root: RemoteRoot, place: RemotePlace, names: readonly string[]): RemoteFolder {
  if (existing(place).isDirectory()) return new RemoteFolder(root, place, names);
  throw new SourceError('VALIDATION_FAILED', 'A part of the path is a file, not a folder.', { hop: 'source' });
}

/** @throws SourceError FILE_NOT_FOUND */
function existing({ facts }: RemotePlace): NonNullable<RemotePlace['facts']> {
  if (facts) return facts;
  throw new SourceError('FILE_NOT_FOUND', 'There is no such file or folder.', { hop: 'source' });
}

function jsonAnswer(value: unknown): ConnectorAnswer {
  return {
    mediaType: 'application/json',
    body: (async function* () {
      yield Buffer.from(JSON.stringify(value));
    })(),
  };
}

/** The session is taken until the file was read or left. */
function holding(body: AsyncIterable<Uint8Array>, release: () => void): AsyncGenerator<Uint8Array> {
  const held = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* body;
    } finally {
      release();
    }
  };
  return lettingGo(held(), async () => {
    release();
    await body[Symbol.asyncIterator]().return?.();
  });
}
