import type { AnswerOf, InitOf } from '../../../../src/client/tidegate-client.js';

export type TenantPolicy = AnswerOf<'get', '/v1/tenantPolicy'>;
type Sent = InitOf<'patch', '/v1/tenantPolicy'> extends { body: infer Body } ? Body : never;

/** What was changed and is not yet saved; what is absent is as it stands. */
export type PolicyDraft = Omit<Sent, 'version'>;
export type PolicyField = keyof PolicyDraft;
export type PolicyLimit = keyof TenantPolicy['limits'];

export const MAX_REQUESTS_PER_MINUTE = 10_000_000;
export const MAX_MINIMUM_ADMINISTRATORS = 10;

/** The draft without what says the same as the policy: somebody changed it there and back. */
export function reduced(policy: TenantPolicy, draft: PolicyDraft): PolicyDraft {
  const kept = Object.entries(draft).filter(([field, value]) => !isSame(value, policy[field as PolicyField]));
  return Object.fromEntries(kept);
}

/** Whether nothing of a draft is out of bounds. */
export function isAcceptable({ minimumAdministrators, allowedKinds, limits }: PolicyDraft): boolean {
  return (
    (minimumAdministrators === undefined || isWhole(minimumAdministrators, MAX_MINIMUM_ADMINISTRATORS)) &&
    allowedKinds?.length !== 0 &&
    Object.values(limits ?? {}).every((limit) => limit === null || isWhole(limit, MAX_REQUESTS_PER_MINUTE))
  );
}

/** Whether a number is a whole one from 1 on. */
export function isWhole(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= max;
}

function isSame(drafted: unknown, standing: unknown): boolean {
  if (typeof drafted !== 'object' || drafted === null || typeof standing !== 'object' || standing === null) {
    return drafted === standing;
  }
  if (Array.isArray(drafted)) return Array.isArray(standing) && comparable(drafted) === comparable(standing);
  return Object.entries(drafted).every(([name, value]) => value === (standing as Record<string, unknown>)[name]);
}

/** Lists of this policy are sets: their order says nothing. */
function comparable(list: readonly unknown[]): string {
  return list
    .map((one) => (isReference(one) ? `${one.type} ${one.id}` : String(one)))
    .sort()
    .join('\n');
}

function isReference(one: unknown): one is { readonly id: string; readonly type: string } {
  return typeof one === 'object' && one !== null && 'id' in one && 'type' in one;
}
