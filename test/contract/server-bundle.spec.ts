import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

/** Every file of ours that the entry point reaches through imports, static or dynamic. */
function reachable(entry: string): Set<string> {
  const seen = new Set<string>();
  const open = [join(ROOT, entry)];
  for (const file of open) {
    if (seen.has(file)) continue;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, specifier] of text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)) {
      const target = resolve(dirname(file), specifier ?? '').replace(/\.js$/, '.ts');
      if (existsSync(target)) open.push(target);
    }
  }
  return seen;
}

/** Calls that could open what was sealed to a gateway: RSA decryption, and importing a private key. */
const OPENING = [
  /\bprivateDecrypt\b/,
  /['"]RSA-OAEP['"][\s\S]{0,200}\bdecrypt\b/,
  /importKey\(\s*['"]pkcs8['"]/,
  /\bopenCredential\b/,
];

describe('the control plane and credentials', () => {
  const server = reachable('src/main.ts');
  const sources = [...server].filter((file) => !file.includes('/src/generated/'));

  it('reaches enough of itself for this test to mean something', () => {
    expect(sources.some((file) => file.endsWith('contract/sealed-credential.ts'))).toBe(true);
    expect(sources.some((file) => file.includes('/modules/connections/'))).toBe(true);
    expect(sources.length).toBeGreaterThan(60);
  });

  it('reaches no file that opens a credential', () => {
    expect(sources.filter((file) => file.endsWith('open-credential.ts') || file.includes('/gateway-agent/'))).toEqual(
      [],
    );
  });

  it('contains no call that could open one', () => {
    const calls = sources.flatMap((file) =>
      OPENING.filter((pattern) => pattern.test(readFileSync(file, 'utf8'))).map(
        (pattern) => `${file}: ${pattern.source}`,
      ),
    );
    expect(calls).toEqual([]);
  });

  it('sees the agent reach it, so the search itself works', () => {
    const agent = reachable('src/gateway-agent/main.ts');
    expect([...agent].some((file) => file.endsWith('contract/open-credential.ts'))).toBe(true);
  });
});
