import { z } from 'zod';
import { aggregationSchema } from './aggregation.js';
import { columnNameSchema, filterSchema } from './filter.js';

/** Most rows one `listItems` returns; a client pages beyond. */
export const MAX_TOP = 1_000_000;

/** Most rows one `pollItems` returns; what is left comes with the next. */
export const MAX_CHANGES = 1_000;

/** Longest text by which an answer says where it ended, in characters: it comes back in addresses. */
export const MAX_CONTINUATION_LENGTH = 16_384;
const continuationSchema = z.string().max(MAX_CONTINUATION_LENGTH);

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

const listShape = {
  table: tableSchema,
  filter: filterSchema.optional(),
  orderBy: z.array(orderBySchema).max(32).optional(),
  select: z.array(columnNameSchema).max(1000).optional(),
  top: z.int().min(0).max(MAX_TOP).optional(),
  skip: z.int().min(0).max(1_000_000_000).optional(),
  count: z.boolean().optional(),
};

export const operationSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('test') }),
  z.object({ name: z.literal('listTables') }),
  z.object({ name: z.literal('getTable'), table: tableSchema }),
  z.object({ name: z.literal('listItems'), ...listShape }),
  /**
   * `listItems` and what was added to it later. It has a name of its own because a member that is older would pass over a
   * field that it does not know, and answer another question; a name that it does not know it refuses.
   */
  z.object({
    name: z.literal('queryItems'),
    ...listShape,
    aggregation: aggregationSchema.optional(),
    /** The `continuation` of the page before: what comes behind it in the same order. */
    after: continuationSchema.optional(),
  }),
  /** Rows that came or changed since a moment. Without `since` only the moment itself is asked for. */
  z.object({
    name: z.literal('pollItems'),
    table: tableSchema,
    what: z.enum(['new', 'updated']),
    /** Column with the time of a row's last change, for `updated`; the table's own when absent. */
    column: columnNameSchema.optional(),
    filter: filterSchema.optional(),
    select: z.array(columnNameSchema).max(1000).optional(),
    top: z.int().min(1).max(MAX_CHANGES),
    since: continuationSchema.optional(),
  }),
  z.object({ name: z.literal('listProcedures') }),
  z.object({ name: z.literal('getProcedure'), procedure: tableSchema }),
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
  z.object({
    name: z.literal('copyFile'),
    path: pathSchema,
    /** Where the copy goes, its name included. */
    destination: pathSchema,
    overwrite: z.boolean(),
  }),
  /** A folder by name, piece by piece. */
  z.object({
    name: z.literal('pageFolder'),
    path: pathSchema,
    /** Name that the page begins after. */
    after: z.string().min(1).max(255).optional(),
    top: z.int().min(1).max(1000),
  }),
  /** Files of a folder that came or changed since the state was made; without one, none, and the state of now. */
  z.object({
    name: z.literal('listChanges'),
    path: pathSchema,
    change: z.enum(['created', 'modified']),
    top: z.int().min(1).max(100),
    state: z
      .string()
      .regex(/^[\w-]+$/)
      .max(8192)
      .optional(),
  }),
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
  'queryItems',
  'pollItems',
  'listProcedures',
  'getProcedure',
  'getItem',
  'listFolder',
  'pageFolder',
  'listChanges',
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
