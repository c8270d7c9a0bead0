import { readdir, readFile } from 'node:fs/promises';
import { systemErrorCode } from '../exit-codes.js';
import { parseJson } from '../member-record.js';
import type { NetworkSettings } from '../network/network-settings.js';
import type { StateFolder } from '../state-folder.js';

/** A key shorter than this, in characters, is none; names and numbers of the same files are. */
const MIN_LENGTH = 20;

/** The secrets that this machine keeps, so that they are found wherever they stand, however they are written. */
export async function knownSecrets(folder: StateFolder, { proxy }: NetworkSettings): Promise<string[]> {
  const login = proxy?.authorization;
  const [user, password] = login === undefined ? [] : split(login);
  return [...(await keysOf(folder)), ...[login, user, password].filter((text) => text !== undefined)];
}

/** `Basic …` taken apart. */
function split(login: string): [string | undefined, string | undefined] {
  const text = Buffer.from(login.replace(/^Basic /, ''), 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return [text.slice(0, colon), text.slice(colon + 1)];
}

async function keysOf(folder: StateFolder): Promise<string[]> {
  try {
    const names = (await readdir(folder.path)).filter((name) => /^\.?keys\.json/.test(name));
    const files = await Promise.all(names.map((name) => readFile(folder.file(name), 'utf8')));
    // A damaged file still holds keys.
    return files.flatMap((text) => [...textsOf(parseJson(text)), ...(text.match(/[A-Za-z0-9+/_=-]{20,}/g) ?? [])]);
  } catch (error) {
    if (systemErrorCode(error) !== undefined) return [];
    throw error;
  }
}

function textsOf(json: unknown): string[] {
  if (typeof json === 'string') return json.length >= MIN_LENGTH ? [json] : [];
  if (typeof json !== 'object' || json === null) return [];
  return Object.values(json).flatMap(textsOf);
}
