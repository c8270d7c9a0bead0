import type { MemberRecord } from '../member-record.js';
import type { PolicyGate } from '../policy/policy-gate.js';
import type { SourceAccess } from './doctor-context.js';

/** The policy holds for a diagnosis as for any request: what may not be asked is not asked. */
export function admission(
  gate: Pick<PolicyGate, 'admit'> | undefined,
  { tenantId }: Pick<MemberRecord, 'tenantId'>,
): SourceAccess['admit'] {
  return (connection) => {
    gate?.admit({ tenantId, operation: { name: 'test' }, connection }, true);
  };
}
