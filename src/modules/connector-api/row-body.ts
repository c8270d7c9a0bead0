import { z } from 'zod';
import { DomainError } from '../../common/errors/domain-error.js';
import { columnNameSchema } from '../../contract/filter.js';
import { jsonSchema } from '../../contract/operations.js';

/** PostgreSQL has at most 1,600 columns in a table. */
const MAX_COLUMNS = 1_600;

/**
 * Longest JSON of a row or of a query's parameters, in bytes. The request travels in one message of the relay, 256 KB
 * with headers, together with a sealed credential of up to 64 KB.
 */
const MAX_VALUES_BYTES = 160 * 1024;

/** The version of a row, where its source has one: the source changes no other version then. */
const ETAG = '@odata.etag';

/** What an answer carries beside the columns: clients send a row back as they got it. */
function isAnnotation(name: string, value: unknown): boolean {
  if (name === ETAG) return typeof value !== 'string' || value === '';
  return name.startsWith('@odata.') || name === 'ItemInternalId';
}

const valuesSchema = z
  .record(columnNameSchema, jsonSchema)
  .refine((values) => Object.keys(values).length <= MAX_COLUMNS, `must not have more than ${MAX_COLUMNS} fields`);
export type Values = z.infer<typeof valuesSchema>;

/**
 * The columns of a row to write.
 *
 * @throws ZodError, which answers as VALIDATION_FAILED; DomainError PAYLOAD_TOO_LARGE
 */
export function parseRow(body: unknown): Values {
  const values = parseValues(body);
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => !isAnnotation(name, value)));
}

/** Values by name, bounded. @throws ZodError, DomainError PAYLOAD_TOO_LARGE, VALIDATION_FAILED */
export function parseValues(body: unknown): Values {
  const values = valuesSchema.parse(body);
  for (const [path, value] of Object.entries(values)) {
    // Beyond 2^53 parsing has already lost digits: a wrong number written in silence is worse than none.
    if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
      throw new DomainError('VALIDATION_FAILED', {
        path,
        problem: 'is too large a number; send it as a text in quotes',
      });
    }
  }
  if (Buffer.byteLength(JSON.stringify(values)) > MAX_VALUES_BYTES) {
    throw new DomainError('PAYLOAD_TOO_LARGE', { limitBytes: MAX_VALUES_BYTES });
  }
  return values;
}
