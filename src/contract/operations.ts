import { z } from 'zod';
import { columnNameSchema, filterSchema } from './filter.js';

/** Most rows one `listItems` returns; a client pages beyond. */
export const MAX_TOP = 1_000_000;

/** JSON as it goes over the wire. */
export const jsonSchema = z.json();

/** Key of a row: a column's value in text form, compared by the source in the column's own type. */
const itemKeySchema = z.string().min(1).max(1024);
const tableSchema = z.string().min(1).max(512);
const rowSchema = z.record(columnNameSchema, jsonSchema);
const pathSchema = z.string().min(1).max(4096);

export const orderBySchema = z.object({ column: columnNameSchema, descending: z.boolean() });
export type OrderBy = z.infer<typeof orderBySchema>;

/** A header list as it stands on the wire: order and repeats kept. */
export const headersSchema = z.array(z.tuple([z.string().max(256), z.string().max(16_384)])).max(200);
export type HeaderList = z.infer<typeof headersSchema>;

export const operationSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('test') }),
  z.object({ name: z.literal('listTables') }),
  z.object({ name: z.literal('getTable'), table: tableSchema }),
  z.object({
    name: z.literal('listItems'),
    table: tableSchema,
    filter: filterSchema.optional(),
    orderBy: z.array(orderBySchema).max(32).optional(),
    select: z.array(columnNameSchema).max(1000).optional(),
    top: z.int().min(0).max(MAX_TOP).optional(),
    skip: z.int().min(0).max(1_000_000_000).optional(),
    count: z.boolean().optional(),
  }),
  z.object({ name: z.literal('getItem'), table: tableSchema, key: itemKeySchema }),
  z.object({ name: z.literal('createItem'), table: tableSchema, row: rowSchema }),
  z.object({ name: z.literal('updateItem'), table: tableSchema, key: itemKeySchema, row: rowSchema }),
  z.object({ name: z.literal('deleteItem'), table: tableSchema, key: itemKeySchema }),
  z.object({
    name: z.literal('executeQuery'),
    query: z.string().min(1).max(131_072),
    /** Values for the placeholders `@name` of the query. */
    parameters: z.record(z.string().min(1).max(128), jsonSchema).optional(),
  }),
  z.object({
    name: z.literal('executeProcedure'),
    procedure: tableSchema,
    parameters: z.record(z.string().min(1).max(128), jsonSchema),
  }),
  z.object({
    name: z.literal('httpRequest'),
    method: z.string().regex(/^[A-Z]{1,20}$/),
    /** Path below the connection's base URL, with its query, beginning with a slash. */
    path: z.string().startsWith('/').max(16_384),
    headers: headersSchema,
  }),
  z.object({ name: z.literal('listFolder'), path: pathSchema }),
  z.object({ name: z.literal('getFile'), path: pathSchema }),
  z.object({ name: z.literal('readFile'), path: pathSchema }),
  z.object({ name: z.literal('writeFile'), path: pathSchema, mode: z.enum(['create', 'replace', 'upsert']) }),
  z.object({ name: z.literal('deleteFile'), path: pathSchema }),
]);
export type Operation = z.infer<typeof operationSchema>;
export type OperationName = Operation['name'];

/** Every name of an operation. */
export const operationNameSchema = z.enum(operationSchema.options.map(({ shape }) => shape.name.value));

const READS: ReadonlySet<OperationName> = new Set([
  'test',
  'listTables',
  'getTable',
  'listItems',
  'getItem',
  'listFolder',
  'getFile',
  'readFile',
]);
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether an operation may be run again on another member. Everything that could change the source is a write, native
 * queries included: nobody can tell from outside what a statement does.
 */
export function isRead(operation: Operation): boolean {
  if (operation.name === 'httpRequest') return SAFE_METHODS.has(operation.method);
  return READS.has(operation.name);
}
