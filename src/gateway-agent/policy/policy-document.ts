import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { policySchema, type PolicyText } from './policy-schema.js';

/** Longest policy, in bytes. */
export const MAX_POLICY_BYTES = 256 * 1024;

/** A policy that cannot be used, and why: each problem names line and key, never a value. */
export class PolicyInvalid extends Error {
  override readonly name = 'PolicyInvalid';

  constructor(readonly problems: readonly string[]) {
    super(problems.slice(0, 10).join('; '));
  }
}

/** @throws PolicyInvalid */
export function readPolicyText(bytes: Uint8Array): PolicyText {
  if (bytes.length > MAX_POLICY_BYTES) throw new PolicyInvalid([`it is longer than ${MAX_POLICY_BYTES} bytes`]);
  const lines = new LineCounter();
  const document = parseDocument(decode(bytes), { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const broken = [...document.errors, ...document.warnings].map(
    ({ code, pos }) => `line ${lines.linePos(pos[0]).line}: no YAML (${code})`,
  );
  if (broken.length > 0) throw new PolicyInvalid(broken);
  const parsed = policySchema.safeParse(contentOf(document));
  if (parsed.success) return parsed.data;
  throw new PolicyInvalid(parsed.error.issues.flatMap((issue) => describe(issue, document, lines)));
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    if (cause instanceof TypeError) throw new PolicyInvalid(['it is no UTF-8 text']);
    throw cause;
  }
}

/** Aliases can make a small file a huge value: they are not taken. */
function contentOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 }) as unknown;
  } catch (cause) {
    if (cause instanceof ReferenceError) throw new PolicyInvalid(['it uses aliases, which are not taken']);
    throw cause;
  }
}

function describe(issue: z.core.$ZodIssue, document: Document.Parsed, lines: LineCounter): string[] {
  const place = issue.path.map((part) => String(part)).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const whole = place === '' ? key : `${place}.${key}`;
      return `line ${lineOf(document, lines, [...issue.path, key])}: ${whole} is not known`;
    });
  }
  const what = place === '' ? 'the policy' : place;
  return [`line ${lineOf(document, lines, issue.path)}: ${what}: ${issue.message}`];
}

/** Line of what the path names, or of the nearest thing around it that is there. */
function lineOf(document: Document.Parsed, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const name = path[length - 1];
    const key = isMap(parent)
      ? parent.items.map((pair) => pair.key).find((each) => isScalar(each) && each.value === name)
      : undefined;
    const node = key ?? document.getIn(path.slice(0, length), true);
    if (isScalar(node) || isMap(node)) if (node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
