import { z } from 'zod';

/**
 * An object whose names clients write in whatever case. What they leave open they send as null: that is as good as
 * nothing. Names that nobody knows are passed over.
 */
export function caseless<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>) {
  const names = new Map(Object.keys(schema.shape).map((name) => [name.toLowerCase(), name]));
  return z.preprocess((value, context) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const read: Record<string, unknown> = {};
    for (const [sent, entry] of Object.entries(value)) {
      const name = names.get(sent.toLowerCase());
      if (name === undefined || entry === null) continue;
      if (name in read) context.addIssue({ code: 'custom', path: [name], message: 'sent twice, in two spellings' });
      read[name] = entry;
    }
    return read;
  }, schema);
}

/** One of some words, in whatever case. */
export function word<const Words extends readonly [string, ...string[]]>(words: Words) {
  const known = new Map(words.map((one) => [one.toLowerCase(), one]));
  const read = (value: unknown) => (typeof value === 'string' ? (known.get(value.toLowerCase()) ?? value) : value);
  return z.preprocess(read, z.enum(words));
}

/** Yes or no; some clients write it as text. */
export const flagSchema = z.preprocess(
  (value) => (typeof value === 'string' ? (FLAGS.get(value.toLowerCase()) ?? value) : value),
  z.boolean(),
);

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);
