/** A management request that cannot be served; status and condition go into the reply. */
export class RequestError extends Error {
  override readonly name = 'RequestError';

  constructor(
    readonly status: number,
    readonly condition: string,
    description: string,
  ) {
    super(description);
  }
}

/** Longer lists than a client could need in one request are refused: each entry is work. */
const MAX_ENTRIES = 5000;

/** @throws RequestError when the field is no list or too long a one */
export function readList(body: Readonly<Record<string, unknown>>, field: string): unknown[] {
  const value = body[field];
  if (!Array.isArray(value) || value.length > MAX_ENTRIES)
    throw new RequestError(400, 'amqp:invalid-field', `The field ${field} must be a list.`);
  return value as unknown[];
}

/** @throws RequestError when the field is no text */
export function readText(body: Readonly<Record<string, unknown>>, field: string): string {
  const value = body[field];
  if (typeof value !== 'string') throw new RequestError(400, 'amqp:invalid-field', `The field ${field} must be text.`);
  return value;
}

/**
 * A whole number; rhea hands over those beyond 53 bits as their eight bytes.
 *
 * @throws RequestError for anything else
 */
export function readNumber(value: unknown): number {
  const number = Buffer.isBuffer(value) && value.length === 8 ? Number(value.readBigInt64BE()) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0)
    throw new RequestError(400, 'amqp:invalid-field', 'A number was expected.');
  return number;
}
