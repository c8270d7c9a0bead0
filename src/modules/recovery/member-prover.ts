import type { AuthenticatedMember } from '../gateways/gateways.types.js';
import type { Prover } from './recovery.types.js';

/** A member that answers challenges itself: somebody at its machine has the recovery key. */
export function memberProver({ tenantId, id }: AuthenticatedMember): Prover {
  return { tenantId, id, type: 'Member' };
}
