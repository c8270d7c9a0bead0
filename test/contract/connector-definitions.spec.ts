import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { CONNECTORS } from '../../scripts/connectors/connectors.mjs';
import {
  connectorFiles,
  describeConnectors,
  printConnector,
  type ConnectorDescription,
  type SwaggerDefinition,
} from '../../scripts/describe-connectors.mjs';
import type { OpenApiDocument } from '../../scripts/describe-openapi.mjs';
import { DomainError } from '../../src/common/errors/domain-error.js';
import { SOURCE_KINDS, type SourceKind } from '../../src/contract/targets.js';
import { ConnectorDefinitionsController } from '../../src/modules/connector-api/definitions/connector-definitions.controller.js';
import { SOURCE_KIND_ENTRIES } from '../../src/modules/connections/source-kinds.policy.js';
import { testConfig } from '../support/app.js';
import { currentOpenApi, ROOT } from '../support/openapi.js';
import { faultsOf } from './connector-rules.js';

const FOLDER = join(ROOT, 'docs/connectors');

/** A copy with one thing changed in it. */
function changed<T>(value: T, change: (copy: never) => void): T {
  const copy = structuredClone(value);
  change(copy as never);
  return copy;
}

describe('the definitions of connectors', () => {
  let document: OpenApiDocument;
  let connectors: Readonly<Record<string, ConnectorDescription>>;
  const of = (kind: SourceKind) => connectors[kind] as ConnectorDescription;
  const operationsOf = ({ paths }: SwaggerDefinition) => Object.values(paths).flatMap((item) => Object.values(item));
  const operation = (definition: SwaggerDefinition, id: string) =>
    operationsOf(definition).find(({ operationId }) => operationId === id);
  beforeAll(async () => {
    document = await currentOpenApi();
    connectors = describeConnectors(document, SOURCE_KINDS);
  });

  it('are what docs/connectors says, a folder for each kind of source', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(SOURCE_KIND_ENTRIES.map(({ kind }) => kind).sort());
    for (const kind of SOURCE_KINDS) {
      const files = connectorFiles(of(kind));
      expect(readdirSync(join(FOLDER, kind)).sort()).toEqual(Object.keys(files).sort());
      for (const [name, file] of Object.entries(files)) {
        expect(readFileSync(join(FOLDER, kind, name), 'utf8'), `${kind}/${name}`).toBe(printConnector(file));
      }
    }
  });

  it.each(SOURCE_KINDS)('have every route of %s in them, and nothing else', (kind) => {
    const base = `/apim/${kind}/{connectionId}`;
    const leftOut = CONNECTORS[kind]?.family.leftOut ?? [];
    const routes = Object.entries(document.paths)
      .filter(([path]) => path === base || path.startsWith(`${base}/`))
      .flatMap(([path, item]) =>
        Object.keys(item).map((method) => `${method.toUpperCase()} ${path.slice(base.length) || '/'}`),
      )
      .filter((route) => !leftOut.includes(route));
    const { definition, runtime } = of(kind);
    const shown = ({ paths }: SwaggerDefinition, prefix: string) =>
      Object.entries(paths).flatMap(([path, item]) =>
        Object.keys(item).map((method) => `${method.toUpperCase()} ${path.slice(prefix.length) || '/'}`),
      );
    expect(shown(definition, '').sort()).toEqual(routes.sort());
    expect(shown(runtime, '/{connectionId}').sort()).toEqual(routes);
  });

  it('are refused for a route that nobody says how to show, for a word about no route, and for a new kind', () => {
    const path = '/apim/filesystem/{connectionId}/datasets/default/new';
    const grown = changed(document, (copy: { paths: Record<string, object> }) => {
      copy.paths[path] = { get: { operationId: 'new', responses: {} } };
    });
    expect(() => describeConnectors(grown, ['filesystem'])).toThrow(/GET \/datasets\/default\/new/);
    const shrunk = changed(document, (copy: { paths: Record<string, object> }) => {
      delete copy.paths['/apim/filesystem/{connectionId}/datasets/default/files/{id}/content'];
    });
    expect(() => describeConnectors(shrunk, ['filesystem'])).toThrow(/no route GET .*content/);
    const asked = changed(document, (copy: { paths: Record<string, { get: { parameters: object[] } }> }) => {
      const query = { name: 'colour', in: 'query', required: false, schema: { type: 'string' } };
      copy.paths['/apim/filesystem/{connectionId}/datasets/default/folders']?.get.parameters.push(query);
    });
    expect(() => describeConnectors(asked, ['filesystem'])).toThrow(/parameter colour/);
    expect(() => describeConnectors(document, [...SOURCE_KINDS, 'fax'])).toThrow(/fax/);
  });

  it.each(SOURCE_KINDS)('of %s follow the rules of the platform', (kind) => {
    expect(faultsOf(of(kind).definition)).toEqual([]);
    expect(faultsOf(of(kind).runtime)).toEqual([]);
  });

  it.each([
    ['x-ms-editor', '"operationId":"GetFileMetadata"', '"operationId":"GetFileMetadata","x-ms-editor":"x"'],
    ['summary', '"summary":"Get file metadata"', '"summary":"Get a file."'],
    ['description', '"description":"Path of the folder that the file is made in."', '"x-ms-test-value":"/a"'],
    ['format', '"format":"binary"', '"format":"mquery"'],
    ['two operations', '"operationId":"CreateFile"', '"operationId":"CopyFile"'],
    ['leads nowhere', '"$ref":"#/definitions/BlobMetadata"', '"$ref":"#/definitions/Absent"'],
    ['no operation', '"testConnection":{"operationId":"TestConnection"', '"testConnection":{"operationId":"Absent"'],
    ['without a default', '"x-ms-summary":"File name"', '"x-ms-summary":"File name","x-ms-visibility":"internal"'],
    ['parts of the path', '"/datasets/default/files/{id}"', '"/datasets/default/files/{key}"'],
    ['capability', '"file-picker":', '"file-chooser":'],
    ['host', '"host":"', '"host":"https://'],
  ])('would be found to break them: %s', (fault, from, to) => {
    const text = JSON.stringify(of('filesystem').definition);
    expect(text).toContain(from);
    expect(faultsOf(JSON.parse(text.replace(from, to)) as SwaggerDefinition).join('\n')).toContain(fault);
  });

  it('tell makers of rows what their tables hold, page by page, and let the platform ask for names', () => {
    const { definition, runtime } = of('postgresql');
    const items = operation(definition, 'GetItems');
    expect(items).toMatchObject({ 'x-ms-pageable': { nextLinkName: '@odata.nextLink' } });
    const table = items?.parameters?.find(({ name }) => name === 'table');
    expect(table).toMatchObject({
      'x-ms-url-encoding': 'double',
      'x-ms-dynamic-values': {
        operationId: 'GetTables',
        parameters: { dataset: { parameter: 'dataset' } },
        'value-collection': 'value',
        'value-path': 'Name',
        'value-title': 'DisplayName',
      },
    });
    expect(definition.definitions['Item']).toMatchObject({ 'x-ms-dynamic-schema': { operationId: 'GetTable' } });
    const connection = operation(runtime, 'GetItems')?.parameters?.[0];
    expect(connection).toMatchObject({ name: 'connectionId', in: 'path', 'x-ms-visibility': 'internal' });
    expect(runtime.basePath).toBe('/apim/postgresql');
  });

  it('have triggers that the flow engine polls, and no notifications', () => {
    const triggers = SOURCE_KINDS.flatMap((kind) => operationsOf(of(kind).definition)).filter(
      (one) => 'x-ms-trigger' in one,
    );
    expect(triggers.length).toBeGreaterThanOrEqual(4);
    for (const trigger of triggers) {
      expect(trigger['x-ms-trigger-metadata']).toEqual({ kind: 'query', mode: 'polling' });
      expect(Object.keys(trigger.responses)).toEqual(expect.arrayContaining(['200', '202']));
    }
    expect(JSON.stringify(connectors)).not.toContain('x-ms-notification');
  });

  it.each(SOURCE_KINDS)('of %s come with properties that offer the gateway', (kind) => {
    const { properties } = of(kind).properties as unknown as {
      properties: {
        capabilities: string[];
        connectionParameters: Record<string, { type: string; uiDefinition: { constraints: object } }>;
        policyTemplateInstances: { templateId: string; parameters: Record<string, unknown> }[];
      };
    };
    expect(properties.capabilities).toContain('gateway');
    expect(properties.connectionParameters['gateway']).toEqual({
      type: 'gatewaySetting',
      gatewaySettings: { dataSourceType: 'CustomConnector', connectionDetails: [] },
      uiDefinition: { constraints: { tabIndex: 4, required: 'true', capability: ['gateway'] } },
    });
    expect(properties.connectionParameters['authType']).toMatchObject({ allowedValues: [{ value: 'none' }] });
    const types = ['string', 'securestring', 'int', 'bool', 'oauthSetting', 'gatewaySetting'];
    for (const { type } of Object.values(properties.connectionParameters)) expect(types).toContain(type);
    const [host, ...paging] = properties.policyTemplateInstances;
    expect(host?.parameters['x-ms-apimTemplateParameter.urlTemplate']).toContain(
      `/apim/${kind}/@connectionParameters(`,
    );
    const paged = operationsOf(of(kind).definition).filter((one) => 'x-ms-pageable' in one);
    const followed = paging.flatMap(({ parameters }) => parameters['x-ms-apimTemplate-operationName'] as string[]);
    expect(followed.sort()).toEqual(paged.map(({ operationId }) => operationId).sort());
  });

  describe('are served', () => {
    const controller = new ConnectorDefinitionsController({
      ...testConfig('postgresql://localhost/none'),
      publicUrl: 'http://gate.example:8443',
      audiences: ['api://own'],
      scope: 'api://own/use',
      clientId: 'client-of-$&',
    });

    it('with the address and the directory of the installation in them', () => {
      for (const kind of SOURCE_KINDS) {
        const definition = controller.definition(kind);
        expect(definition).toMatchObject({
          host: 'gate.example:8443',
          schemes: ['http'],
          security: [{ directory: ['api://own/use'] }],
        });
        const text = JSON.stringify([definition, controller.properties(kind), controller.runtime(kind)]);
        expect(text).not.toMatch(/tidegate\.example|api:\/\/tidegate|00000000/);
        expect(text).toContain(`http://gate.example:8443/apim/${kind}/@connectionParameters('connectionId')`);
        expect(text).toContain('client-of-$&');
        expect(faultsOf(definition as unknown as SwaggerDefinition)).toEqual([]);
      }
    });

    it('by the names in their list, and by no other', () => {
      expect(controller.list().value.map(({ name }) => name)).toEqual(SOURCE_KINDS);
      for (const name of ['', 'fax', '..', '../openapi', '__proto__']) {
        expect(() => controller.definition(name), name).toThrow(DomainError);
      }
    });
  });
});
