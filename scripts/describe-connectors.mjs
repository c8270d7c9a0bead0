import { CONNECTORS } from './connectors/connectors.mjs';
import { PLACES } from './connectors/places.mjs';
import { connectorProperties } from './connectors/properties.mjs';
import { swaggerSchema } from './swagger-schema.mjs';

/** The platform sends it by itself: no maker fills it in. */
const SENT_BY_PLATFORM = new Set(['x-ms-client-environment-id']);

const CONNECTION = {
  name: 'connectionId',
  in: 'path',
  required: true,
  type: 'string',
  'x-ms-summary': 'Connection',
  description: 'Id of the connection; the platform fills it in.',
  'x-ms-visibility': 'internal',
};

/**
 * Connectors as the platform imports them, in OpenAPI 2.0, a kind of source each. Paths, parameters and answers are those
 * of the routes; how they are shown to makers stands in `scripts/connectors`.
 *
 * @param document OpenAPI 3.1 of the routes
 * @param kinds of sources there are
 * @returns by kind: the definition to import and its properties, and the definition for clients that call the connection itself
 * @throws Error for a route that nobody annotated, and for an annotation without a route
 */
export function describeConnectors(document, kinds, connectors = CONNECTORS) {
  return Object.fromEntries(
    kinds.map((kind) => {
      const connector = connectors[kind];
      if (!connector) throw new Error(`${kind}: add it to scripts/connectors`);
      const operations = operationsOf(document, kind, connector.family);
      const runtime = definition(document, { kind, connector, operations, isRuntime: true });
      const imported = definition(document, { kind, connector, operations, isRuntime: false });
      return [kind, { definition: imported, runtime, properties: connectorProperties(kind, connector, operations) }];
    }),
  );
}

/** Each file of a connector, by its name. */
export function connectorFiles({ definition: imported, runtime, properties }) {
  return {
    'apiDefinition.swagger.json': imported,
    'apiProperties.json': properties,
    'runtime.swagger.json': runtime,
  };
}

