import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { readComments } from './openapi-comments.mjs';
import { ARM_CONDITIONS, ARM_QUERY, BODIES, COMPONENTS, PATH_PARAMETERS, SURFACES } from './openapi-components.mjs';
import { CONNECTOR_HEADERS, CONNECTOR_INPUTS } from './openapi-connectors.mjs';

/** Settings that a start needs and a description does not: nothing is contacted. */
const PLACEHOLDERS = {
  TIDEGATE_PUBLIC_URL: 'https://tidegate.example',
  DATABASE_URL: 'postgresql://localhost/none',
  TIDEGATE_AUDIENCES: 'api://tidegate',
  TIDEGATE_SCOPE: 'api://tidegate/user_impersonation',
  TIDEGATE_CLIENT_ID: 'none',
  TIDEGATE_TENANTS: 'any',
  TIDEGATE_VAULT_URL: 'https://vault.example',
  TIDEGATE_RELAY_FILE: 'none.json',
};

/** The kinds of source whose operations have their names without the kind behind them: the others came later. */
const FIRST_KINDS = ['postgresql', 'filesystem'];

const KNOWN_FORMATS = new Set(['uuid', 'date-time']);

const DESCRIPTION =
  'Every route of the control plane, surface by surface. People and programs come with an access token of the directory. ' +
  'A failure carries a code that docs/errors.md explains, and what to do about it.';

/** What a route is shown with whose answers nobody declared; a test finds it. */
const UNDECLARED = { description: 'Not declared.' };

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/**
 * The document of every route of the application, from the routes themselves: no provider is made, nothing is contacted.
 *
 * @param root of the repository, whose controllers' comments become descriptions
 * @param parts of the program, compiled or not: the test and the script have each their own
 */
export async function describeOpenApi(root, parts) {
  const config = parts.readConfig(PLACEHOLDERS);
  const app = await NestFactory.create(parts.AppModule.with(config), parts.createHttpAdapter(config), {
    preview: true,
    logger: false,
    bodyParser: false,
    abortOnError: false,
  });
  const handlers = new Map();
  const base = new DocumentBuilder().setOpenAPIVersion('3.1.0').setTitle('Tidegate').setVersion(parts.version);
  base.setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0');
  base.setDescription(DESCRIPTION);
  for (const { tag, description } of SURFACES) if (description !== undefined) base.addTag(tag, description);
  const document = SwaggerModule.createDocument(app, base.build(), {
    standardSchemaConverter: (schema, { schemaType }) => ({ schema: jsonSchema(schema, schemaType) }),
    operationIdFactory: (controller, key) => {
      // A method with several paths comes with the place of each behind its name.
      const method = key.replace(/\[\d+\]$/, '');
      const id = `${nounOf(controller)}.${method}`;
      handlers.set(id, { controller, method });
      return id;
    },
  });
  const classes = controllersOf(app);
  const comments = readComments(root);
  document.components = structuredClone(COMPONENTS);
  document.servers = [{ url: '/' }];
  document.paths = Object.fromEntries(
    Object.entries(document.paths)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, item]) => [path, METHODS.filter((method) => item[method]).map((method) => [method, item[method]])])
      .map(([path, operations]) => [
        path,
        Object.fromEntries(operations.map(([method, operation]) => [method, finish(path, method, operation)])),
      ]),
  );
  return document;

  function finish(path, method, operation) {
    const surface = SURFACES.find(({ prefix }) => path.startsWith(prefix));
    const id = [...handlers.keys()].find(
      (each) => operation.operationId === each || operation.operationId === `${each}_${method}`,
    );
    const handler = handlers.get(id);
    const isPass = operation.operationId !== id;
    const inputs = CONNECTOR_INPUTS[id] ?? {};
    const description = comments.get(`${handler.controller}.${handler.method}`) ?? comments.get(handler.controller);
    const parameters = [
      ...pathParameters(path),
      // Nest takes every header that a handler reads for one that must be there; ours are all optional.
      ...(operation.parameters ?? [])
        .filter((parameter) => parameter.in !== 'path')
        .map((parameter) => (parameter.in === 'header' ? { ...parameter, required: false } : parameter)),
      ...(inputs.parameters ?? []),
      ...(surface.tag === 'connectors' ? CONNECTOR_HEADERS : []),
      ...(surface.tag === 'arm' ? [...ARM_QUERY, ...(method === 'get' ? [] : ARM_CONDITIONS)] : []),
    ];
    const body =
      inputs.body ?? BODIES[id] ?? operation.requestBody?.content ?? (isPass ? passedBody(method) : undefined);
    const declared = answersOf(classes.get(handler.controller), handler.method);
    return {
      operationId: isPass ? `${id}.${method}${path.endsWith('{path}') ? 'Path' : ''}` : ownId(id, path),
      tags: [surface.tag],
      summary: summaryOf(id),
      ...(description && { description }),
      security: securityOf(classes.get(handler.controller), handler.method),
      ...(parameters.length > 0 && { parameters }),
      ...(body && { requestBody: { required: operation.requestBody !== undefined, content: body } }),
      responses: {
        ...(declared
          ? Object.fromEntries(Object.entries(declared).map(([status, answer]) => [status, declaredAnswer(answer)]))
          : Object.fromEntries(Object.keys(operation.responses).map((status) => [status, UNDECLARED]))),
        default: { $ref: `#/components/responses/${surface.failure}` },
      },
    };
  }

  /** A route that several kinds of source have is an operation for each of them. */
  function ownId(id, path) {
    const kind = /^\/apim\/([^/]+)\//.exec(path)?.[1];
    if (kind === undefined) return id;
    const isRepeated = FIRST_KINDS.some(
      (first) => first !== kind && path.replace(`/apim/${kind}/`, `/apim/${first}/`) in document.paths,
    );
    return isRepeated && !FIRST_KINDS.includes(kind) ? `${id}.${kind}` : id;
  }

  function answersOf(type, method) {
    return Reflect.getMetadata(parts.ANSWERS, type.prototype[method]);
  }

  function declaredAnswer(answer) {
    if (answer === null) return { description: 'Done; there is nothing to say.' };
    const { content = {}, headers } =
      answer instanceof z.ZodType ? { content: { 'application/json': answer } } : answer;
    return {
      description: 'Done.',
      ...(headers && {
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
        ),
      }),
      content: Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema: shown(schema) }])),
    };
  }

  /** Schemas that carry an id become components, once for all operations. */
  function shown(schema) {
    const { properties, $defs = {} } = jsonSchema(z.object({ answer: schema }), 'output');
    for (const [name, definition] of Object.entries($defs)) {
      const component = relocated(nameless(definition));
      const known = (document.components.schemas[name] ??= component);
      if (JSON.stringify(known) !== JSON.stringify(component))
        throw new Error(`two different schemas are called ${name}`);
    }
    return relocated(properties.answer);
  }

  function securityOf(type, method) {
    const handler = type.prototype[method];
    const guards = [type, handler].flatMap((target) => Reflect.getMetadata('__guards__', target) ?? []);
    if (guards.includes(parts.MemberGuard)) return [{ memberToken: [] }];
    if (guards.includes(parts.RegistrantGuard)) return [{ accessToken: [] }, { joinToken: [] }];
    const isPublic = [handler, type].some((target) => Reflect.getMetadata(parts.IS_PUBLIC, target) === true);
    return isPublic ? [] : [{ accessToken: [] }];
  }
}

