import { DomainError } from '../../common/errors/domain-error.js';

/**
 * Whether a gateway has the administrators that the tenant asks for before connections may be made on it.
 *
 * @param have counted up to what is needed
 * @throws DomainError ADMINISTRATORS_TOO_FEW
 */
export function assertEnoughAdministrators(gatewayId: string, have: number, needed: number): void {
  if (have < needed) throw new DomainError('ADMINISTRATORS_TOO_FEW', { gatewayId, have, needed });
}
