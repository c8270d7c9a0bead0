import type { SwaggerDefinition, SwaggerOperation, SwaggerParameter } from '../../scripts/describe-connectors.mjs';

type Json = Readonly<Record<string, unknown>>;

/**
 * Rules that the platform has for the definitions of connectors, in our words. Keys and extensions: the schema of paconn,
 * microsoft/PowerPlatformConnectors `schemas/apiDefinition.swagger.schema.json` at 1b272466. Texts: "Connector string
 * guidance" and "Coding standards" of its documentation.
 */
const KEYS = {
  root: [
    ...['swagger', 'info', 'host', 'basePath', 'schemes', 'consumes', 'produces', 'paths', 'definitions', 'parameters'],
    ...['responses', 'security', 'securityDefinitions', 'tags', 'externalDocs', 'x-ms-capabilities'],
    'x-ms-connector-metadata',
  ],
  operation: [
    ...['tags', 'summary', 'description', 'externalDocs', 'operationId', 'produces', 'consumes', 'parameters'],
    ...['responses', 'schemes', 'deprecated', 'security', 'x-ms-api-annotation', 'x-ms-no-generic-test'],
    ...['x-ms-notification', 'x-ms-operation-context', 'x-ms-pageable', 'x-ms-safe-operation', 'x-ms-trigger'],
    ...['x-ms-trigger-hint', 'x-ms-trigger-metadata', 'x-ms-visibility', 'x-ms-capabilities'],
  ],
  body: [
    ...['name', 'in', 'description', 'required', 'schema', 'x-ms-summary', 'x-ms-visibility', 'x-ms-test-value'],
    ...['x-ms-dynamic-values', 'x-ms-dynamic-list'],
  ],
  parameter: [
    ...['name', 'in', 'description', 'required', 'type', 'format', 'items', 'collectionFormat', 'default', 'maximum'],
    ...['minimum', 'maxLength', 'minLength', 'pattern', 'enum', 'x-ms-summary', 'x-ms-visibility', 'x-ms-test-value'],
    ...['x-ms-dynamic-values', 'x-ms-dynamic-list', 'x-ms-enum-values', 'x-ms-skip-url-encoding'],
  ],
  schema: [
    ...['$ref', 'format', 'title', 'description', 'default', 'multipleOf', 'maximum', 'minimum', 'maxLength'],
    ...['minLength', 'pattern', 'maxItems', 'minItems', 'uniqueItems', 'maxProperties', 'minProperties', 'required'],
    ...['enum', 'additionalProperties', 'type', 'items', 'allOf', 'properties', 'readOnly', 'example', 'x-nullable'],
    ...['x-ms-summary', 'x-ms-visibility', 'x-ms-dynamic-values', 'x-ms-media-kind', 'x-ms-enum-values'],
  ],
  response: ['description', 'schema', 'headers', 'examples'],
};
const FORMATS = [
  ...['int32', 'int64', 'float', 'double', 'byte', 'binary', 'date', 'date-time', 'password', 'date-no-tz', 'html'],
  'uri',
];
const TYPES = ['string', 'number', 'integer', 'boolean', 'array'];

/** What the platform fills in by itself, and so need have no default although no maker sees it. */
const FILLED_IN = 'connectionId';

const entries = (value: unknown) => Object.entries((value ?? {}) as Record<string, Json>);

