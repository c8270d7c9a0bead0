/** What the document is made of. */
export interface OpenApiParts {
  readonly AppModule: unknown;
  readonly readConfig: unknown;
  readonly createHttpAdapter: unknown;
  readonly IS_PUBLIC: string;
  readonly ANSWERS: string;
  readonly MemberGuard: unknown;
  readonly RegistrantGuard: unknown;
  readonly version: string;
}

export interface OpenApiParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Readonly<Record<string, unknown>>;
}

export interface OpenApiOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly OpenApiParameter[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Readonly<Record<string, { readonly schema: Readonly<Record<string, unknown>> }>>;
  };
  readonly responses: Readonly<Record<string, unknown>>;
}

export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
}

export function describeOpenApi(root: string, parts: OpenApiParts): Promise<OpenApiDocument>;
export function printOpenApi(document: OpenApiDocument): string;
