import { z } from 'zod';
import { SOURCE_KINDS } from '../../../contract/targets.js';

export const connectorListSchema = z.object({
  value: z.array(
    z
      .object({
        name: z.enum(SOURCE_KINDS),
        displayName: z.string(),
        apiDefinitionUrl: z.url(),
        apiPropertiesUrl: z.url(),
        runtimeDefinitionUrl: z.url(),
      })
      .meta({ id: 'Connector' }),
  ),
});

/** OpenAPI 2.0; its own schema is long, and a test holds the files to the rules of connectors. */
export const swaggerSchema = z.looseObject({
  swagger: z.literal('2.0'),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  host: z.string(),
  basePath: z.string(),
  paths: z.looseObject({}),
});

export const apiPropertiesSchema = z.object({
  properties: z.looseObject({ connectionParameters: z.looseObject({}), capabilities: z.array(z.string()) }),
});
