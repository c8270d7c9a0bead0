import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const rows = readFileSync(join(ROOT, 'docs/brief-coverage.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
  .slice(1)
  .map((line) => line.split('|').map((cell) => cell.trim()));

describe('the brief, sentence by sentence', () => {
  it('has a row for each of its sentences', () => {
    expect(rows.length).toBeGreaterThanOrEqual(24);
  });

  it.each(rows.map(([, sentence = '', shown = '']) => [sentence, shown]))(
    'says what shows that %s',
    (_sentence, shown) => {
      const named = [...shown.matchAll(/`((?:test|src)\/[^`]+)`: ([^|;]+)/g)];
      expect(named.length > 0 || /not yet|holds:/.test(shown)).toBe(true);
      for (const [, file = '', name = ''] of named)
        expect(readFileSync(join(ROOT, file), 'utf8')).toContain(name.trim());
    },
  );
});
