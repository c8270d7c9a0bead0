import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';

/** Role assignments of one gateway or connection. Who needs more gives the role to a group. */
const MAX_ASSIGNMENTS = 500;

/** One change of a role: what is recorded of it, and what the caller is told. */
export interface RoleChange<T> {
  /** As noun.verb: `gateway-role.assigned`. */
  readonly action: string;
  readonly details: Readonly<Record<string, string>>;
  readonly answer: T;
}

/** @throws DomainError LIMIT_REACHED */
export function assertRoomForAssignment(assignments: number): void {
  if (assignments >= MAX_ASSIGNMENTS) throw new DomainError('LIMIT_REACHED', { limit: MAX_ASSIGNMENTS });
}

/**
 * Looks up the assignment of a principal, whose id may be any text.
 *
 * @throws DomainError ROLE_ASSIGNMENT_NOT_FOUND
 */
export async function heldBy<Row>(
  principalId: string,
  find: (principalId: string) => Promise<Row | null>,
): Promise<Row> {
  const row = isIdentifier(principalId) ? await find(principalId.toLowerCase()) : null;
  if (row === null) throw new DomainError('ROLE_ASSIGNMENT_NOT_FOUND', { principalId: principalId.slice(0, 64) });
  return row;
}
