import { describe, expect, it } from 'vitest';
import { isTooDeep, MAX_JSON_DEPTH } from './json-depth.js';

const nested = (depth: number) => `${'[{"a":'.repeat(depth / 2)}1${'}]'.repeat(depth / 2)}`;

describe('the depth of JSON', () => {
  it('is taken up to the limit, side by side as often as one likes', () => {
    expect(isTooDeep(nested(MAX_JSON_DEPTH))).toBe(false);
    expect(isTooDeep(`[${Array.from({ length: 1_000 }, () => nested(MAX_JSON_DEPTH - 2)).join()}]`)).toBe(false);
    expect(isTooDeep(nested(MAX_JSON_DEPTH + 2))).toBe(true);
  });

  it.each(['['.repeat(500), '\\"'.repeat(3) + '['.repeat(500), '{"\\\\":'.repeat(200)])(
    'does not count what stands in texts: %j',
    (text) => {
      expect(isTooDeep(JSON.stringify({ text }))).toBe(false);
    },
  );

  it('is seen behind texts that end in backslashes', () => {
    expect(isTooDeep(`["a\\\\",${nested(MAX_JSON_DEPTH)}]`)).toBe(true);
  });

  it('costs little: 2 MB are looked through in a moment', () => {
    const text = JSON.stringify(
      Array.from({ length: 40_000 }, (_, n) => ({ id: n, name: 'a row of a table like many others' })),
    );
    const startedAt = performance.now();
    isTooDeep(text);
    // Some 15 ms on an idle machine.
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});
