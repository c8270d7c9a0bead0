import type { DomainError } from '../../common/errors/domain-error.js';
import { Prisma } from '../../generated/prisma/client.js';

/** What it means when the database refuses a write. */
export interface RefusalMeanings {
  /** A unique key: somebody was first (P2002). */
  readonly taken?: DomainError;
  /** A foreign key: what the row leans on was deleted since it was looked at (P2003). */
  readonly gone?: DomainError;
}

/**
 * For `catch` at the one write that can be refused so: throws what the refusal means there, and everything else as it is.
 *
 * @see Prisma error reference
 */
export function refusedAs({ taken, gone }: RefusalMeanings): (cause: unknown) => never {
  return (cause) => {
    const code = cause instanceof Prisma.PrismaClientKnownRequestError ? cause.code : undefined;
    if (code === 'P2002' && taken) throw taken;
    if (code === 'P2003' && gone) throw gone;
    throw cause;
  };
}
