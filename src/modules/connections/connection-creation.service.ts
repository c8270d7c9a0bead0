import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { AdministratorCountService } from '../administrators/administrator-count.service.js';
import { assertEnoughAdministrators } from '../administrators/administrators.policy.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import { refusedAs } from '../administrators/refused-write.policy.js';
import { assertKindGranted, assertMayCreateConnections } from '../administrators/roles.policy.js';
import { AuditService } from '../audit/audit.service.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import type { GatewayTarget } from '../gateways/gateways.types.js';
import type { Holders } from '../identity/principal.types.js';
import { LicencesService } from '../licences/licences.service.js';
import { assertKindAllowed } from '../tenant-policy/allowed-kinds.policy.js';
import { TenantPolicyService } from '../tenant-policy/tenant-policy.service.js';
import { ConnectionBindingsService } from './connection-bindings.service.js';
import { CONNECTION_VIEW, toConnectionView } from './connection-rows.js';
import type { ConnectionTrial } from './connection-drafts.types.js';
import type { ConnectionView, NewConnection } from './connections.types.js';
import { assertCredentialType, chooseSealed } from './credential.policy.js';
import { assertSignIn } from './http-sign-in.policy.js';
import { DraftRoutesService } from './draft-routes.service.js';
import { SealingKeysService } from './sealing-keys.service.js';
import { StoredCredentialsService, type StoredCredential } from './stored-credentials.service.js';

/** Connections of one gateway, as many as Microsoft's service allows. */
const MAX_CONNECTIONS = 1_000;

/** Makes connections. */
@Injectable()
export class ConnectionCreationService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly gateways: GatewaysService,
    private readonly gatewayRoles: GatewayRolesService,
    private readonly administrators: AdministratorCountService,
    private readonly policies: TenantPolicyService,
    private readonly licences: LicencesService,
    private readonly bindings: ConnectionBindingsService,
    private readonly credentials: StoredCredentialsService,
    private readonly sealingKeys: SealingKeysService,
    private readonly drafts: DraftRoutesService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Makes a connection and its creator the owner of it.
   *
   * @param trial has to succeed before anything is stored; undefined stores it untried
   * @throws DomainError GATEWAY_NOT_FOUND, LICENCE_REQUIRED, LICENCE_UNAVAILABLE, ROLE_MISSING, KIND_NOT_ALLOWED,
   * KIND_FORBIDDEN, ENVIRONMENT_NOT_FOUND, REGION_MISMATCH, ADMINISTRATORS_TOO_FEW, IDENTITY_UNAVAILABLE,
   * VALIDATION_FAILED, CREDENTIAL_MALFORMED, CREDENTIAL_STALE_KEY, LIMIT_REACHED, CONNECTION_NAME_TAKEN; what the trial
   * throws
   */
  async create(caller: Caller, wanted: NewConnection, trial?: ConnectionTrial): Promise<ConnectionView> {
    const { tenantId } = caller;
    const gateway = await this.gateways.target(tenantId, wanted.gatewayId);
    const environmentIds = await this.admit(caller, gateway, wanted);
    assertCredentialType(wanted.target.kind, wanted.credentialType);
    assertSignIn(wanted.target, wanted.credentialType);
    const sealed = chooseSealed(wanted.credentialType, wanted.values, gateway);

    const id = randomUUID();
    if (trial) {
      const { displayName, target, credentialType, encryption } = wanted;
      const place = { id, tenantId, gatewayId: gateway.id };
      const draft = { ...place, displayName, target, credentialType, encryption, credential: sealed };
      await trial(() => this.drafts.read(draft));
    }
    const holders = await this.gatewayRoles.holders(caller);
    const wrapped = await this.credentials.wrap({ id, tenantId }, sealed, null);
    return this.prisma.$transaction(async (tx) => {
      await this.assertRoom(tx, caller, gateway.id, holders);
      await this.bindings.lockServed(tx, tenantId, environmentIds, gateway);
      const stored = await this.withKey(tx, wrapped, wanted, { tenantId, sealed });
      const row = await tx.connection
        .create({
          data: {
            id,
            tenantId,
            gatewayId: gateway.id,
            displayName: wanted.displayName,
            kind: wanted.target.kind,
            target: wanted.target,
            credentialType: wanted.credentialType,
            encryption: wanted.encryption,
            privacyLevel: wanted.privacyLevel,
            annotation: wanted.annotation ?? null,
            ...stored,
            createdBy: caller.id,
            roles: { create: { principalId: caller.id, principalType: caller.type, tenantId, role: 'Owner' } },
            bindings: { create: environmentIds.map((environmentId) => ({ environmentId, tenantId })) },
          },
          select: CONNECTION_VIEW,
        })
        .catch(
          refusedAs({
            taken: new DomainError('CONNECTION_NAME_TAKEN', { displayName: wanted.displayName }),
            gone: new DomainError('GATEWAY_NOT_FOUND', { gatewayId: gateway.id }),
          }),
        );
      await this.audit.record(tx, {
        tenantId,
        actor: caller,
        action: 'connection.created',
        gatewayId: gateway.id,
        subject: { type: 'connection', id },
        details: { displayName: wanted.displayName, kind: wanted.target.kind, environments: environmentIds.length },
      });
      return toConnectionView(row);
    });
  }

  /**
   * The rules, in the order in which `explain` names them.
   *
   * @returns the environments to bind to, each once
   */
  private async admit(caller: Caller, gateway: GatewayTarget, wanted: NewConnection): Promise<string[]> {
    const { tenantId } = caller;
    const { kind } = wanted.target;
    await this.licences.assertGatewayAccess(caller);
    const access = await this.gatewayRoles.access(caller, gateway.id);
    assertMayCreateConnections(access);
    assertKindGranted(access, kind);
    const policy = await this.policies.get(tenantId);
    assertKindAllowed(policy, kind);
    const environmentIds = await this.bindings.checked(tenantId, wanted.environmentIds, gateway);
    const needed = policy.minimumAdministrators;
    assertEnoughAdministrators(gateway.id, await this.administrators.count(tenantId, gateway.id, needed), needed);
    return environmentIds;
  }

  /** @throws DomainError CREDENTIAL_STALE_KEY */
  private async withKey(
    tx: Transaction,
    wrapped: StoredCredential,
    { gatewayId, values }: NewConnection,
    { tenantId, sealed }: { readonly tenantId: string; readonly sealed: string | undefined },
  ): Promise<StoredCredential> {
    if (sealed === undefined) return wrapped;
    const named = values[0]?.keyId;
    const sealingKeyId = await this.sealingKeys.keyOf(tx, { id: gatewayId, tenantId }, { sealed, named });
    return { ...wrapped, sealingKeyId };
  }

  /** Under the gateway's lock, so that two at once do not both take the last place. @throws DomainError GATEWAY_NOT_FOUND, ROLE_MISSING, LIMIT_REACHED */
  private async assertRoom(tx: Transaction, caller: Caller, gatewayId: string, holders: Holders): Promise<void> {
    assertMayCreateConnections(await this.gatewayRoles.lockedAccess(tx, caller, gatewayId, holders));
    const connections = await tx.connection.count({ where: { tenantId: caller.tenantId, gatewayId } });
    if (connections >= MAX_CONNECTIONS) throw new DomainError('LIMIT_REACHED', { gatewayId, limit: MAX_CONNECTIONS });
  }
}
