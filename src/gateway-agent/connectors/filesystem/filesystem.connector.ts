import { constants } from 'node:fs';
import { unlink, type FileHandle } from 'node:fs/promises';
import type { Operation } from '../../../contract/operations.js';
import type { Connector, ConnectorAnswer, ConnectorRequest } from '../connector.js';
import { SourceError } from '../source-error.js';
import { fileEntry, mediaTypeOf } from './file-entry.js';
import { fileFailure } from './file-failure.js';
import { locate, type Location } from './folder.js';
import { listFolder } from './list-folder.js';
import { splitPath } from './source-path.js';
import { assertWritable, writeFile } from './write-file.js';

/** Bytes read from a file at a time. */
const CHUNK_BYTES = 128 * 1024;

type WriteOperation = Extract<Operation, { name: 'writeFile' }>;

/**
 * The files below one folder, with the rights of the account that the agent runs under. Signing in as another account
 * takes the operating system's help, which Node does not offer, so a connection that brings one is refused: serving it
 * with the agent's rights would show more than that account may see.
 */
export class FilesystemConnector implements Connector {
  readonly kind = 'filesystem';

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
      return await run(request, target.path);
    } catch (error) {
      throw fileFailure(error);
    }
  }

  async forget(): Promise<void> {}

  async close(): Promise<void> {}
}

async function run(request: ConnectorRequest, root: string): Promise<ConnectorAnswer> {
  const { operation, signal } = request;
  if (operation.name === 'test') return test(root);
  if (!('path' in operation) || operation.name === 'httpRequest') {
    throw new SourceError('OPERATION_UNSUPPORTED', `A folder has no operation ${operation.name}.`, {
      details: { operation: operation.name },
    });
  }
  const names = splitPath(operation.path, process.platform);
  switch (operation.name) {
    case 'listFolder':
      return list(root, names, signal);
    case 'getFile': {
      await using location = await locate(root, names);
      const { stats } = existing(location);
      return jsonAnswer(fileEntry(names, stats));
    }
    case 'readFile':
      return read(root, names, signal);
    case 'writeFile':
      return write(request, operation, { root, names });
    case 'deleteFile':
      return remove(root, names);
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

function existing(location: Location): Location & { readonly stats: NonNullable<Location['stats']> } {
  const { stats } = location;
  if (!stats) throw new SourceError('FILE_NOT_FOUND', 'There is no such file or folder.', { hop: 'source' });
  return { ...location, stats };
}

/** @throws SourceError FILE_NOT_FOUND, VALIDATION_FAILED for folders, devices, sockets */
function existingFile(location: Location): string {
  const { stats } = existing(location);
  if (!stats.isFile() || location.name === undefined) {
    throw new SourceError('VALIDATION_FAILED', 'The path names something that is not a file.');
  }
  return location.name;
}

/** Opening the folder takes the right to read it. */
async function test(root: string): Promise<ConnectorAnswer> {
  await using location = await locate(root, []);
  existing(location);
  return { body: (async function* () {})() };
}

async function list(root: string, names: readonly string[], signal: AbortSignal): Promise<ConnectorAnswer> {
  await using location = await locate(root, names);
  const { folder, name } = location;
  if (name === undefined) {
    const { entries, hasMore } = await listFolder(root, names, folder, signal);
    return jsonAnswer(entries, { hasMore });
  }
  existing(location);
  await using inner = await folder.enter(name);
  const { entries, hasMore } = await listFolder(root, names, inner, signal);
  return jsonAnswer(entries, { hasMore });
}

async function read(root: string, names: readonly string[], signal: AbortSignal): Promise<ConnectorAnswer> {
  await using location = await locate(root, names);
  const file = await location.folder.openFile(existingFile(location), constants.O_RDONLY);
  // The look before the opening may be out of date; what is open now is what counts.
  if (!(await file.stat()).isFile()) {
    await file.close();
    throw new SourceError('VALIDATION_FAILED', 'The path names something that is not a file.');
  }
  return { mediaType: mediaTypeOf(names.at(-1) ?? ''), body: contents(file, signal) };
}

/** Every chunk has its own buffer: the reader may still hold the one before. */
async function* contents(file: FileHandle, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      if (signal.aborted) throw new SourceError('REQUEST_CANCELLED', 'The request was cancelled.');
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (error) {
    throw fileFailure(error);
  } finally {
    await file.close();
  }
}

async function write(
  request: ConnectorRequest,
  { mode }: WriteOperation,
  { root, names }: { readonly root: string; readonly names: readonly string[] },
): Promise<ConnectorAnswer> {
  await using location = await locate(root, names);
  const { folder, name, stats } = location;
  if (name === undefined) throw new SourceError('VALIDATION_FAILED', 'The path names a folder, not a file.');
  assertWritable(stats, mode);
  const body = request.body ?? (async function* () {})();
  await writeFile(folder, name, { body, mode, existing: stats }, request.signal);
  await using written = await locate(root, names);
  return jsonAnswer(fileEntry(names, existing(written).stats));
}

async function remove(root: string, names: readonly string[]): Promise<ConnectorAnswer> {
  await using location = await locate(root, names);
  await unlink(location.folder.entry(existingFile(location)));
  return { body: (async function* () {})() };
}
