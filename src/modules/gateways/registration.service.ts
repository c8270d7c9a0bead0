import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { ReplicaIdentity } from '../../common/keys/replica-identity.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { AppConfig } from '../../config/env.js';
import type { RegistrationRequest, RegistrationResponse } from '../../contract/registration.js';
import { RelayProvisioner } from '../../relay-broker/relay-provisioner.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import { refusedAs } from '../administrators/refused-write.policy.js';
import { AuditService } from '../audit/audit.service.js';
import { TenantPolicyService } from '../tenant-policy/tenant-policy.service.js';
import { JoinTokensService, type JoinPermission } from './join-tokens.service.js';
import { NewMemberService } from './new-member.service.js';
import { assertRegistrable } from './registration.policy.js';
import {
  RegistrationSecretsService,
  type NewGatewayIds,
  type RegistrationSecrets,
} from './registration-secrets.service.js';

const FIRST_EPOCH = 1;

/** Ten times the largest tenant that lists and sweeps are made for. */
const MAX_GATEWAYS = 10_000;

/** On whose behalf an agent registers. */
export interface Registrant {
  readonly tenantId: string;
  readonly principal: Pick<Caller, 'id' | 'type'>;
  /** As the person's own token says; a join token says it for itself. */
  readonly isTenantAdministrator?: boolean;
  /** Set when a join token stands in for the person. */
  readonly joinToken?: JoinPermission;
}

/** What one registration is made of, once everything is checked. */
interface Draft extends NewGatewayIds {
  readonly namespace: string;
  readonly request: RegistrationRequest;
  readonly secrets: RegistrationSecrets;
}

/** Brings gateways into being: rows, keys and places on the relay, all or none. */
@Injectable()
export class RegistrationService {
  private readonly log = new Logger(RegistrationService.name);

  constructor(
    private readonly config: AppConfig,
    private readonly prisma: PrismaService,
    private readonly secrets: RegistrationSecretsService,
    private readonly newMembers: NewMemberService,
    private readonly joinTokens: JoinTokensService,
    private readonly policies: TenantPolicyService,
    private readonly roles: GatewayRolesService,
    private readonly provisioner: RelayProvisioner,
    private readonly identity: ReplicaIdentity,
    private readonly audit: AuditService,
  ) {}

  /**
   * Registers a new gateway with its first member; the registrant becomes its first administrator.
   *
   * @throws DomainError INSTALLER_NOT_ALLOWED, IDENTITY_UNAVAILABLE, VALIDATION_FAILED, REGION_NOT_SERVED,
   * GATEWAY_NAME_TAKEN, MEMBER_ALREADY_ON_MACHINE, LIMIT_REACHED, REGISTRATION_EXPIRED, BROKER_UNAVAILABLE
   */
  async register(registrant: Registrant, request: RegistrationRequest): Promise<RegistrationResponse> {
    const { tenantId, principal, joinToken } = registrant;
    const { region } = request.gateway;
    // A join token speaks for its creator: who may not install any more does not install by a token made before either.
    await this.policies.assertMayInstall({ ...principal, tenantId });
    await assertRegistrable(this.config.issuer, request);
    if (joinToken) assertPermitted(joinToken, request);
    const namespace = this.provisioner.namespaceFor(region);
    if (namespace === undefined) {
      throw new DomainError('REGION_NOT_SERVED', { region, served: this.provisioner.servedRegions().join(', ') });
    }
    await this.assertFree(tenantId, request);

    // Clients know a gateway by the id of its first member. It keeps that id when the member is long gone.
    const gatewayId = randomUUID();
    const ids = { tenantId, gatewayId, memberId: gatewayId, epoch: FIRST_EPOCH };
    const draft = { ...ids, namespace, request, secrets: await this.secrets.prepare(ids, request) };
    // The places come first: a gateway that can be seen can be reached. If the rest fails, they are taken down again.
    try {
      await this.provisioner.provision(draft);
      await this.prisma.$transaction((tx) => this.write(tx, registrant, draft));
    } catch (error) {
      await this.takeDown(draft);
      throw error;
    }
    return {
      tenantId,
      gatewayId,
      memberId: ids.memberId,
      region,
      issuer: this.config.issuer,
      root: this.identity.root(),
    };
  }

