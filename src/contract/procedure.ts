import { z } from 'zod';
import { columnTypeSchema } from './table.js';

/** What `listProcedures` answers: one entry a name, in the form that the other operations take. */
export const procedureListSchema = z.array(z.object({ name: z.string(), displayName: z.string() }));
export type ProcedureList = z.infer<typeof procedureListSchema>;

const fieldSchema = z.object({ name: z.string(), type: columnTypeSchema, sourceType: z.string() });
export type ProcedureField = z.infer<typeof fieldSchema>;

/** What `getProcedure` answers. Of several routines with one name it is the first; a call takes any whose parameters fit. */
export const procedureSchema = z.object({
  name: z.string(),
  displayName: z.string(),
  inputs: z.array(fieldSchema.extend({ required: z.boolean() })),
  /** What comes back beside rows. */
  outputs: z.array(fieldSchema),
  /** Columns of the rows that come back; absent when there are none, or when they are known only once it ran. */
  columns: z.array(fieldSchema).optional(),
});
export type Procedure = z.infer<typeof procedureSchema>;
