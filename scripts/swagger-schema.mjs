/** Formats that connectors know; another one is left away, which loses a hint and nothing else. */
const FORMATS = new Set([
  ...['int32', 'int64', 'float', 'double', 'byte', 'binary', 'date', 'date-time', 'password', 'date-no-tz', 'html'],
  'uri',
]);

/** What both languages of schemas have and mean alike. */
const ALIKE = [
  ...['title', 'description', 'default', 'enum', 'minimum', 'maximum', 'minLength', 'maxLength', 'pattern'],
  ...['minItems', 'maxItems', 'uniqueItems', 'required'],
];

/**
 * A schema of the OpenAPI 3.1 document as OpenAPI 2.0 has it. What cannot be said there is left open: a choice between
 * several shapes is any shape.
 *
 * @param define is told the names of the components that the schema leans on
 */
export function swaggerSchema(schema, define) {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1);
    define(name);
    return { $ref: `#/definitions/${name}` };
  }
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) {
    const others = choice.filter(({ type }) => type !== 'null');
    const rest = schema.description === undefined ? {} : { description: schema.description };
    if (others.length !== 1) return rest;
    const only = swaggerSchema(others[0], define);
    return only.$ref ? only : { ...only, ...rest, ...(others.length < choice.length && { 'x-nullable': true }) };
  }
  const types = [schema.type ?? []].flat();
  const [type] = types.filter((each) => each !== 'null');
  return {
    ...(type !== undefined && { type }),
    ...(FORMATS.has(schema.format) && { format: schema.format }),
    ...(types.includes('null') && types.length > 1 && { 'x-nullable': true }),
    ...Object.fromEntries(ALIKE.filter((name) => name in schema).map((name) => [name, schema[name]])),
    ...('const' in schema && { enum: [schema.const] }),
    ...(schema.items && { items: swaggerSchema(schema.items, define) }),
    ...(schema.properties && {
      properties: Object.fromEntries(
        Object.entries(schema.properties).map(([name, each]) => [name, titled(name, swaggerSchema(each, define))]),
      ),
    }),
    ...(type === 'object' && !schema.properties && { additionalProperties: true }),
  };
}

/** Makers choose values by their titles: `LastModified` is Last Modified to them. */
function titled(name, schema) {
  if (schema.$ref) return schema;
  const words = name.replace(/^@odata\./, '').replace(/([a-z\d])([A-Z])/g, '$1 $2');
  return { ...schema, 'x-ms-summary': words.charAt(0).toUpperCase() + words.slice(1) };
}
