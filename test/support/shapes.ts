import { expect } from 'vitest';

/** Types by key; a key with a question mark may be absent. */
export type Shape = Readonly<Record<string, string>>;

const typeOf = (value: unknown) => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value);

/**
 * Holds a body to the keys and types of a documented one.
 *
 * @param ours keys that are no part of the documented one
 */
export function expectShape(value: unknown, shape: Shape, ours: readonly string[] = []): void {
  const body = value as Readonly<Record<string, unknown>>;
  const expected = Object.entries(shape).filter(([key]) => !key.endsWith('?') || key.slice(0, -1) in body);
  const keys = expected.map(([key]) => key.replace('?', ''));
  const found = Object.keys(body).filter((key) => !ours.includes(key));
  expect(found.sort()).toEqual(keys.sort());
  for (const [key, types] of expected) {
    expect(types.split('|'), key).toContain(typeOf(body[key.replace('?', '')]));
  }
}
