const text = { type: 'string' };
const whole = { type: 'integer', minimum: 0 };
const bytes = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
const json = (schema) => ({ 'application/json': { schema } });
const query = (name, schema, required = false) => ({ name, in: 'query', required, schema });
const values = { type: 'object', description: 'Values by the name of the column or parameter.' };

const poll = [
  query('$filter', text),
  query('$select', text),
  query('$top', { type: 'integer', minimum: 1, maximum: 1000 }),
  query('triggerState', text),
];

const environment = {
  name: 'x-ms-client-environment-id',
  in: 'header',
  required: false,
  description: 'The environment the app or flow runs in; needed where the connection is bound to none or several.',
  schema: text,
};

/**
 * What the connector routes take beside their path. They read it from the raw request, since bodies stream and query
 * options are a small language of their own, so it cannot be read off their signatures.
 */
export const CONNECTOR_INPUTS = {
  'items.list': {
    parameters: [
      query('$filter', text),
      query('$orderby', text),
      query('$select', text),
      query('$top', whole),
      query('$skip', whole),
      query('$apply', text),
      query('$skiptoken', text),
      query('$count', { type: 'boolean' }),
    ],
  },
  'triggers.onNewItems': { parameters: poll },
  'triggers.onUpdatedItems': { parameters: [...poll, query('$triggerColumn', text)] },
  'databases.databases': { parameters: [query('server', text, true)] },
  'invoke.refuse': {
    parameters: [
      { name: 'x-ms-request-method', in: 'header', required: true, schema: text },
      { name: 'x-ms-request-url', in: 'header', required: true, schema: text },
    ],
    body: { '*/*': { schema: {} } },
  },
  'items.create': { body: json(values) },
  'items.update': { body: json(values) },
  'query.query': {
    body: json({
      type: 'object',
      properties: { query: { type: 'string', minLength: 1, maxLength: 131_072 }, actualParameters: values },
      required: ['query'],
    }),
  },
  'query.describe': {
    body: json({
      type: 'object',
      properties: { query: text, formalParameters: { type: 'object', additionalProperties: text } },
    }),
  },
  'procedures.run': { body: json(values) },
  'files.create': { body: bytes },
  'files.replace': { body: bytes },
};

/** Every connector route takes the environment of its caller in a header. */
export const CONNECTOR_HEADERS = [environment];
