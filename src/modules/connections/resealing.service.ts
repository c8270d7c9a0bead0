import { Injectable } from '@nestjs/common';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { Prisma } from '../../generated/prisma/client.js';
import { hashOf, StoredCredentialsService } from './stored-credentials.service.js';

/** Which credentials are still to be sealed anew: those of a gateway that are not known to be sealed to this key. */
export interface StaleCredentials {
  readonly tenantId: string;
  readonly gatewayId: string;
  /** The key they are to be sealed to. */
  readonly keyId: string;
}

/** A credential as its client sealed it. */
export interface SealedOfConnection {
  readonly connectionId: string;
  readonly sealed: string;
  /** SHA-256 of it, base64url. */
  readonly hash: string;
}

/** A part of them. */
export interface Batch {
  /** In order of id, after this one. */
  readonly after?: string | undefined;
  readonly take: number;
  /** Without those that this member could not open. */
  readonly untriedBy?: string | undefined;
  /** Only those that some member could not open. */
  readonly isReported?: boolean | undefined;
}

/** One credential, sealed anew by a member. */
export interface Resealed {
  readonly connectionId: string;
  /** SHA-256 of what it replaces, base64url. */
  readonly expectedHash: string;
  readonly sealed: string;
}

/** Below every other id. */
const FIRST = '00000000-0000-0000-0000-000000000000';

/** What is known of members that could not open the connection's credential as it is now. */
const UNOPENED = Prisma.sql`
  LEFT JOIN unopened_credential u ON u."tenantId" = c."tenantId" AND u."connectionId" = c.id
    AND u."credentialHash" = c."credentialHash"`;

/** Hands out credentials to be sealed anew and takes them back. The content stays what it was: nothing is opened here. */
@Injectable()
export class ResealingService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly credentials: StoredCredentialsService,
    private readonly changes: Changes,
  ) {}

  /** Without those that were set aside: nobody can seal them anew. */
  async count({ tenantId, gatewayId, keyId }: StaleCredentials, client: Transaction = this.prisma): Promise<number> {
    const [row] = await client.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM connection c ${UNOPENED}
      WHERE c."tenantId" = ${tenantId}::uuid AND c."gatewayId" = ${gatewayId}::uuid
        AND ${isStale(keyId)} AND u."setAsideAt" IS NULL`;
    return row?.count ?? 0;
  }

  /** How many of those that some member could not open this one has not tried. */
  async countUntried({ tenantId, gatewayId, keyId }: StaleCredentials, memberId: string): Promise<number> {
    const [row] = await this.prisma.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM connection c ${UNOPENED}
      WHERE c."tenantId" = ${tenantId}::uuid AND c."gatewayId" = ${gatewayId}::uuid
        AND ${isStale(keyId)}
        AND u."triedBy" IS NOT NULL AND NOT ${memberId}::uuid = ANY (u."triedBy")`;
    return row?.count ?? 0;
  }

  /** The connections of the first of those that `count` counts. */
  async waiting({ tenantId, gatewayId, keyId }: StaleCredentials, take: number): Promise<string[]> {
    const rows = await this.prisma.$queryRaw<{ id: string }[]>`
      SELECT c.id::text FROM connection c ${UNOPENED}
      WHERE c."tenantId" = ${tenantId}::uuid AND c."gatewayId" = ${gatewayId}::uuid
        AND ${isStale(keyId)} AND u."setAsideAt" IS NULL
      ORDER BY c.id LIMIT ${take}`;
    return rows.map(({ id }) => id);
  }

  /** Also those that were set aside: a member that was away may have what it takes. */
  async next({ tenantId, gatewayId, keyId }: StaleCredentials, batch: Batch): Promise<SealedOfConnection[]> {
    const { after, take, untriedBy, isReported = false } = batch;
    const rows = await this.prisma.$queryRaw<{ id: string; credential: Bytes; credentialHash: Bytes }[]>`
      SELECT c.id::text, c.credential, c."credentialHash" FROM connection c ${UNOPENED}
      WHERE c."tenantId" = ${tenantId}::uuid AND c."gatewayId" = ${gatewayId}::uuid
        AND ${isStale(keyId)}
        AND c.id > ${after ?? FIRST}::uuid
        AND (NOT ${isReported} OR u."triedBy" IS NOT NULL)
        AND (${untriedBy ?? null}::uuid IS NULL OR u."triedBy" IS NULL OR NOT ${untriedBy ?? null}::uuid = ANY (u."triedBy"))
      ORDER BY c.id LIMIT ${take}`;
    return Promise.all(
      rows.map(async ({ id, credential, credentialHash }) => ({
        connectionId: id,
        sealed: await this.credentials.unwrap({ id, tenantId }, credential),
        hash: Buffer.from(credentialHash).toString('base64url'),
      })),
    );
  }

  /**
   * Puts the new seal in the place of the old one, unless that was replaced meanwhile.
   *
   * @param also what has to happen together with it
   * @returns false when it was replaced, or the connection is gone
   */
  async replace(
    { tenantId, gatewayId, keyId }: StaleCredentials,
    { connectionId: id, expectedHash, sealed }: Resealed,
    also: (tx: Transaction, hashes: { readonly before: Bytes; readonly after: Bytes }) => Promise<void>,
  ): Promise<boolean> {
    const fresh = await this.credentials.wrap({ id, tenantId }, sealed, keyId);
    const before = Uint8Array.from(Buffer.from(expectedHash, 'base64url'));
    return this.prisma.$transaction(async (tx) => {
      const { count } = await tx.connection.updateMany({
        where: {
          id,
          tenantId,
          gatewayId,
          credentialHash: before,
          OR: [{ sealingKeyId: null }, { sealingKeyId: { not: keyId } }],
        },
        data: fresh,
      });
      if (count === 0) return false;
      await also(tx, { before, after: hashOf(sealed) });
      await this.changes.publish(tx, 'connection', id);
      return true;
    });
  }
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Of a connection: its credential is not known to be sealed to the key. */
function isStale(keyId: string): Prisma.Sql {
  return Prisma.sql`c.credential IS NOT NULL AND c."sealingKeyId" IS DISTINCT FROM ${keyId}`;
}
