import { hopSchema, outcomeSchema, type Hop, type Outcome } from '../contract/errors.js';

interface ApiErrorParts {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly traceId: string;
  readonly retryable: boolean;
  readonly hop: Hop | undefined;
  readonly outcome: Outcome | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** Ids, regions and counts that the failure names. */
  readonly details: Readonly<Record<string, string>>;
}

/** A failure as the control plane told it. `code` is a code of docs/errors.md, also where the surface has another name. */
export class ApiError extends Error implements ApiErrorParts {
  override readonly name = 'ApiError';
  readonly status!: number;
  readonly code!: string;
  /** What to do about it, in one sentence; empty where something in between answered. */
  readonly remedy!: string;
  readonly traceId!: string;
  readonly retryable!: boolean;
  readonly hop!: Hop | undefined;
  readonly outcome!: Outcome | undefined;
  readonly retryAfterSeconds!: number | undefined;
  readonly details!: Readonly<Record<string, string>>;

  constructor({ message, ...parts }: ApiErrorParts) {
    super(message);
    Object.assign(this, parts);
  }
}

/** Codes of the catalogue are spelt like this; the names of details are not. */
const CODE = /^[A-Z][A-Z0-9_]*$/;

/** Reads the body of a failed answer. Whatever stands between may answer too: then code and sentence are HTTP's. */
export async function readApiError(response: Response): Promise<ApiError> {
  const body = asRecord(parse(await response.text()));
  // Power BI's and the connectors' shapes have an object inside; Fabric's and the agents' are flat.
  const inner = asRecord(body['error']);
  const word = (name: string): string | undefined => asText(body[name]) ?? asText(inner[name]);
  const more = moreDetails(body['moreDetails']);
  const own = more.find(([code]) => CODE.test(code))?.[0];
  const retryable = body['isRetriable'] ?? body['retryable'] ?? inner['retryable'];
  return new ApiError({
    status: response.status,
    code: own ?? word('code') ?? word('errorCode') ?? `HTTP_${response.status}`,
    message: word('detail') ?? word('message') ?? `The service answered ${response.status}.`,
    remedy: word('remedy') ?? '',
    traceId: word('requestId') ?? word('traceId') ?? response.headers.get('x-ms-request-id') ?? '',
    retryable: typeof retryable === 'boolean' ? retryable : response.status === 429 || response.status >= 502,
    hop: hopSchema.safeParse(word('hop')).data,
    outcome: outcomeSchema.safeParse(word('outcome')).data,
    retryAfterSeconds: retryAfterSeconds(response),
    details: {
      ...textsOf(asRecord(body['details'])),
      ...Object.fromEntries(more.filter(([code]) => !CODE.test(code))),
    },
  });
}

/** @returns what `Retry-After` asks for, in seconds; undefined where it is absent or a date, which we never send */
export function retryAfterSeconds(response: Response): number | undefined {
  const text = response.headers.get('retry-after');
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function textsOf(record: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  );
}

function moreDetails(value: unknown): [string, string][] {
  if (!Array.isArray(value)) return [];
  return value.map(asRecord).map(({ errorCode, message }) => [asText(errorCode) ?? '', asText(message) ?? '']);
}
