import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { refusedAs } from '../administrators/refused-write.policy.js';
import { AuditService } from '../audit/audit.service.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { ConnectionAccessService, type ConnectionAccess } from './connection-access.service.js';
import { ConnectionBindingsService } from './connection-bindings.service.js';
import { assertMayManage } from './connection-roles.policy.js';
import { assertSettingsExpected } from './connection-tag.policy.js';
import { CONNECTION_VIEW, toConnectionView } from './connection-rows.js';
import type { ConnectionChange, ConnectionView } from './connections.types.js';
import { assertCredentialType, chooseSealed, isSameUse, type CredentialUse } from './credential.policy.js';
import { assertSignIn } from './http-sign-in.policy.js';
import type { ConnectionTrial } from './connection-drafts.types.js';
import { DraftRoutesService } from './draft-routes.service.js';
import { RouteReaderService } from './route-reader.service.js';
import { SealingKeysService } from './sealing-keys.service.js';
import { isSameSealed, StoredCredentialsService, type StoredCredential } from './stored-credentials.service.js';

/** What has to hold for a change to be stored. */
interface ChangeConditions {
  /** Has to succeed before a new credential or another place is stored; undefined stores it untried. */
  readonly trial?: ConnectionTrial | undefined;
  /** Names the settings that the change was made for; undefined: whatever they are. */
  readonly expectedTag?: string | undefined;
}

