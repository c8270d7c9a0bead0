import { describe, expect, it } from 'vitest';
import { nulFault } from './nul-guard.js';

const fault = (text: string) => nulFault(text, JSON.parse(text))?.code;

describe('U+0000 in JSON', () => {
  it.each(['"a\\u0000"', '{"a":[1,{"b":"\\u0000"}]}', '{"\\u0000":1}', '[null,"\\u0000"]', '[0,false,"","\\u0000"]'])(
    'is refused in %s',
    (text) => {
      expect(fault(text)).toBe('VALIDATION_FAILED');
    },
  );

  it.each(['"\\\\u0000"', '{"a":"\\u0001"}', 'null', '[]', '"u0000"'])('is not seen in %s', (text) => {
    expect(fault(text)).toBeUndefined();
  });

  it('is found however deep it lies, without using up the stack', () => {
    const depth = 500_000;
    expect(fault(`${'['.repeat(depth)}"\\u0000"${']'.repeat(depth)}`)).toBe('VALIDATION_FAILED');
  });
});
