import { parseJson } from '../member-record.js';

/** What stands in the place of what was taken out. */
export const REMOVED = '[removed]';

/**
 * Fields of log lines whose texts may be shown: ids, codes, names of events and our own sentences. Everything else that is a
 * text is taken out, whatever it is called.
 */
const SHOWN: ReadonlySet<string> = new Set([
  ...['level', 'time', 'program', 'msg', 'event', 'code', 'reason', 'remedy', 'signal', 'why', 'state', 'verdict'],
  ...['traceId', 'requestId', 'gatewayId', 'memberId', 'connectionId', 'rotationId', 'tenantId', 'keyId', 'logTailId'],
  ...['transport', 'version', 'operation', 'kind', 'outcome', 'hop', 'status', 'method', 'check', 'requestedBy'],
  ...['controlPlane', 'generation', 'folder', 'rule'],
]);

/** Texts that look like secrets wherever they stand. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [^-]+-----[\s\S]*?(?:-----END [^-]+-----|$)/g, REMOVED],
  [/\b(?:Bearer|Basic|Tidegate-Join|SharedAccessSignature|Negotiate|NTLM)\s+[^\s"',;]+/gi, REMOVED],
  // The name before a sign, and what follows it up to a blank or a quotation mark.
  [/\b([\w.-]*(?:pass(?:word|phrase|wd)?|pwd|secret|recovery[-_ ]?key|token|api[-_]?key|credential|authorization|sig|signature)[\w.-]*\\?["']?\s*[=:]\s*\\?["']?)[^\s"'&;,]+/gi, `$1${REMOVED}`],
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"']+@/gi, `$1${REMOVED}@`],
  [/\btg[a-z]_[\w.-]+/g, REMOVED],
  // Keys, sealed credentials and tokens in base64 or hexadecimal: longer than any id of ours.
  [/[A-Za-z0-9+/_-]{40,}={0,2}/g, REMOVED],
]; // prettier-ignore

/** Secrets that this machine knows, to be taken out in whatever way they are written. */
export type KnownSecrets = readonly string[];

/** Takes out of free text what is, or looks like, a secret. */
export function redactText(text: string, known: KnownSecrets = []): string {
  let shown = text;
  for (const secret of known) for (const form of formsOf(secret)) shown = shown.replaceAll(form, REMOVED);
  for (const [pattern, replacement] of SECRETS) shown = shown.replace(pattern, replacement);
  return shown;
}

/** A line of the agent's log, as it may leave the machine. A line that is no JSON shows only that it was there. */
export function redactLogLine(line: string, known: KnownSecrets = []): string {
  const parsed = parseJson(line);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return REMOVED;
  const fields = Object.entries(parsed as Record<string, unknown>).map(([name, value]) => [
    redactText(name, known).slice(0, 64),
    shownValue(name, value, known),
  ]);
  return JSON.stringify(Object.fromEntries(fields));
}

function shownValue(name: string, value: unknown, known: KnownSecrets): unknown {
  if (typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return known.includes(String(value)) ? REMOVED : value;
  if (typeof value === 'string' && SHOWN.has(name)) return redactText(value, known);
  return REMOVED;
}

/** Shorter ones would be found everywhere. */
const MIN_SECRET = 4;

/** The ways in which a secret may be written. */
function formsOf(secret: string): string[] {
  if (secret.length < MIN_SECRET) return [];
  const bytes = Buffer.from(secret, 'utf8');
  const forms = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
  ];
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}
