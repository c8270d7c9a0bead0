import fc, { type Arbitrary } from 'fast-check';

/** As much of JSON Schema as the document has. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Values that mean something here, by the name of the property or parameter. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

/** Text that programs stumble over: ends of strings, halves of characters, other alphabets, what looks like code. */
const HARD_TEXTS = [
  ...['', ' ', '\u0000', 'a\u0000b', '\ud800', '\u202e', 'Ünïcode', '🌊', "'; DROP TABLE member; --", '%', '%00', '..'],
  ...['null', '-1', '1e309', '__proto__', 'constructor', '${x}', '<script>', '\r\nx: y', 'x'.repeat(300)],
  ...['x'.repeat(70_000), '0000-00-00', '+275760-09-13T00:00:00.000Z', '99999999999999999999'],
];
const hardText = fc.constantFrom(...HARD_TEXTS);
const anything = fc.jsonValue({ maxDepth: 2 });

/** How often a value is spoilt on purpose, one in so many places; 0: never. */
export interface Spoiling {
  readonly known: Known;
  readonly oneIn: number;
}

/** Values that a schema takes; now and then, if so wanted, one that it does not. */
export function valueOf(schema: Schema, options: Spoiling, name = ''): Arbitrary<unknown> {
  const good = goodValue(schema, options, name);
  if (options.oneIn === 0) return good;
  return fc.oneof(
    { weight: options.oneIn - 1, arbitrary: good },
    { weight: 1, arbitrary: fc.oneof(anything, hardText) },
  );
}

function goodValue(schema: Schema, options: Spoiling, name: string): Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return fc.oneof(...either.map((one) => valueOf(one, options, name)));
  if (schema.allOf) return goodValue(Object.assign({}, ...schema.allOf) as Schema, options, name);
  if (Array.isArray(schema.type)) {
    return fc.oneof(...(schema.type as string[]).map((type) => goodValue({ ...schema, type }, options, name)));
  }
  switch (schema.type) {
    case 'object':
      return object(schema, options);
    case 'array':
      return array(schema, options, name);
    case 'string':
      return text(schema, options.known[name] ?? []);
    case 'integer':
      return whole(schema);
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return anything;
  }
}

function object(schema: Schema, options: Spoiling): Arbitrary<unknown> {
  const fields = Object.entries(schema.properties ?? {});
  const values = fc.record(
    Object.fromEntries(fields.map(([name, field]) => [name, valueOf(field, options, name)])),
    // A spoilt object may lack anything.
    options.oneIn === 0 ? { requiredKeys: [...(schema.required ?? [])] } : { requiredKeys: spared(schema.required) },
  );
  const isOpen = typeof schema.additionalProperties === 'object' || options.oneIn > 0;
  if (!isOpen) return values;
  const more =
    typeof schema.additionalProperties === 'object' ? valueOf(schema.additionalProperties, options) : anything;
  const extra = fc.dictionary(fc.oneof(fc.string({ maxLength: 8 }), hardText), more, { maxKeys: 2 });
  return fc.tuple(values, fc.option(extra, { nil: {}, freq: 6 })).map(([own, others]) => ({ ...others, ...own }));
}

/** All required fields but perhaps the last: leaving out several at once is found out at the first. */
function spared(required: readonly string[] = []): string[] {
  return required.slice(0, -1);
}

function array(schema: Schema, options: Spoiling, name: string): Arbitrary<unknown> {
  const minLength = schema.minItems ?? 0;
  const maxLength = Math.min(schema.maxItems ?? minLength + 3, minLength + 3);
  return fc.array(valueOf(schema.items ?? {}, options, name.replace(/s$/, '')), { minLength, maxLength });
}

function text(
  { format, pattern, minLength = 0, maxLength = 40 }: Schema,
  known: readonly unknown[],
): Arbitrary<unknown> {
  const fitting = (): Arbitrary<string> => {
    if (format === 'uuid') return fc.uuid();
    if (format === 'date-time') return fc.date({ noInvalidDate: true, min: new Date(0) }).map((at) => at.toISOString());
    if (format === 'uri') return fc.webUrl();
    if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern)).filter((made) => made.length <= 10_000);
    return fc.string({
      unit: 'grapheme',
      minLength,
      maxLength: Math.max(minLength, Math.min(maxLength, minLength + 40)),
    });
  };
  if (known.length === 0) return fitting();
  return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: fitting() });
}

function whole({ minimum = -1_000_000, maximum = 1_000_000 }: Schema): Arbitrary<number> {
  return fc.oneof(fc.integer({ min: minimum, max: Math.min(maximum, 2 ** 31) }), fc.constantFrom(minimum, maximum));
}

/** Text in a path or query: what is known, mixed with what breaks parsers. */
export function word(schema: Schema, options: Spoiling, name: string): Arbitrary<string> {
  const value = valueOf(schema, options, name);
  return value.map((made) => (typeof made === 'string' ? made : (JSON.stringify(made) ?? '')));
}

/** Tokens of lists that nobody gave out: cut, of another list, with values that the database has no type for. */
export const brokenContinuation: Arbitrary<string> = fc.oneof(
  hardText,
  fc.base64String({ maxLength: 40 }),
  fc
    .array(
      fc.oneof(
        hardText,
        fc.uuid(),
        fc.date({ noInvalidDate: true }).map((at) => at.toISOString()),
        fc.nat().map(String),
      ),
      {
        maxLength: 5,
      },
    )
    .map((key) => Buffer.from(JSON.stringify(key)).toString('base64url')),
  anything.map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
);
