import type { OpenApiDocument } from './describe-openapi.mjs';

export interface SwaggerParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'body';
  readonly required: boolean;
  readonly type?: string;
  readonly [more: string]: unknown;
}

export interface SwaggerOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters?: readonly SwaggerParameter[];
  readonly responses: Readonly<Record<string, { readonly description: string; readonly schema?: object }>>;
  readonly [more: string]: unknown;
}

export interface SwaggerDefinition {
  readonly basePath: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, SwaggerOperation>>>>;
  readonly definitions: Readonly<Record<string, object>>;
  readonly [more: string]: unknown;
}

export interface ConnectorDescription {
  readonly definition: SwaggerDefinition;
  readonly runtime: SwaggerDefinition;
  readonly properties: { readonly properties: Readonly<Record<string, unknown>> };
}

/** How a connector is shown; `scripts/connectors` has them. */
export interface ConnectorAnnotations {
  readonly family: {
    readonly parameters: Readonly<Record<string, object>>;
    readonly rows: Readonly<Record<string, object>>;
    readonly leftOut?: readonly string[];
  };
}

export function describeConnectors(
  document: OpenApiDocument,
  kinds: readonly string[],
  connectors?: Readonly<Record<string, ConnectorAnnotations>>,
): Readonly<Record<string, ConnectorDescription>>;
export function connectorFiles(connector: ConnectorDescription): Readonly<Record<string, object>>;
export function printConnector(file: object): string;
