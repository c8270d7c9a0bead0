import { ApiError } from '../../../src/client/api-error.js';
import type { AnswerOf, TidegateClient } from '../../../src/client/tidegate-client.js';

const DIAGNOSIS = '/v1/gateways/{gatewayId}/members/{memberId}/diagnosis';
const LOG_TAIL = '/v1/gateways/{gatewayId}/members/{memberId}/logTail';

export type Diagnosis = AnswerOf<'get', typeof DIAGNOSIS>;
export type Finding = NonNullable<Diagnosis['report']>['findings'][number];
export type LogTail = AnswerOf<'get', typeof LOG_TAIL>;

export interface MemberPath {
  readonly gatewayId: string;
  readonly memberId: string;
}

/** Asks a member to look at its machine. @throws ApiError */
export async function startDiagnosis(client: TidegateClient, path: MemberPath): Promise<Diagnosis> {
  return client.post(DIAGNOSIS, { params: { path }, body: {} });
}

/** The last look; null: there was none yet. @throws ApiError */
export async function readDiagnosis(client: TidegateClient, path: MemberPath): Promise<Diagnosis | null> {
  try {
    return await client.get(DIAGNOSIS, { params: { path } });
  } catch (error) {
    if (error instanceof ApiError && error.code === 'DIAGNOSIS_NOT_FOUND') return null;
    throw error;
  }
}

/** Asks a member to send its log while it is written, for a few minutes. @throws ApiError */
export async function startLogTail(client: TidegateClient, path: MemberPath): Promise<LogTail> {
  return client.post(LOG_TAIL, { params: { path }, body: {} });
}

/** What came since `after`. @throws ApiError */
export async function readLogTail(client: TidegateClient, path: MemberPath, after: number): Promise<LogTail> {
  return client.get(LOG_TAIL, { params: { path, query: { after } } });
}

export async function stopLogTail(client: TidegateClient, path: MemberPath): Promise<void> {
  await client.delete(LOG_TAIL, { params: { path } });
}
