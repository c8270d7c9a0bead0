import { DomainError } from '../../common/errors/domain-error.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { gatewayRegionsOf } from './regions.policy.js';

/** Environments of one tenant are made, renamed and imported one after the other: names and their number stay as checked. */
export async function lockEnvironments(tx: Transaction, tenantId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM tenant WHERE id = ${tenantId}::uuid FOR NO KEY UPDATE`;
}

/** More than Power Platform gives any tenant known to us; bounds what one import has to be compared with. */
const MAX_ENVIRONMENTS = 20_000;

/** Call it under `lockEnvironments`. @throws DomainError LIMIT_REACHED */
export async function assertRoomFor(tx: Transaction, tenantId: string, more: number): Promise<void> {
  const existing = await tx.environment.count({ where: { tenantId } });
  if (existing + more > MAX_ENVIRONMENTS) {
    throw new DomainError('LIMIT_REACHED', { limit: MAX_ENVIRONMENTS, existing, more });
  }
}

/** A connection in an environment whose new region its gateway does not serve. */
export interface StrandedConnection {
  readonly environmentId: string;
  readonly connectionId: string;
  readonly displayName: string;
  readonly gatewayRegion: string;
}

/** Enough names to see which gateways are meant. */
const MAX_STRANDED = 20;

/**
 * Who would be left behind if these environments moved. Locks the environments: whoever binds a connection meanwhile waits,
 * and meets the new region.
 */
export async function strandedBy(
  tx: Transaction,
  tenantId: string,
  moves: readonly { readonly id: string; readonly region: string }[],
): Promise<readonly StrandedConnection[]> {
  if (moves.length === 0) return [];
  const wanted = JSON.stringify(moves.map(({ id, region }) => ({ id, served: gatewayRegionsOf(region) })));
  await tx.$queryRaw`
    SELECT 1 FROM environment
    WHERE "tenantId" = ${tenantId}::uuid
      AND id IN (SELECT id FROM jsonb_to_recordset(${wanted}::jsonb) AS move(id uuid))
    ORDER BY id FOR NO KEY UPDATE`;
  return tx.$queryRaw<StrandedConnection[]>`
    SELECT bound."environmentId"::text AS "environmentId", connection.id::text AS "connectionId",
           connection."displayName", gateway.region AS "gatewayRegion"
    FROM jsonb_to_recordset(${wanted}::jsonb) AS move(id uuid, served text[])
    JOIN connection_environment bound ON bound."tenantId" = ${tenantId}::uuid AND bound."environmentId" = move.id
    JOIN connection ON connection."tenantId" = bound."tenantId" AND connection.id = bound."connectionId"
    JOIN gateway ON gateway."tenantId" = connection."tenantId" AND gateway.id = connection."gatewayId"
    WHERE gateway.region <> ALL (move.served)
    ORDER BY bound."environmentId", connection."displayName"
    LIMIT ${MAX_STRANDED}`;
}
