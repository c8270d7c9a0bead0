import { SourceError } from '../source-error.js';

/** Names that Windows gives to devices, in every folder, with any extension and with blanks before it. */
const DEVICE_NAME = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\.|$)/i;
/** Longest path taken, in components. */
const MAX_DEPTH = 100;
/** Longest name that common file systems take, in bytes. */
const MAX_NAME_BYTES = 255;

export function pathForbidden(): SourceError {
  return new SourceError(
    'PATH_FORBIDDEN',
    "The path leads outside the connection's folder, or holds a name that is not allowed.",
  );
}

/** Whether a name may be used on this platform at all: it can be nothing but a plain entry of its folder. */
export function isAllowedName(name: string, platform: NodeJS.Platform): boolean {
  if (name === '' || name === '.' || name === '..' || /[\0/\\]/.test(name)) return false;
  const bytes = Buffer.from(name);
  // A lone surrogate has no bytes of its own: it would come back as another name.
  if (bytes.byteLength > MAX_NAME_BYTES || bytes.toString() !== name) return false;
  if (platform !== 'win32') return true;
  // A colon opens an alternate stream or a drive; Windows drops dots and blanks at the end.
  const hasForbidden = [...name].some((character) => character < ' ' || ':*?"<>|'.includes(character));
  return !hasForbidden && !/[. ]$/.test(name) && !DEVICE_NAME.test(name);
}

/**
 * The components of a path below the connection's root. Nothing is repaired: a path that could be read as leading
 * anywhere else is refused.
 *
 * @throws SourceError PATH_FORBIDDEN
 */
export function splitPath(path: string, platform: NodeJS.Platform): readonly string[] {
  if (path.startsWith('//') || path.startsWith('\\')) throw pathForbidden();
  const names = path.replace(/^\//, '').replace(/\/$/, '').split('/');
  if (names.length === 1 && names[0] === '') return [];
  const hasDrive = /^[A-Za-z]:$/.test(names[0] ?? '');
  if (hasDrive || names.length > MAX_DEPTH || !names.every((name) => isAllowedName(name, platform)))
    throw pathForbidden();
  return names;
}
