import { z } from 'zod';

/** What `listTables` answers: one entry a table, `name` in the form that the other operations take. */
export const tableListSchema = z.array(z.object({ name: z.string(), displayName: z.string() }));
export type TableList = z.infer<typeof tableListSchema>;

/** Column types as clients see them; the source's own type stands beside in `sourceType`. */
export const columnTypeSchema = z.enum([
  'integer',
  'number',
  'string',
  'boolean',
  'date',
  'date-time',
  'date-no-tz',
  'time',
  'guid',
  'binary',
  'json',
]);
export type ColumnType = z.infer<typeof columnTypeSchema>;

export const columnSchema = z.object({
  name: z.string(),
  type: columnTypeSchema,
  sourceType: z.string(),
  nullable: z.boolean(),
  /** Filled by the source when a new row leaves it out (default, identity, computed). */
  hasDefault: z.boolean(),
  /** Never written by a client: identity always, generated. */
  readOnly: z.boolean(),
  /** Place in the primary key, from 1; absent when not part of it. */
  keyOrder: z.int().optional(),
  maxLength: z.int().optional(),
  /** False: the source can neither compare nor sort it. Older agents do not say. */
  comparable: z.boolean().optional(),
});
export type Column = z.infer<typeof columnSchema>;

/** What `getTable` answers. */
export const tableSchema = z.object({
  name: z.string(),
  displayName: z.string(),
  columns: z.array(columnSchema),
  /** Columns by which `pollItems` can tell what came and what changed; one that is absent: the table has none. */
  changes: z.object({ new: z.string().optional(), updated: z.string().optional() }).optional(),
});
export type Table = z.infer<typeof tableSchema>;

/** What `getFile` and `writeFile` answer, and `listFolder` as a list. `path` is below the connection's root and begins with a slash. */
export const fileEntrySchema = z.object({
  name: z.string(),
  path: z.string(),
  isFolder: z.boolean(),
  size: z.int(),
  modifiedAt: z.iso.datetime(),
  mediaType: z.string(),
  etag: z.string(),
});
export type FileEntry = z.infer<typeof fileEntrySchema>;

/** What `pageFolder` answers. `next` is the name to go on after; absent on the last page. */
export const folderPageSchema = z.object({ entries: z.array(fileEntrySchema), next: z.string().optional() });
export type FolderPage = z.infer<typeof folderPageSchema>;

/** What `listChanges` answers. `state` is what the next call begins from; `hasMore`: it will find something at once. */
export const folderChangesSchema = z.object({
  entries: z.array(fileEntrySchema),
  state: z.string(),
  hasMore: z.boolean(),
});
export type FolderChanges = z.infer<typeof folderChangesSchema>;