/** The text of the file: one line an entry, so that changes are seen. */
export function printOpenApi(document) {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Names that schemas of answers carry mean nothing in requests: what is read may be laxer than what is written. */
const NAMELESS = { get: (schema) => nameless(z.globalRegistry.get(schema) ?? {}) };

/** JSON Schema of what is read or written. Formats that everybody knows need no pattern beside them. */
function jsonSchema(schema, io) {
  const converted = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    ...(io === 'input' && { metadata: NAMELESS }),
    override: ({ jsonSchema: at }) => {
      if (KNOWN_FORMATS.has(at.format)) delete at.pattern;
      // Every whole number has these: they say nothing.
      if (at.minimum === Number.MIN_SAFE_INTEGER) delete at.minimum;
      if (at.maximum === Number.MAX_SAFE_INTEGER) delete at.maximum;
      if (io === 'output' && at.additionalProperties === false) delete at.additionalProperties;
    },
  });
  delete converted.$schema;
  return converted;
}

function nameless(schema) {
  const rest = { ...schema };
  delete rest.id;
  return rest;
}

/** @returns the schema with its definitions referred to as components of the document */
function relocated(schema) {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/$defs/', '"$ref":"#/components/schemas/'));
}

function controllersOf(app) {
  const modules = [...app.container.getModules().values()];
  return new Map(
    modules.flatMap(({ controllers }) => [...controllers.values()].map(({ name, metatype }) => [name, metatype])),
  );
}

function pathParameters(path) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: PATH_PARAMETERS[name] ?? { type: 'string' },
  }));
}

/** Routes that pass everything on take any body. */
function passedBody(method) {
  return ['get', 'head', 'options'].includes(method) ? undefined : { '*/*': { schema: {} } };
}

function nounOf(controller) {
  const noun = controller.replace(/Controller$/, '');
  return noun.charAt(0).toLowerCase() + noun.slice(1);
}

/** `gatewayRoleAssignments.list` → `Gateway role assignments: list`. */
function summaryOf(id) {
  const [noun, verb] = id.split('.').map((word) => word.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));
  return `${noun.charAt(0).toUpperCase()}${noun.slice(1)}: ${verb}`;
}