export function printConnector(file) {
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Routes with their annotations. */
function operationsOf(document, kind, { rows, leftOut = [] }) {
  const base = `/apim/${kind}/{connectionId}`;
  const found = Object.entries(document.paths)
    .filter(([path]) => path === base || path.startsWith(`${base}/`))
    .flatMap(([path, item]) =>
      Object.entries(item).map(([method, route]) => ({ method, path: path.slice(base.length) || '/', route })),
    )
    .map((each) => ({ ...each, key: `${each.method.toUpperCase()} ${each.path}` }));
  const wanted = found.filter(({ key }) => !leftOut.includes(key));
  const bare = wanted.filter(({ key }) => !rows[key]).map(({ key }) => key);
  if (bare.length > 0) throw new Error(`${kind}: nothing in scripts/connectors says how to show ${bare.join(', ')}`);
  const idle = [...Object.keys(rows), ...leftOut].filter((key) => !found.some((each) => each.key === key));
  if (idle.length > 0) throw new Error(`${kind}: there is no route ${idle.join(', ')}`);
  return wanted.map((each) => ({ ...each, row: rows[each.key] }));
}

function definition(document, { kind, connector, operations, isRuntime }) {
  const { title, description, category, family } = connector;
  const definitions = {};
  const define = (name) => {
    if (name in definitions) return;
    definitions[name] = {};
    definitions[name] = swaggerSchema(document.components.schemas[name], define);
  };
  const paths = {};
  for (const operation of operations) {
    const path = isRuntime ? `/{connectionId}${operation.path === '/' ? '' : operation.path}` : operation.path;
    (paths[path] ??= {})[operation.method] = described(operation, { kind, family, define, isRuntime });
  }
  const { host, protocol } = new URL(PLACES.publicUrl);
  return {
    swagger: '2.0',
    info: { title, description, version: document.info.version, license: document.info.license },
    host,
    basePath: isRuntime ? `/apim/${kind}` : '/',
    schemes: [protocol.slice(0, -1)],
    consumes: ['application/json'],
    produces: ['application/json'],
    paths,
    definitions: { ...definitions, ...family.definitions },
    securityDefinitions: {
      directory: {
        type: 'oauth2',
        flow: 'accessCode',
        authorizationUrl: 'https://login.microsoftonline.com/common/oauth2/authorize',
        tokenUrl: 'https://login.microsoftonline.com/common/oauth2/token',
        scopes: { [PLACES.scope]: 'Calls made in the name of whoever made the connection.' },
      },
    },
    security: [{ directory: [PLACES.scope] }],
    'x-ms-connector-metadata': [
      { propertyName: 'Website', propertyValue: PLACES.publicUrl },
      { propertyName: 'Privacy policy', propertyValue: PLACES.publicUrl },
      { propertyName: 'Categories', propertyValue: category },
    ],
    ...capabilitiesOf(family),
  };
}

function capabilitiesOf({ testConnection, capabilities }) {
  const all = {
    ...(testConnection && { testConnection: { operationId: testConnection, parameters: {} } }),
    ...capabilities,
  };
  return Object.keys(all).length === 0 ? {} : { 'x-ms-capabilities': all };
}

function described({ key, row, route }, { kind, family, define, isRuntime }) {
  const { operationId, summary, description, visibility, trigger, context, pageable } = row;
  const given = (route.parameters ?? [])
    .filter(({ name }) => name !== CONNECTION.name && !SENT_BY_PLATFORM.has(name))
    .map((parameter) =>
      shownParameter(
        parameter,
        row.parameters?.[parameter.name] ?? family.parameters[parameter.name],
        `${kind}: ${key}`,
      ),
    );
  const body = bodyOf(route, row, define);
  const parameters = [...(isRuntime ? [CONNECTION] : []), ...given, ...(body ? [body.parameter] : [])];
  return {
    operationId,
    summary,
    description,
    ...(visibility && { 'x-ms-visibility': visibility }),
    ...(trigger && {
      'x-ms-trigger': trigger,
      'x-ms-trigger-metadata': { kind: 'query', mode: 'polling' },
      'x-ms-trigger-hint': 'Change something there, and wait for the flow to look.',
    }),
    ...(context && { 'x-ms-operation-context': context }),
    ...(pageable && { 'x-ms-pageable': { nextLinkName: pageable } }),
    ...(body?.consumes && { consumes: body.consumes }),
    ...(parameters.length > 0 && { parameters }),
    responses: responsesOf(route, row, define),
  };
}

function shownParameter({ name, in: place, required, schema }, shown, where) {
  if (!shown) throw new Error(`${where}: nothing in scripts/connectors says how to show the parameter ${name}`);
  const { type = 'string', ...rest } = shown.as ?? plainSchema(schema);
  return {
    name,
    in: place,
    required: required || (shown.required ?? false),
    type,
    ...rest,
    ...(shown.initial !== undefined && { default: shown.initial }),
    'x-ms-summary': shown.summary,
    description: shown.description,
    ...(shown.visibility && { 'x-ms-visibility': shown.visibility }),
    ...(shown.values && { 'x-ms-dynamic-values': shown.values }),
    ...(shown.encoding && { 'x-ms-url-encoding': shown.encoding }),
    ...(shown.isBare && { 'x-ms-skip-url-encoding': true }),
  };
}

/** What a parameter outside of the body can be: ids and patterns are the service's to check. */
function plainSchema(schema) {
  const { type, enum: values, minimum, maximum } = swaggerSchema(schema, () => undefined);
  const isPlain = ['string', 'integer', 'number', 'boolean'].includes(type);
  return {
    type: isPlain ? type : 'string',
    ...(type === 'integer' && { format: 'int32' }),
    ...(values && { enum: values }),
    ...(type === 'integer' && minimum !== undefined && { minimum }),
    ...(type === 'integer' && maximum !== undefined && { maximum }),
  };
}

function bodyOf({ requestBody }, { body }, define) {
  const [[type, content] = []] = Object.entries(requestBody?.content ?? {});
  // What DELETE may carry is passed on, but nobody is asked for it.
  if (type === undefined || (!body && type === '*/*')) return undefined;
  const isJson = type === 'application/json' || type === '*/*';
  return {
    ...(!isJson && { consumes: [type] }),
    parameter: {
      name: body.name,
      in: 'body',
      required: type !== '*/*',
      'x-ms-summary': body.summary,
      description: body.description,
      schema: body.schema ?? swaggerSchema(content.schema, define),
    },
  };
}

function responsesOf({ responses }, { answer }, define) {
  const numbered = Object.entries(responses).filter(([status]) => /^[123]\d\d$/.test(status));
  const described = numbered.map(([status, { content = {} }]) => {
    if (status === '202') return [status, { description: 'Nothing is new; ask again later.' }];
    const declared = content['application/json']?.schema;
    const schema = answer ?? (declared && swaggerSchema(declared, define));
    return [status, { description: 'Done.', ...(schema && { schema }) }];
  });
  const passed = { 200: { description: 'Done.', ...(answer && { schema: answer }) } };
  return {
    ...(described.length > 0 ? Object.fromEntries(described) : passed),
    default: { description: 'The request failed; code and remedy say why.' },
  };
}