  /** Refuses what can be known to fail before anything is made. The unique keys decide where two come at once. */
  private async assertFree(tenantId: string, { gateway, member }: RegistrationRequest): Promise<void> {
    if (await this.prisma.gateway.findFirst({ where: { tenantId, name: gateway.name }, select: { id: true } })) {
      throw new DomainError('GATEWAY_NAME_TAKEN', { name: gateway.name });
    }
    const machine = await this.secrets.machineFingerprint(tenantId, member.machine);
    const occupied = await this.prisma.member.findFirst({ where: { tenantId, machine }, select: { id: true } });
    if (occupied) throw new DomainError('MEMBER_ALREADY_ON_MACHINE');
    const gateways = await this.prisma.gateway.count({ where: { tenantId } });
    if (gateways >= MAX_GATEWAYS) throw new DomainError('LIMIT_REACHED', { limit: MAX_GATEWAYS, existing: gateways });
  }

  private async write(tx: Transaction, registrant: Registrant, draft: Draft): Promise<void> {
    const { tenantId, principal, joinToken } = registrant;
    const { gatewayId, memberId, epoch, namespace, request, secrets } = draft;
    const { gateway, member, sealingKey } = request;
    if (joinToken) await this.joinTokens.consume(tx, joinToken);
    await tx.gateway
      .create({
        data: {
          id: gatewayId,
          tenantId,
          name: gateway.name,
          region: gateway.region,
          namespace,
          epoch,
          sealingKey,
          sealingKeyId: secrets.sealingKeyId,
          recovery: secrets.recovery,
          sessionKeys: { create: secrets.sessionKeys.map((key) => ({ ...key, epoch, tenantId })) },
        },
        select: { id: true },
      })
      .catch(refusedAs({ taken: new DomainError('GATEWAY_NAME_TAKEN', { name: gateway.name }) }));
    const { certificate } = request;
    await this.newMembers.create(tx, { tenantId, gatewayId, memberId, member, certificate, machine: secrets.machine });
    await this.roles.grant(tx, { tenantId, gatewayId, principal, role: 'Admin', allowedKinds: undefined });
    if (joinToken) await this.joinTokens.recordConsumed(tx, joinToken, gatewayId);
    await this.audit.record(tx, {
      tenantId,
      actor: principal,
      action: 'gateway.registered',
      gatewayId,
      subject: { type: 'gateway', id: gatewayId },
      details: { name: gateway.name, region: gateway.region, memberId, unattended: joinToken !== undefined },
    });
  }

  private async takeDown({ namespace, gatewayId, epoch }: Draft): Promise<void> {
    try {
      await this.provisioner.remove({ namespace, gatewayId, epoch });
    } catch (error) {
      // The registration's own failure is what the caller must hear of.
      this.log.error({ event: 'registration.leftover', gatewayId, namespace, cause: String(error) });
    }
  }
}

/** A join token is good for the gateway it was made for and no other. */
function assertPermitted(permission: JoinPermission, { gateway }: RegistrationRequest): void {
  const { region, gatewayName, gatewayId } = permission;
  if (gatewayId !== undefined) {
    throw new DomainError('VALIDATION_FAILED', {
      path: 'gateway',
      problem: `the join token is for joining ${gatewayName}, not for a new gateway`,
    });
  }
  if (gateway.name !== gatewayName) {
    throw new DomainError('VALIDATION_FAILED', {
      path: 'gateway.name',
      problem: `the join token is for ${gatewayName}`,
    });
  }
  if (gateway.region !== region) {
    throw new DomainError('VALIDATION_FAILED', { path: 'gateway.region', problem: `the join token is for ${region}` });
  }
}
