import { DomainError } from '../../common/errors/domain-error.js';

/** A file's id is its path in base64url: it survives every client's way of encoding a URL. */
export function fileId(path: string): string {
  return Buffer.from(path, 'utf8').toString('base64url');
}

/**
 * The path that an id stands for. The path is checked where the files are: only the agent knows what is inside its root.
 *
 * @throws DomainError FILE_NOT_FOUND for what was never an id
 */
export function pathOfFileId(id: string): string {
  const path = Buffer.from(id, 'base64url').toString('utf8');
  if (!path.startsWith('/') || fileId(path) !== id) throw new DomainError('FILE_NOT_FOUND', { id: id.slice(0, 200) });
  return path;
}

/** A place given by its id or, beginning with a slash, which no id does, by its path. @throws DomainError FILE_NOT_FOUND, VALIDATION_FAILED */
export function placeOf(idOrPath: string, parameter: string): string {
  return idOrPath.startsWith('/') ? givenPath(idOrPath, parameter) : pathOfFileId(idOrPath);
}

/** A path as people write it, with or without its first slash. @throws DomainError VALIDATION_FAILED */
export function givenPath(path: unknown, parameter: string): string {
  if (typeof path !== 'string' || path === '' || path.length > 4095) {
    throw new DomainError('VALIDATION_FAILED', { parameter, problem: 'must be a path of 1 to 4095 characters' });
  }
  return path.startsWith('/') ? path : `/${path}`;
}

/** Joins a folder and the name of a file in it. @throws DomainError VALIDATION_FAILED for a name that is a path */
export function pathInFolder(folder: string, name: unknown): string {
  if (typeof name !== 'string' || name === '' || name.length > 255 || /[/\\]/.test(name)) {
    throw new DomainError('VALIDATION_FAILED', { parameter: 'name', problem: 'must be a file name without a path' });
  }
  return `${folder.replace(/\/+$/, '')}/${name}`;
}
