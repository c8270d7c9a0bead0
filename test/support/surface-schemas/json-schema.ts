/** A JSON Schema of 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

type Properties = Readonly<Record<string, JsonSchema>>;

export const TEXT: JsonSchema = { type: 'string' };
export const FLAG: JsonSchema = { type: 'boolean' };
export const COUNT: JsonSchema = { type: 'integer', minimum: 0 };
export const GUID: JsonSchema = { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' };
export const BASE64: JsonSchema = { type: 'string', pattern: '^[A-Za-z0-9+/]{2,}={0,2}$' };
/** A sealed credential: two texts in base64 behind one another, so padding may stand in the middle. */
export const SEALED: JsonSchema = { type: 'string', pattern: '^[A-Za-z0-9+/]{300,}={0,2}[A-Za-z0-9+/]{80,}={0,2}$' };
export const TIME: JsonSchema = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$' };
export const ADDRESS: JsonSchema = { type: 'string', pattern: '^https?://' };
/** JSON inside a string. */
export const JSON_TEXT: JsonSchema = { type: 'string', contentMediaType: 'application/json', pattern: '^\\{.*\\}$' };
/** Anything at all, and nothing known about it. */
export const OPEN: JsonSchema = { type: 'object' };

export function words(...known: readonly string[]): JsonSchema {
  return { enum: known };
}

export function listOf(items: JsonSchema): JsonSchema {
  return { type: 'array', items };
}

export function orNull(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, { type: 'null' }] };
}

/**
 * An object that has these keys and no others. Names that end in a question mark may be absent.
 *
 * @param ours keys that the documented API does not know and that are answered beside its own
 */
export function closed(properties: Properties, ours: Properties = {}): JsonSchema {
  const all = Object.entries({ ...properties, ...ours });
  return {
    type: 'object',
    properties: Object.fromEntries(all.map(([name, schema]) => [name.replace(/\?$/, ''), schema])),
    required: all.filter(([name]) => !name.endsWith('?')).map(([name]) => name),
    additionalProperties: false,
  };
}

/** As `closed`, and further keys are nobody's business. */
export function loose(properties: Properties): JsonSchema {
  return { ...closed(properties), additionalProperties: true };
}
