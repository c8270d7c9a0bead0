import { z } from 'zod';

/** A row: what it has is the table's affair. */
export const rowSchema = z.record(z.string(), z.unknown()).meta({ id: 'ConnectorRow' });

const named = z.object({ Name: z.string(), DisplayName: z.string() }).meta({ id: 'ConnectorName' });

/** Datasets, tables, servers, procedures: all lists of names. */
export const namesSchema = z.object({ value: z.array(named) }).meta({ id: 'ConnectorNames' });

export const datasetMetadataSchema = z
  .object({
    tabular: z.object({
      source: z.enum(['mru', 'singleton']),
      displayName: z.string(),
      urlEncoding: z.enum(['single', 'double']),
      tableDisplayName: z.string(),
      tablePluralName: z.string(),
    }),
    blob: z.null(),
    datasetFormat: z.string(),
    parameters: z.array(
      z.object({
        name: z.string(),
        type: z.string(),
        urlEncoding: z.enum(['single', 'double']),
        description: z.string(),
        required: z.boolean(),
        'x-ms-summary': z.string(),
        'x-ms-dynamic-values': z.object({
          path: z.string(),
          'value-collection': z.string(),
          'value-path': z.string(),
          'value-title': z.string(),
        }),
      }),
    ),
  })
  .meta({ id: 'ConnectorDatasetMetadata' });

const permission = z.enum(['read-write', 'read-only']);
const open = z.record(z.string(), z.unknown());

const trigger = z.object({ available: z.boolean(), column: z.string().optional(), problem: z.string().optional() });

export const tableMetadataSchema = z
  .object({
    name: z.string(),
    title: z.string(),
    'x-ms-permission': permission,
    'x-ms-capabilities': open,
    'x-tidegate-triggers': z.object({ onnewitems: trigger, onupdateditems: trigger }),
    schema: z.object({
      type: z.literal('array'),
      items: z.object({ type: z.literal('object'), required: z.array(z.string()), properties: open }),
      'x-ms-permission': permission,
    }),
  })
  .meta({ id: 'ConnectorTableMetadata' });

export const itemsSchema = z
  .object({
    '@odata.context': z.string(),
    value: z.array(rowSchema),
    '@odata.count': z.int().optional(),
    '@odata.nextLink': z.string().optional(),
  })
  .meta({ id: 'ConnectorRows' });

export const changesSchema = z.object({ value: z.array(rowSchema) }).meta({ id: 'ConnectorChanges' });

/** Metadata of something that is called: what goes in and what comes out, as JSON schemas. */
export const callMetadataSchema = z
  .object({ name: z.string(), title: z.string(), schema: open })
  .meta({ id: 'ConnectorCallMetadata' });

const resultSets = z.record(z.string(), z.array(rowSchema));

export const queryResultSchema = z
  .object({ ResultSets: resultSets, OutputParameters: open })
  .meta({ id: 'ConnectorQueryResult' });

export const procedureResultSchema = z
  .object({ ResultSets: resultSets, OutputParameters: open, ReturnCode: z.int() })
  .meta({ id: 'ConnectorProcedureResult' });