/** Changes connections. A credential never follows a connection to another place: it has to be sealed anew for it. */
@Injectable()
export class ConnectionChangesService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly access: ConnectionAccessService,
    private readonly gateways: GatewaysService,
    private readonly bindings: ConnectionBindingsService,
    private readonly credentials: StoredCredentialsService,
    private readonly sealingKeys: SealingKeysService,
    private readonly routes: RouteReaderService,
    private readonly drafts: DraftRoutesService,
    private readonly audit: AuditService,
    private readonly changes: Changes,
  ) {}

  /**
   * @throws DomainError CONNECTION_NOT_FOUND, ROLE_MISSING, ENVIRONMENT_NOT_FOUND, REGION_MISMATCH, VALIDATION_FAILED,
   * PRECONDITION_FAILED, CREDENTIAL_MALFORMED, CREDENTIAL_STALE_KEY, RESEAL_REQUIRED, CONNECTION_NAME_TAKEN; what the trial throws
   */
  async update(
    caller: Caller,
    connectionId: string,
    change: ConnectionChange,
    { trial, expectedTag }: ChangeConditions = {},
  ): Promise<ConnectionView> {
    const held = await this.access.access(caller, connectionId);
    assertMayManage(held);
    const { id } = held.connection;
    const { tenantId } = caller;
    const gateway = await this.gateways.target(tenantId, held.gatewayId);
    const environmentIds =
      change.environmentIds && (await this.bindings.checked(tenantId, change.environmentIds, gateway));
    // Sealing may ask the vault, which has no place in a transaction: it comes first, for the type that is to be.
    const before = await this.current(id, tenantId, this.prisma);
    assertSettingsExpected(before, expectedTag);
    const sealed =
      change.values && chooseSealed(change.credentialType ?? before.credentialType, change.values, gateway);
    const wrapped = change.values && (await this.credentials.wrap({ id, tenantId }, sealed, null));
    const use = wantedUse(before, change);
    credentialToStore(before, use, wrapped);
    if (trial && (sealed !== undefined || !isSameUse(before, use))) {
      const { displayName, gatewayId } = { ...before, ...(change.displayName && { displayName: change.displayName }) };
      await trial(() => this.drafts.read({ id, tenantId, gatewayId, displayName, ...use, credential: sealed }));
    }

    const view = await this.prisma.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM connection WHERE id = ${id}::uuid AND "tenantId" = ${tenantId}::uuid FOR UPDATE`;
      const current = await this.current(id, tenantId, tx);
      // A trial takes its time, in which somebody else may have changed it.
      assertSettingsExpected(current, expectedTag);
      const wanted = wantedUse(current, change);
      const fresh = credentialToStore(current, wanted, wrapped);
      const named = change.values?.[0]?.keyId;
      const stored =
        fresh?.credential && sealed !== undefined
          ? {
              ...fresh,
              sealingKeyId: await this.sealingKeys.keyOf(tx, { id: gateway.id, tenantId }, { sealed, named }),
            }
          : fresh;
      const row = await tx.connection
        .update({
          where: { id, tenantId },
          data: {
            ...(change.displayName === undefined ? {} : { displayName: change.displayName }),
            ...(change.privacyLevel === undefined ? {} : { privacyLevel: change.privacyLevel }),
            ...(change.annotation === undefined ? {} : { annotation: change.annotation }),
            target: wanted.target,
            credentialType: wanted.credentialType,
            encryption: wanted.encryption,
            ...stored,
            ...untested(change),
            updatedAt: new Date(),
            ...(environmentIds && {
              bindings: {
                deleteMany: {},
                create: environmentIds.map((environmentId) => ({ environmentId, tenantId })),
              },
            }),
          },
          select: CONNECTION_VIEW,
        })
        .catch(
          refusedAs({ taken: new DomainError('CONNECTION_NAME_TAKEN', { displayName: change.displayName ?? '' }) }),
        );
      await this.changes.publish(tx, 'connection', id);
      await this.record(tx, caller, held, change);
      return toConnectionView(row);
    });
    this.routes.forgetConnection(id);
    return view;
  }

  private async current(id: string, tenantId: string, client: Transaction): Promise<CurrentConnection> {
    const row = await client.connection.findFirst({
      where: { id, tenantId },
      select: { ...CONNECTION_VIEW, credentialHash: true },
    });
    if (!row) throw new DomainError('CONNECTION_NOT_FOUND', { connectionId: id });
    return { ...toConnectionView(row), credentialHash: row.credentialHash };
  }

  private record(tx: Prisma.TransactionClient, caller: Caller, held: ConnectionAccess, change: ConnectionChange) {
    const changed = Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    return this.audit.record(tx, {
      tenantId: caller.tenantId,
      actor: caller,
      action: 'connection.updated',
      gatewayId: held.gatewayId,
      subject: { type: 'connection', id: held.connection.id },
      details: { changed: changed.map((name) => (name === 'values' ? 'credential' : name)).join(', ') },
    });
  }
}

type CurrentConnection = ConnectionView & { readonly credentialHash: Uint8Array | null };

function wantedUse(current: CurrentConnection, change: ConnectionChange): CredentialUse {
  const target = change.target ?? current.target;
  if (target.kind !== current.kind) {
    throw new DomainError('VALIDATION_FAILED', {
      path: 'connectionDetails.type',
      reason: 'the kind of a connection cannot change',
    });
  }
  const credentialType = change.credentialType ?? current.credentialType;
  assertCredentialType(target.kind, credentialType);
  assertSignIn(target, credentialType);
  return { target, credentialType, encryption: change.encryption ?? current.encryption };
}

/**
 * @returns what to write, undefined to leave the credential as it is
 * @throws DomainError RESEAL_REQUIRED
 */
function credentialToStore(
  current: CurrentConnection,
  wanted: CredentialUse,
  fresh: StoredCredential | undefined,
): StoredCredential | undefined {
  if (wanted.credentialType === 'Anonymous') return { credential: null, credentialHash: null, sealingKeyId: null };
  const isNew = fresh?.credentialHash != null && !isSameSealed(fresh.credentialHash, current.credentialHash);
  if (!isSameUse(current, wanted) && !isNew) {
    throw new DomainError('RESEAL_REQUIRED', { connectionId: current.id });
  }
  return fresh;
}

/** What a test said of another target or credential says nothing of this one. */
function untested({ target, encryption, credentialType, values }: ConnectionChange) {
  const isSame = [target, encryption, credentialType, values].every((part) => part === undefined);
  return isSame ? {} : { testedAt: null, testFailure: null };
}
