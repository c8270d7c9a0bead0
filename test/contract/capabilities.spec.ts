import { describe, expect, it } from 'vitest';
import { capabilitiesSchema, OPERATIONS_BY_KIND, supports } from '../../src/contract/capabilities.js';
import { operationSchema } from '../../src/contract/operations.js';
import { SOURCE_KINDS } from '../../src/contract/targets.js';
import { CONTRACT_VERSION } from '../../src/contract/version.js';

const known = operationSchema.options.map(({ shape }) => shape.name.value);

describe('the table of capabilities', () => {
  it('has every kind of source', () => {
    expect(Object.keys(OPERATIONS_BY_KIND).sort()).toEqual([...SOURCE_KINDS].sort());
  });

  it.each(SOURCE_KINDS)('lists operations of the contract for %s, each once, and a test among them', (kind) => {
    const operations = OPERATIONS_BY_KIND[kind];
    expect(known).toEqual(expect.arrayContaining([...operations]));
    expect(new Set(operations).size).toBe(operations.length);
    expect(operations).toContain('test');
  });

  it('gives every operation to at least one kind of source', () => {
    expect([...new Set(Object.values(OPERATIONS_BY_KIND).flat())].sort()).toEqual([...known].sort());
  });

  it('reads the announcement of a newer agent and keeps what it does not know', () => {
    const announced = {
      contractVersions: [CONTRACT_VERSION, CONTRACT_VERSION + 1],
      operations: { postgresql: ['getItem', 'mergeItems'], oracle: ['test'] },
      features: ['something-new'],
    };
    const capabilities = capabilitiesSchema.parse(announced);
    expect(capabilities).toEqual(announced);
    expect(supports(capabilities, 'postgresql', 'getItem')).toBe(true);
    expect(supports(capabilities, 'postgresql', 'createItem')).toBe(false);
    expect(supports(capabilities, 'http', 'httpRequest')).toBe(false);
  });
});
