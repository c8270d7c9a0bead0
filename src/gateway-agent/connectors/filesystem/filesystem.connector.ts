import { unlink } from 'node:fs/promises';
import type { Operation } from '../../../contract/operations.js';
import type { Connector, ConnectorAnswer, ConnectorRequest } from '../connector.js';
import { SourceError } from '../source-error.js';
import { fileEntry, mediaTypeOf } from './file-entry.js';
import { fileFailure } from './file-failure.js';
import { locate, type FolderGuard, type Root } from './folder.js';
import { listChanges } from './list-changes.js';
import { listFolder, pageFolder } from './list-folder.js';
import { contents, existing, existingFile, openExisting } from './read-file.js';
import type { FolderView } from './file-facts.js';
import { folderView, type OpenFolder } from './scan-folder.js';
import { splitPath } from './source-path.js';
import { assertWritable, writeFile, type WriteMode } from './write-file.js';

type CopyOperation = Extract<Operation, { name: 'copyFile' }>;

/** A path below a root. */
type Place = Omit<OpenFolder, 'folder'>;

/**
 * The files below one folder, with the rights of the account that the agent runs under. Signing in as another account
 * takes the operating system's help, which Node does not offer, so a connection that brings one is refused: serving it
 * with the agent's rights would show more than that account may see.
 */
export class FilesystemConnector implements Connector {
  readonly kind = 'filesystem';

  /** @param guard keeps places of this machine closed; every place is open without it */
  constructor(private readonly guard?: FolderGuard) {}

  async execute(request: ConnectorRequest): Promise<ConnectorAnswer> {
    const { target, credentialType, signal } = request;
    if (target.kind !== 'filesystem')
      throw new SourceError('VALIDATION_FAILED', 'The connection does not lead to a folder.');
    if (credentialType !== 'Anonymous') {
      throw new SourceError('VALIDATION_FAILED', "Folders are reached with the agent's own account only.", {
        details: { credentialType },
      });
    }
    if (signal.aborted) throw new SourceError('REQUEST_CANCELLED', 'The request was cancelled before it ran.');
    try {
      return await run(request, { path: target.path, guard: this.guard });
    } catch (error) {
      throw fileFailure(error);
    }
  }

  async forget(): Promise<void> {}

  async close(): Promise<void> {}
}

async function run(request: ConnectorRequest, root: Root): Promise<ConnectorAnswer> {
  const { operation, signal } = request;
  if (operation.name === 'test') return test(root);
  if (!('path' in operation) || operation.name === 'httpRequest') {
    throw new SourceError('OPERATION_UNSUPPORTED', `A folder has no operation ${operation.name}.`, {
      details: { operation: operation.name },
    });
  }
  const place: Place = { root, names: splitPath(operation.path, process.platform) };
  switch (operation.name) {
    case 'listFolder':
      return inFolder(place, async (open) => {
        const { entries, hasMore } = await listFolder(open, signal);
        return jsonAnswer(entries, { hasMore });
      });
    case 'pageFolder':
      return inFolder(place, async (open) => jsonAnswer(await pageFolder(open, operation, signal)));
    case 'listChanges':
      return inFolder(place, async (open) => jsonAnswer(await listChanges(open, operation, signal)));
    case 'getFile': {
      await using location = await locate(root, place.names);
      return jsonAnswer(fileEntry(place.names, existing(location).stats));
    }
    case 'readFile':
      return read(place, signal);
    case 'writeFile':
      return write(place, { body: request.body ?? (async function* () {})(), mode: operation.mode }, signal);
    case 'copyFile':
      return copy(operation, place, signal);
    case 'deleteFile':
      return remove(place);
  }
}

function jsonAnswer(value: unknown, trailer?: { hasMore: boolean }): ConnectorAnswer {
  return {
    mediaType: 'application/json',
    body: (async function* () {
      yield Buffer.from(JSON.stringify(value));
    })(),
    ...(trailer === undefined ? {} : { trailer: () => trailer }),
  };
}

/** Opening the folder takes the right to read it. */
async function test(root: Root): Promise<ConnectorAnswer> {
  await using location = await locate(root, []);
  existing(location);
  return { body: (async function* () {})() };
}

/** Runs something with the folder that the names lead to. @throws SourceError FILE_NOT_FOUND; the file system's own errors */
async function inFolder<T>({ root, names }: Place, work: (place: FolderView) => Promise<T>): Promise<T> {
  await using location = await locate(root, names);
  const { folder, name } = location;
  if (name === undefined) return await work(folderView({ root, names, folder }));
  existing(location);
  await using inner = await folder.enter(name);
  // Awaited here: the folders close when this ends.
  return await work(folderView({ root, names, folder: inner }));
}

async function read({ root, names }: Place, signal: AbortSignal): Promise<ConnectorAnswer> {
  await using location = await locate(root, names);
  const file = await openExisting(location);
  return { mediaType: mediaTypeOf(names.at(-1) ?? ''), body: contents(file, signal) };
}

/** The copy is made through this machine, and takes its name when it is whole. */
async function copy(operation: CopyOperation, place: Place, signal: AbortSignal): Promise<ConnectorAnswer> {
  const destination = { root: place.root, names: splitPath(operation.destination, process.platform) };
  await using source = await locate(place.root, place.names);
  const file = await openExisting(source);
  try {
    const body = contents(file, signal);
    return await write(destination, { body, mode: operation.overwrite ? 'upsert' : 'create' }, signal);
  } finally {
    await file.close();
  }
}

async function write(
  { root, names }: Place,
  { body, mode }: { readonly body: AsyncIterable<Uint8Array>; readonly mode: WriteMode },
  signal: AbortSignal,
): Promise<ConnectorAnswer> {
  await using location = await locate(root, names);
  const { folder, name, stats } = location;
  if (name === undefined) throw new SourceError('VALIDATION_FAILED', 'The path names a folder, not a file.');
  assertWritable(stats, mode);
  await writeFile(folder, name, { body, mode, existing: stats }, signal);
  await using written = await locate(root, names);
  return jsonAnswer(fileEntry(names, existing(written).stats));
}

async function remove({ root, names }: Place): Promise<ConnectorAnswer> {
  await using location = await locate(root, names);
  await unlink(location.folder.entry(existingFile(location)));
  return { body: (async function* () {})() };
}
