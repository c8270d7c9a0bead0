import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import { refusedAs } from '../administrators/refused-write.policy.js';
import { assertMayConnect } from '../administrators/roles.policy.js';
import { AuditService } from '../audit/audit.service.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { LicencesService } from '../licences/licences.service.js';
import { ConnectionBindingsService } from './connection-bindings.service.js';
import { CONNECTION_VIEW, toConnectionView } from './connection-rows.js';
import type { ConnectionView, NewConnection } from './connections.types.js';
import { assertCredentialType, chooseSealed } from './credential.policy.js';
import { StoredCredentialsService } from './stored-credentials.service.js';

/** Makes connections. */
@Injectable()
export class ConnectionCreationService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly gateways: GatewaysService,
    private readonly gatewayRoles: GatewayRolesService,
    private readonly licences: LicencesService,
    private readonly bindings: ConnectionBindingsService,
    private readonly credentials: StoredCredentialsService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Makes a connection and its creator the owner of it.
   *
   * @throws DomainError GATEWAY_NOT_FOUND, LICENCE_REQUIRED, LICENCE_UNAVAILABLE, ROLE_MISSING, KIND_NOT_ALLOWED,
   * ENVIRONMENT_NOT_FOUND, REGION_MISMATCH, VALIDATION_FAILED, CREDENTIAL_MALFORMED, CONNECTION_NAME_TAKEN
   */
  async create(caller: Caller, wanted: NewConnection): Promise<ConnectionView> {
    const { tenantId } = caller;
    const gateway = await this.gateways.target(tenantId, wanted.gatewayId);
    await this.licences.assertGatewayAccess(caller);
    assertMayConnect(await this.gatewayRoles.access(caller, gateway.id), wanted.target.kind);
    const environmentIds = await this.bindings.checked(tenantId, wanted.environmentIds, gateway);
    assertCredentialType(wanted.target.kind, wanted.credentialType);
    const sealed = chooseSealed(wanted.credentialType, wanted.values, gateway);

    const id = randomUUID();
    const stored = await this.credentials.wrap({ id, tenantId }, sealed, gateway.sealingKeyId);
    return this.prisma.$transaction(async (tx) => {
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
}
