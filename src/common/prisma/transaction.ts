import type { Prisma } from '../../generated/prisma/client.js';

/** A database transaction under way: what is written with it happens together or not at all. */
export type Transaction = Prisma.TransactionClient;
