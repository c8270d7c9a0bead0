import type { Discovery } from '../contract/registration.js';
import { CommandError } from './exit-codes.js';
import type { Terminal } from './terminal.js';
import { rootFingerprint } from './root-fingerprint.js';

/**
 * Pins the root: by the fingerprint that was given, else by what is seen now, shown for a person to compare.
 *
 * @throws CommandError untrusted
 */
export async function assertRoot(
  discovery: Discovery,
  expected: string | undefined,
  terminal: Terminal,
): Promise<void> {
  const found = await rootFingerprint(discovery.root);
  if (expected === undefined) {
    terminal.print(`Trusting the control plane's root on first use: ${found}`);
    return;
  }
  if (found === expected) return;
  throw new CommandError(
    'untrusted',
    'The control plane does not hold the expected root key.',
    'Check --control-plane and the fingerprint with the control plane’s operator: somebody may be in between.',
  );
}

/** A control plane whose root differs between two answers is not one. @throws CommandError untrusted */
export async function assertSameRoot(before: Discovery['root'], after: Discovery['root']): Promise<void> {
  if ((await rootFingerprint(before)) === (await rootFingerprint(after))) return;
  throw new CommandError(
    'untrusted',
    'The control plane changed its root between two answers.',
    'Run the command again; if it persists, ask its operator.',
  );
}

/** A join token carries the root's fingerprint after a dot. @throws CommandError usage */
export function fingerprintIn(joinToken: string | undefined): string | undefined {
  if (joinToken === undefined) return undefined;
  const match = /^tgj_[A-Za-z0-9_-]{43}\.([A-Za-z0-9_-]{43})$/.exec(joinToken);
  if (match?.[1] !== undefined) return match[1];
  throw new CommandError(
    'usage',
    'The join token is not whole.',
    'Copy it again: it begins with tgj_ and has a dot in it.',
  );
}
