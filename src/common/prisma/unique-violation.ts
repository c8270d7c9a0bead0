import { Prisma } from '../../generated/prisma/client.js';

/** Whether a write failed because a row with the same unique value exists. @see Prisma error reference, P2002 */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}
