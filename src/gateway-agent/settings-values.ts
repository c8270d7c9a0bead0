import { z } from 'zod';
import { CommandError } from './exit-codes.js';

/** What the command line held, by name. */
export type Flags = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** Where a secret comes from. Never the command line: that stands in every process list. */
export type SecretSource = { readonly from: 'file'; readonly path: string } | { readonly from: 'stdin' };

const fingerprintSchema = z.base64url().length(43);

/** @throws CommandError usage */
export function readFingerprint(flags: Flags): string | undefined {
  const fingerprint = text(flags['root-fingerprint']);
  return fingerprint === undefined ? undefined : check('--root-fingerprint', fingerprintSchema, fingerprint);
}

/** A secret's flags, `--NAME-file` and `--NAME-stdin`; undefined when neither is given. @throws CommandError usage */
export function readSource(flags: Flags, name: string): SecretSource | undefined {
  const path = text(flags[`${name}-file`]);
  const fromStdin = flags[`${name}-stdin`] === true;
  if (path !== undefined && fromStdin) throw usage(`--${name}-file and --${name}-stdin exclude each other.`);
  if (path !== undefined) return { from: 'file', path };
  return fromStdin ? { from: 'stdin' } : undefined;
}

/** Secrets go over this address: plain http only to this very machine. @throws CommandError usage */
export function readControlPlane(value: string | undefined, allowInsecure: boolean): string {
  if (value === undefined || !URL.canParse(value))
    throw usage('--control-plane needs the address of the control plane.');
  const url = new URL(value);
  const isLoopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && (isLoopback || allowInsecure))) {
    throw usage('--control-plane must be an https:// address.', 'For development, --allow-insecure takes plain http.');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw usage('--control-plane takes an address without user, query or fragment.');
  }
  return url.href;
}

/** @throws CommandError usage, naming the setting and never its value */
export function check<T>(name: string, schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw usage(`${name}: ${value === undefined ? 'is missing' : (parsed.error.issues[0]?.message ?? 'is wrong')}.`);
}

export function text(value: Flags[string]): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function usage(message: string, remedy = 'See `tidegate-agent help`.'): CommandError {
  return new CommandError('usage', message, remedy);
}
