import type { PrismaService } from '../../common/prisma/prisma.service.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { VerifiedAssertion } from './client-assertion.js';
import type { AuthenticatedMember } from './gateways.types.js';

/** Rows past their time that every new token clears away: more than it adds, so that the tables do not grow. */
const SWEEP_ROWS = 20;

export type TokenHash = Uint8Array<ArrayBuffer>;

/** A token's member, and the number of that member's newest start. */
export interface TokenHolder extends AuthenticatedMember {
  readonly newest: number;
}

/** A token for a start that has its number already. */
export interface RenewedToken {
  readonly member: { readonly id: string; readonly tenantId: string };
  readonly assertion: VerifiedAssertion;
  readonly hash: TokenHash;
  readonly instance: number;
  readonly expiresAt: Date;
}

/** Each in the place of its token's hash; undefined for those that are nobody's or past their time. */
export async function findHolders(
  prisma: PrismaService,
  hashes: readonly TokenHash[],
): Promise<(TokenHolder | undefined)[]> {
  const rows = await prisma.$queryRaw<(TokenHolder & { hash: Uint8Array })[]>`
    SELECT t.hash, m.id, m."tenantId", m."gatewayId", m."receivingKey", t.instance, m.instance AS newest,
      g.epoch, g.namespace
    FROM member_token t JOIN member m ON m.id = t."memberId" JOIN gateway g ON g.id = m."gatewayId"
    WHERE t.hash IN (${Prisma.join(hashes)}) AND t."expiresAt" > ${new Date()}`;
  const byHash = new Map(rows.map(({ hash, ...holder }) => [nameOf(hash), holder]));
  return hashes.map((hash) => byHash.get(nameOf(hash)));
}

/**
 * Uses up an assertion and writes the token, in one statement: every running member asks for this each eight minutes.
 *
 * @returns whether the assertion was unused, and the number of the member's newest start; the token is good only if that
 * is its own. Null when the member is gone.
 */
export async function renewToken(
  prisma: PrismaService,
  { member, assertion, hash, instance, expiresAt }: RenewedToken,
): Promise<{ isUnused: boolean; newest: number } | null> {
  const [row] = await prisma.$queryRaw<{ isUnused: boolean; newest: number }[]>`
    WITH used AS (
      INSERT INTO used_assertion (jti, "expiresAt") VALUES (${usedName(assertion)}, ${assertion.forgettableAt})
      ON CONFLICT DO NOTHING RETURNING jti),
    issued AS (
      INSERT INTO member_token (hash, "memberId", instance, "expiresAt")
      SELECT ${hash}, m.id, m.instance, ${expiresAt}::timestamptz FROM member m, used
      WHERE m.id = ${member.id}::uuid AND m."tenantId" = ${member.tenantId}::uuid AND m.instance = ${instance})
    SELECT instance AS newest, EXISTS (SELECT FROM used) AS "isUnused"
    FROM member WHERE id = ${member.id}::uuid AND "tenantId" = ${member.tenantId}::uuid`;
  return row ?? null;
}

/** Removes rows of both tables that are of no use any more; locked ones are left to whoever is at them. */
export async function sweepTokens(prisma: PrismaService): Promise<void> {
  const now = new Date();
  await prisma.$executeRaw`
    WITH assertions AS (
      DELETE FROM used_assertion WHERE jti IN (SELECT jti FROM used_assertion
        WHERE "expiresAt" < ${now} LIMIT ${SWEEP_ROWS} FOR UPDATE SKIP LOCKED))
    DELETE FROM member_token WHERE hash IN (SELECT hash FROM member_token
      WHERE "expiresAt" < ${now} LIMIT ${SWEEP_ROWS} FOR UPDATE SKIP LOCKED)`;
}

/** What a used assertion is remembered by: two members may choose the same `jti`. */
export function usedName({ memberId, jti }: VerifiedAssertion): string {
  return `${memberId} ${jti}`;
}

function nameOf(hash: Uint8Array): string {
  return Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength).toString('latin1');
}