/** @returns everything that is wrong with a definition, each with its place */
export function faultsOf(definition: SwaggerDefinition): string[] {
  const faults: string[] = [];
  const check = (isRight: boolean, fault: string) => void (isRight || faults.push(fault));
  const known = (value: object, keys: readonly string[], place: string) => {
    for (const key of Object.keys(value)) check(keys.includes(key), `${place}: ${key} is not known there`);
  };
  const operations = Object.entries(definition.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, place: `${method} ${path}`, operation })),
  );
  const byId = new Map(operations.map(({ operation }) => [operation.operationId, operation]));
  const used = new Set<string>();
  const capabilities = (definition['x-ms-capabilities'] ?? {}) as Json;

  function schema(value: Json, place: string, isTop: boolean): void {
    known(value, [...KEYS.schema, ...(isTop ? ['x-ms-dynamic-schema', 'x-ms-dynamic-properties'] : [])], place);
    const { $ref, format, type, items, properties, additionalProperties } = value;
    if (typeof $ref === 'string') {
      const name = /^#\/definitions\/(\w+)$/.exec($ref)?.[1] ?? '';
      check(name in definition.definitions, `${place}: ${$ref} leads nowhere`);
      used.add(name);
    }
    check(format === undefined || FORMATS.includes(format as string), `${place}: format ${String(format)}`);
    check(!Array.isArray(type), `${place}: several types`);
    check(type !== 'array' || items !== undefined, `${place}: an array of nothing`);
    check(
      !Array.isArray(value['required']) || value['required'].length > 0,
      `${place}: an empty list of what is required`,
    );
    if (items) schema(items as Json, `${place}[]`, false);
    for (const [name, each] of entries(properties)) schema(each, `${place}.${name}`, false);
    if (typeof additionalProperties === 'object') schema(additionalProperties as Json, `${place}.*`, false);
  }

  /**
   * A call that the platform makes while a maker draws: its operation is there, and knows and gets its parameters.
   *
   * @param own parameters of the operation it is made for
   * @param inherited parameters that are passed on as they are
   */
  function call(
    value: unknown,
    place: string,
    own?: readonly SwaggerParameter[],
    inherited: readonly SwaggerParameter[] = [],
  ): void {
    if (value === undefined) return;
    const { operationId, parameters, capability } = value as Json;
    if (typeof capability === 'string') {
      check(Object.hasOwn(capabilities, capability), `${place}: capability ${capability}`);
      return;
    }
    const target = byId.get(operationId as string);
    check(target !== undefined, `${place}: there is no operation ${String(operationId)}`);
    const names = (target?.parameters ?? []).map(({ name }) => name);
    for (const [name, source] of entries(parameters)) {
      check(names.includes(name), `${place}: ${String(operationId)} has no parameter ${name}`);
      const from = typeof source === 'object' ? source['parameter'] : undefined;
      check(
        from === undefined || !own || own.some((one) => one.name === from),
        `${place}: ${String(from)} is not given`,
      );
    }
    const missing = (target?.parameters ?? []).filter(
      ({ name, required, default: preset }) =>
        required &&
        preset === undefined &&
        name !== FILLED_IN &&
        !inherited.some((one) => one.name === name) &&
        !entries(parameters).some(([given]) => given === name),
    );
    check(missing.length === 0, `${place}: ${missing.map(({ name }) => name).join()} is needed there`);
  }

  function texts(summary: unknown, description: unknown, place: string): void {
    check(
      typeof summary === 'string' && /^[A-Z][^/]{0,78}[A-Za-z0-9]$/.test(summary),
      `${place}: summary ${String(summary)}`,
    );
    check(
      typeof description === 'string' && /^[A-Z].{2,}\.$/.test(description),
      `${place}: description ${String(description)}`,
    );
    check(description !== summary && description !== `${String(summary)}.`, `${place}: says the same twice`);
  }

  function parameter(value: SwaggerParameter, place: string, operation: SwaggerOperation): void {
    const isPath = value.in === 'path';
    known(
      value,
      value.in === 'body' ? KEYS.body : [...KEYS.parameter, ...(isPath ? ['x-ms-url-encoding'] : [])],
      place,
    );
    texts(value['x-ms-summary'], value['description'], place);
    if (value.in === 'body') {
      schema(value['schema'] as Json, place, true);
      call((value['schema'] as Json)['x-ms-dynamic-schema'], place, operation.parameters ?? []);
    } else check(TYPES.includes(value.type ?? ''), `${place}: type ${String(value.type)}`);
    check(!isPath || value.required, `${place}: a part of the path is always there`);
    const isHidden = value['x-ms-visibility'] === 'internal' && value.required;
    check(
      !isHidden || value['default'] !== undefined || value.name === FILLED_IN,
      `${place}: needed, hidden, and without a default`,
    );
    check(['single', 'double', undefined].includes(value['x-ms-url-encoding'] as string), `${place}: encoding`);
    call(value['x-ms-dynamic-values'], place, operation.parameters ?? []);
  }

  known(definition, KEYS.root, 'definition');
  const { swagger, info, host, basePath, schemes } = definition as unknown as Record<string, unknown>;
  const { title, description } = info as { title: string; description: string };
  check(swagger === '2.0', 'swagger is not 2.0');
  check(/^[^{}/ :\\]+(:\d+)?$/.test(String(host)), `host ${String(host)}`);
  check(String(basePath).startsWith('/'), `basePath ${String(basePath)}`);
  check(
    (schemes as string[]).every((one) => ['http', 'https'].includes(one)),
    'schemes',
  );
  check(title.length <= 30 && !/\bAPI\b|Power|Microsoft/i.test(`${title} ${description}`), `title ${title}`);
  check(byId.size === operations.length, 'two operations of one name');
  const shapes = Object.keys(definition.paths).map((path) => path.replace(/\{\w+\}/g, '{}'));
  check(new Set(shapes).size === shapes.length, 'two paths that are the same');

  for (const { path, place, operation } of operations) {
    known(operation, KEYS.operation, place);
    check(/^([A-Z][a-z0-9]*)+([A-Z][A-Za-z0-9]*)?$/.test(operation.operationId), `${place}: ${operation.operationId}`);
    texts(operation.summary, operation.description, place);
    const parameters = operation.parameters ?? [];
    for (const each of parameters) parameter(each, `${place}: ${each.name}`, operation);
    const inPath = parameters.filter((each) => each.in === 'path').map(({ name }) => name);
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    check(inPath.sort().join() === named.sort().join(), `${place}: parts of the path`);
    check(new Set(parameters.map((each) => `${each.in} ${each.name}`)).size === parameters.length, `${place}: twice`);
    check(parameters.filter((each) => each.in === 'body').length <= 1, `${place}: two bodies`);
    check(
      Object.keys(operation.responses).some((status) => /^2\d\d$/.test(status)),
      `${place}: no success`,
    );
    for (const [status, response] of Object.entries(operation.responses)) {
      check(/^(\d{3}|default)$/.test(status), `${place}: status ${status}`);
      known(response, KEYS.response, `${place}: ${status}`);
      if (!response.schema) continue;
      schema(response.schema as Json, `${place}: ${status}`, true);
      call((response.schema as Json)['x-ms-dynamic-schema'], `${place}: ${status}`, parameters);
    }
    const trigger = operation['x-ms-trigger'];
    check(['batch', 'single', undefined].includes(trigger as string), `${place}: trigger`);
    call(
      (operation['x-ms-operation-context'] as { simulate?: unknown } | undefined)?.simulate,
      place,
      undefined,
      parameters,
    );
  }
  for (const [name, each] of Object.entries(definition.definitions)) {
    schema(each as Json, name, true);
    call((each as Json)['x-ms-dynamic-schema'], name);
  }
  for (const name of Object.keys(definition.definitions)) check(used.has(name), `${name} is never used`);
  call(capabilities['testConnection'], 'testConnection');
  return faults;
}
