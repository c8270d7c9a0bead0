import { z } from 'zod/mini';
import { ApiError } from '../../../src/client/api-error.js';
import type { TidegateClient } from '../../../src/client/tidegate-client.js';

const findingSchema = z.object({
  check: z.string(),
  subject: z.optional(z.string()),
  verdict: z.enum(['ok', 'warn', 'fail', 'skipped']),
  seen: z.string(),
  remedy: z.optional(z.string()),
  latencyMs: z.optional(z.number()),
});
export type Finding = z.infer<typeof findingSchema>;

const diagnosisSchema = z.object({
  id: z.string(),
  state: z.enum(['Requested', 'Finished', 'NoAnswer']),
  requestedAt: z.string(),
  report: z.optional(
    z.object({
      agentVersion: z.string(),
      finishedAt: z.string(),
      verdict: z.enum(['ok', 'warn', 'fail']),
      findings: z.array(findingSchema),
    }),
  ),
});
export type Diagnosis = z.infer<typeof diagnosisSchema>;

const logTailSchema = z.object({
  id: z.string(),
  state: z.enum(['requested', 'open', 'refused', 'ended']),
  reason: z.optional(z.string()),
  until: z.string(),
  lines: z.array(z.string()),
  /** To be named when asking for what comes next. */
  next: z.number(),
});
export type LogTail = z.infer<typeof logTailSchema>;

export interface MemberPath {
  readonly gatewayId: string;
  readonly memberId: string;
}

type Untyped = (path: string, init: object) => Promise<unknown>;
const BASE = '/v1/gateways/{gatewayId}/members/{memberId}';

/** Asks a member to look at its machine. @throws ApiError */
export async function startDiagnosis(client: TidegateClient, path: MemberPath): Promise<Diagnosis> {
  const post = client.post as unknown as Untyped;
  return diagnosisSchema.parse(await post(`${BASE}/diagnosis`, { params: { path }, body: {} }));
}

/** The last look; null: there was none yet. @throws ApiError */
export async function readDiagnosis(client: TidegateClient, path: MemberPath): Promise<Diagnosis | null> {
  try {
    const get = client.get as unknown as Untyped;
    return diagnosisSchema.parse(await get(`${BASE}/diagnosis`, { params: { path } }));
  } catch (error) {
    if (error instanceof ApiError && error.code === 'DIAGNOSIS_NOT_FOUND') return null;
    throw error;
  }
}

/** Asks a member to send its log while it is written, for a few minutes. @throws ApiError */
export async function startLogTail(client: TidegateClient, path: MemberPath): Promise<LogTail> {
  const post = client.post as unknown as Untyped;
  return logTailSchema.parse(await post(`${BASE}/logTail`, { params: { path }, body: {} }));
}

/** What came since `after`. @throws ApiError */
export async function readLogTail(client: TidegateClient, path: MemberPath, after: number): Promise<LogTail> {
  const get = client.get as unknown as Untyped;
  return logTailSchema.parse(await get(`${BASE}/logTail`, { params: { path, query: { after } } }));
}

export async function stopLogTail(client: TidegateClient, path: MemberPath): Promise<void> {
  await (client.delete as unknown as Untyped)(`${BASE}/logTail`, { params: { path } });
}

/** Whether the control plane is older than what was asked for: it has nothing at that address. */
export function isUnknownHere(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404 && error.code === 'ROUTE_NOT_FOUND';
}
