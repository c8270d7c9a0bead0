import type { OpenApiDocument } from './describe-openapi.mjs';

export function describeClient(document: OpenApiDocument): Promise<string>;
