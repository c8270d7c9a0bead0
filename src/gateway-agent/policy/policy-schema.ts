import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { operationNameSchema } from '../../contract/operations.js';

/** Most entries of one list: every request is compared with them. */
const MAX_ENTRIES = 1000;

const textSchema = z.string().min(1).max(512);
const portSchema = z.int().min(1).max(65_535);
const rangeSchema = z.string().regex(/^\d{1,5}-\d{1,5}$/, 'must be a port, or a range as 8000-8100');
const portsSchema = z
  .array(z.union([portSchema, rangeSchema]))
  .min(1)
  .max(100);
const timeSchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time as 07:30');

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof DAYS)[number];

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const hostSchema = z.union([textSchema, z.strictObject({ host: textSchema, ports: portsSchema.optional() })]);
const folderSchema = textSchema.refine((path) => isAbsolute(path) || path.startsWith('sftp://'), {
  message: 'must be an absolute path, or sftp://host/path',
});
const webPathSchema = textSchema.refine((entry) => entry.startsWith('/') || /^https?:\/\//.test(entry), {
  message: 'must begin with a slash, or be an http:// or https:// address',
});

/**
 * What an operator writes into `policy.yaml`. A list that is left out limits nothing; one that is there names all that is
 * allowed. Keys that are not known are errors: a rule with a slip of the pen must not be a rule that is missing.
 */
export const policySchema = z.strictObject({
  version: z.literal(1),
  hosts: z.array(hostSchema).max(MAX_ENTRIES).optional(),
  ports: portsSchema.optional(),
  httpPaths: z.array(webPathSchema).max(MAX_ENTRIES).optional(),
  folders: z.array(folderSchema).max(MAX_ENTRIES).optional(),
  tables: z.array(textSchema).max(MAX_ENTRIES).optional(),
  procedures: z.array(textSchema).max(MAX_ENTRIES).optional(),
  operations: z.array(operationNameSchema).max(MAX_ENTRIES).optional(),
  readOnly: z.boolean().optional(),
  nativeQuery: z.boolean().optional(),
  /** Rows of one answer. */
  maxRows: z.int().min(1).max(1_000_000_000).optional(),
  /** Bytes of one answer, and of one body that is written. */
  maxBytes: z.int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  hours: z
    .strictObject({
      timeZone: z.string().max(64).refine(isTimeZone, { message: 'is no time zone, as Europe/Berlin is one' }),
      windows: z
        .array(
          z.strictObject({
            days: z.array(z.enum(DAYS)).min(1).max(7),
            from: timeSchema,
            /** At or before `from`: on the day after. */
            to: timeSchema,
          }),
        )
        .max(100),
    })
    .optional(),
  tenants: z.array(z.guid()).max(100).optional(),
  /** Who may watch the log from afar: object ids, or everybody whom the control plane lets. Left out: nobody. */
  logTail: z.union([z.literal('anyone'), z.array(z.guid()).max(100)]).optional(),
});
export type PolicyText = z.infer<typeof policySchema>;
