import { z } from 'zod';
import type { AgentErrorCode, Outcome } from '../../../contract/errors.js';
import type { SourceAnswer } from '../http/source-client.js';
import { SourceError } from '../source-error.js';

/** Bytes read of an answer that is an error. */
const MAX_ERROR_BYTES = 64 * 1024;

const errorSchema = z.object({ error: z.object({ code: z.string().regex(/^[\w.:-]{1,100}$/) }) });

/** What a request was about, as far as it decides what a refusal means. */
export interface Asked {
  /** What is missing when the service answers 404. */
  readonly missing: 'table' | 'item';
  readonly table: string;
  readonly isWrite: boolean;
  /** The caller named the version of the row to be changed. */
  readonly hasEtag?: boolean;
}

type Meaning = readonly [code: AgentErrorCode, message: string];

const BY_STATUS: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [400, ['VALIDATION_FAILED', 'The source refused what it was asked.']],
  [401, ['SOURCE_DENIED', 'The source refused the credential.']],
  [403, ['SOURCE_DENIED', 'The source refused the credential.']],
  [405, ['OPERATION_UNSUPPORTED', 'The source does not do this with this table.']],
  [409, ['SOURCE_CONFLICT', 'The source refused the change: it conflicts with what is there.']],
  [413, ['VALIDATION_FAILED', 'The source says that the row is too long.']],
  [414, ['FILTER_INVALID', 'The question is too long for the source: ask with a shorter filter.']],
  [422, ['VALIDATION_FAILED', 'The source refused the values.']],
  [428, ['SOURCE_CONFLICT', 'The source changes this row only when its version is named.']],
  [501, ['OPERATION_UNSUPPORTED', 'The source does not do what it was asked.']],
]);

/**
 * Makes an error of an answer that is none of those wanted. What the service wrote is for its own clients and may hold
 * values: only its code is passed on.
 */
export async function serviceFailure(answer: SourceAnswer, asked: Asked): Promise<SourceError> {
  const { status } = answer;
  const reason = await reasonOf(answer);
  const [code, message] = meaningOf(status, asked);
  const details = { table: asked.table, status, ...(reason === undefined ? {} : { reason }) };
  return new SourceError(code, message, { hop: 'source', outcome: outcomeOf(status, asked.isWrite), details });
}

function meaningOf(status: number, { missing, hasEtag }: Asked): Meaning {
  const isItemMissing =
    missing === 'item' && (status === 404 || status === 410 || (status === 412 && hasEtag !== true));
  if (isItemMissing) return ['ITEM_NOT_FOUND', 'The table has no row with this key.'];
  if (status === 404 || status === 410) return ['TABLE_NOT_FOUND', 'The source has no such table.'];
  if (status === 412) return ['SOURCE_CONFLICT', 'The row was changed meanwhile.'];
  if (status >= 300 && status < 400) {
    return ['SOURCE_FAILED', 'The source leads to another address, and redirects are not followed.'];
  }
  return BY_STATUS.get(status) ?? ['SOURCE_FAILED', 'The source answered with an error of its own.'];
}

/** A service that failed in the middle may have done what it was asked. */
function outcomeOf(status: number, isWrite: boolean): Outcome {
  return isWrite && status >= 500 && status !== 501 && status !== 503 ? 'unknown' : 'not-executed';
}

async function reasonOf({ body }: SourceAnswer): Promise<string | undefined> {
  try {
    const text = await readText(body, MAX_ERROR_BYTES);
    const parsed = errorSchema.safeParse(text === undefined ? undefined : JSON.parse(text));
    return parsed.success ? parsed.data.error.code : undefined;
  } catch (error) {
    // The status has said enough.
    if (error instanceof SyntaxError || error instanceof SourceError) return undefined;
    throw error;
  }
}

/** A whole body as text; undefined for one that is longer. */
export async function readText(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
