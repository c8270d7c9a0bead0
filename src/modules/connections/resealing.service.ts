import { Injectable } from '@nestjs/common';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
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

/** One credential, sealed anew by a member. */
export interface Resealed {
  readonly connectionId: string;
  /** SHA-256 of what it replaces, base64url. */
  readonly expectedHash: string;
  readonly sealed: string;
}

/** Hands out credentials to be sealed anew and takes them back. The content stays what it was: nothing is opened here. */
@Injectable()
export class ResealingService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly credentials: StoredCredentialsService,
    private readonly changes: Changes,
  ) {}

  count(stale: StaleCredentials, client: Transaction = this.prisma): Promise<number> {
    const { tenantId, gatewayId } = stale;
    return client.connection.count({ where: { tenantId, gatewayId, ...notSealedTo(stale.keyId) } });
  }

  /** In order of id, after the one named. */
  async next(stale: StaleCredentials, after: string | undefined, take: number): Promise<SealedOfConnection[]> {
    const { tenantId, gatewayId, keyId } = stale;
    const rows = await this.prisma.connection.findMany({
      where: { tenantId, gatewayId, ...notSealedTo(keyId), ...(after === undefined ? {} : { id: { gt: after } }) },
      orderBy: { id: 'asc' },
      take,
      select: { id: true, credential: true, credentialHash: true },
    });
    return Promise.all(
      rows.map(async ({ id, credential, credentialHash }) => ({
        connectionId: id,
        sealed: credential === null ? '' : await this.credentials.unwrap({ id, tenantId }, credential),
        hash: Buffer.from(credentialHash ?? []).toString('base64url'),
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
        where: { id, tenantId, gatewayId, credentialHash: before, ...notSealedTo(keyId) },
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

function notSealedTo(keyId: string) {
  return { credential: { not: null }, OR: [{ sealingKeyId: null }, { sealingKeyId: { not: keyId } }] };
}
