import { z } from 'zod';
import type { Answer } from '../../common/http/answers.decorator.js';
import { OPERATION_STATUSES } from '../operations/operations.types.js';

export const operationSchema = z
  .object({
    status: z.enum(OPERATION_STATUSES),
    createdTimeUtc: z.iso.datetime(),
    lastUpdatedTimeUtc: z.iso.datetime(),
    percentComplete: z.int().min(0).max(100).optional(),
    error: z.object({ errorCode: z.string(), message: z.string() }).optional(),
  })
  .meta({ id: 'Operation' });

/** Whatever the operation was to find out. */
export const operationResultSchema = z.looseObject({}).meta({ id: 'OperationResult' });

const HEADERS = {
  Location: 'Where to ask next: for the state while it runs, for the result once it has succeeded.',
  'x-ms-operation-id': 'Id of the operation.',
  'Retry-After': 'Seconds to wait before asking again.',
};

/** The state of an operation. */
export const operationAnswer: Answer = { content: { 'application/json': operationSchema }, headers: HEADERS };

/** Work that goes on after the answer. */
export const acceptedAnswer: Answer = { headers: HEADERS };
