import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeClient } from '../../scripts/describe-client.mjs';
import { printOpenApi, type OpenApiDocument } from '../../scripts/describe-openapi.mjs';
import { CATALOGUE } from '../../src/common/errors/catalogue.js';
import type { Failure } from '../../src/common/errors/failure.js';
import { renderConnector, renderFabric, renderPowerBi, renderProblem } from '../../src/common/errors/render.js';
import { currentOpenApi, ROOT, routesOf, type Route } from '../support/openapi.js';

describe('the OpenAPI document', () => {
  let document: OpenApiDocument;
  let routes: Route[];
  beforeAll(async () => {
    document = await currentOpenApi();
    routes = routesOf(document);
  });

  it('is what docs/openapi/tidegate.json says', () => {
    expect(readFileSync(join(ROOT, 'docs/openapi/tidegate.json'), 'utf8')).toBe(printOpenApi(document));
  });

  it('is what the types of the client are made of', async () => {
    const known = readFileSync(join(ROOT, 'docs/openapi/tidegate.json'), 'utf8');
    const types = await describeClient(JSON.parse(known) as OpenApiDocument);
    expect(readFileSync(join(ROOT, 'src/client/schema.ts'), 'utf8')).toBe(types);
  });

  it('says of every operation what it answers with', () => {
    const undeclared = routes.filter(({ operation }) => JSON.stringify(operation.responses).includes('Not declared.'));
    expect(undeclared.map(({ operation }) => operation.operationId)).toEqual([]);
  });

  it('is valid OpenAPI 3.1 by the specification’s own schema', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    // spec.openapis.org/oas/3.1/schema/2022-10-07, Apache-2.0. Ajv takes its dynamic reference for one to the whole
    // document; without another dialect in play it means the definition beside it.
    const text = readFileSync(join(import.meta.dirname, 'openapi-3.1-schema.json'), 'utf8');
    const isValid = ajv.compile(JSON.parse(text.replaceAll('"$dynamicRef": "#meta"', '"$ref": "#/$defs/schema"')));
    expect(isValid(document), JSON.stringify(isValid.errors?.slice(0, 3))).toBe(true);
    expect(isValid({ ...document, paths: { 'no-slash': {} } })).toBe(false);
  });

  it('has only references that lead somewhere, and schemas that a validator takes', () => {
    const references = JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g);
    for (const [, place = ''] of references) {
      const found = place.split('/').reduce<unknown>((at, step) => (at as Record<string, unknown>)?.[step], document);
      expect(found, place).toBeDefined();
    }
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const { operation } of routes) {
      const schemas = [
        ...Object.values(operation.requestBody?.content ?? {}).map(({ schema }) => schema),
        ...(operation.parameters ?? []).map(({ schema }) => schema),
        ...Object.values(operation.responses).flatMap(schemasOf),
      ];
      for (const schema of schemas) expect(ajv.validateSchema(schema), operation.operationId).toBe(true);
    }
  });

  it('names every operation once and says who may call it', () => {
    const ids = routes.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(routes.length).toBeGreaterThan(60);
    for (const { operation, path } of routes) {
      expect(operation.summary, path).toMatch(/^[A-Z]/);
      expect(operation.tags, path).toHaveLength(1);
      expect(Array.isArray(operation.security), path).toBe(true);
      expect(operation.responses, path).toHaveProperty('default');
    }
  });

  it('has each part of a path as a parameter', () => {
    for (const { path, operation } of routes) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(declared.map(({ name }) => name)).toEqual(inPath);
    }
  });

  it('describes the failures that the surfaces answer with', () => {
    const { status, text: message, hop, outcome, retryable, remedy } = CATALOGUE.GATEWAY_NAME_TAKEN;
    const failure: Failure = {
      ...{ status, code: 'GATEWAY_NAME_TAKEN', message, hop, outcome, retryable, remedy },
      details: { gatewayId: 'x', bound: 2 },
      traceId: 'f'.repeat(32),
    };
    const bodies = {
      FabricError: renderFabric(failure).body,
      ConnectorError: renderConnector(failure, 'host').body,
      Problem: renderProblem(failure).body,
      PowerBiError: renderPowerBi(failure).body,
    };
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const [name, body] of Object.entries(bodies)) {
      const schema = { ...document.components.schemas[name], additionalProperties: false };
      expect(ajv.validate(schema, body), `${name}: ${ajv.errorsText()}`).toBe(true);
    }
  });
});

function schemasOf(response: unknown): object[] {
  const { content = {} } = response as { content?: Record<string, { schema: object }> };
  return Object.values(content).map(({ schema }) => schema);
}
