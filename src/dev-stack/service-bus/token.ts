import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ResourcePath } from './resource-path.js';
import { covers, parseResource } from './resource-path.js';

export type Right = 'Listen' | 'Send' | 'Manage';

/** One shared access rule of the namespace. */
export interface SasRule {
  readonly name: string;
  readonly key: string;
  readonly rights: readonly Right[];
}

/** What a valid token allows, until when (milliseconds since 1970). */
export interface Claim {
  readonly resource: ResourcePath;
  readonly rights: ReadonlySet<Right>;
  readonly expiresAt: number;
  readonly rule: string;
}

/** Longer ones are no tokens: 260 characters of queue name, percent-encoded, and a rule name fit several times. */
const MAX_TOKEN_CHARACTERS = 4096;

/** Signs for rules that do not exist, so that an unknown rule costs the same time as a wrong signature. */
const DECOY_KEY = randomBytes(32).toString('base64');

/**
 * Checks a shared access signature.
 *
 * The signature covers `sr` exactly as sent, so the check comes before any decoding.
 *
 * @returns undefined for a token that is malformed, wrongly signed or expired; which of them is not told to the peer
 */
export function readToken(token: string, rules: readonly SasRule[], now: number): Claim | undefined {
  const [scheme, fields, ...more] = token.length <= MAX_TOKEN_CHARACTERS ? token.split(' ') : [];
  if (scheme !== 'SharedAccessSignature' || fields === undefined || more.length > 0) return undefined;
  const values = new Map(fields.split('&').map((field) => splitAt(field, field.indexOf('='))));
  const [sr, sig, se, skn] = ['sr', 'sig', 'se', 'skn'].map((name) => values.get(name));
  if (sr === undefined || sig === undefined || se === undefined || skn === undefined) return undefined;

  const name = decode(skn);
  const rule = rules.find((candidate) => candidate.name === name);
  const expected = createHmac('sha256', rule?.key ?? DECOY_KEY)
    .update(`${sr}\n${se}`)
    .digest();
  const given = Buffer.from(decode(sig) ?? '', 'base64');
  const genuine = given.length === expected.length && timingSafeEqual(given, expected);
  if (!genuine || !rule || !/^\d{1,12}$/.test(se)) return undefined;

  const expiresAt = Number(se) * 1000;
  const resource = parseResource(decode(sr) ?? '');
  if (expiresAt <= now || !resource) return undefined;
  return { resource, rights: rightsOf(rule), expiresAt, rule: rule.name };
}

/** True when the claim reaches the resource and holds the right. */
export function allows(claim: Claim, resource: ResourcePath, right: Right): boolean {
  return claim.rights.has(right) && covers(claim.resource, resource);
}

/** Makes a token as the control plane would; `resource` like `sb://host/gw/7/`. */
export function signToken(rule: Pick<SasRule, 'name' | 'key'>, resource: string, expiresAtSeconds: number): string {
  const sr = encodeURIComponent(resource);
  const signature = createHmac('sha256', rule.key).update(`${sr}\n${expiresAtSeconds}`).digest('base64');
  const skn = encodeURIComponent(rule.name);
  return `SharedAccessSignature sr=${sr}&sig=${encodeURIComponent(signature)}&se=${expiresAtSeconds}&skn=${skn}`;
}

/** Manage means everything, as in Azure. */
function rightsOf(rule: SasRule): ReadonlySet<Right> {
  return new Set<Right>(rule.rights.includes('Manage') ? ['Listen', 'Send', 'Manage'] : rule.rights);
}

function splitAt(text: string, at: number): [string, string] {
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
