import { readFile } from 'node:fs/promises';
import { JOIN_TOKEN_SCHEME, type Discovery } from '../contract/registration.js';
import { signInWithDeviceCode } from './device-sign-in.js';
import { CommandError, systemErrorCode } from './exit-codes.js';
import type { NetworkSettings } from './network/network-settings.js';
import type { Terminal } from './terminal.js';

interface Registrant {
  readonly joinToken: string | undefined;
  readonly tenant: string | undefined;
  readonly ca: string | undefined;
  readonly network?: NetworkSettings | undefined;
}

/** The `Authorization` header of whoever installs: of the join token, else of a person who signs in now. @throws CommandError */
export async function authorizationOf(
  { joinToken, tenant, ca, network }: Registrant,
  discovery: Discovery,
  terminal: Terminal,
): Promise<string> {
  if (joinToken !== undefined) return `${JOIN_TOKEN_SCHEME} ${joinToken}`;
  const tell = (text: string) => {
    terminal.print(text);
  };
  return `Bearer ${await signInWithDeviceCode({ signIn: discovery.signIn, tenant, ca, network, tell })}`;
}

/** @throws CommandError usage */
export async function readCa(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const code = systemErrorCode(cause) ?? 'unreadable';
    throw new CommandError('usage', `The file given with --ca-file cannot be read (${code}).`, 'Check its path and rights.', { cause }); // prettier-ignore
  }
}
