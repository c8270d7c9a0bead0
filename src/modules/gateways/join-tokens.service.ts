import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { ReplicaIdentity } from '../../common/keys/replica-identity.js';
import { cutPage, decodePlaceInTime, PAGE_SIZE, type Page, type PageQuery } from '../../common/page.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { RelayProvisioner } from '../../relay-broker/relay-provisioner.js';
import { isIdentifier } from '../../common/identifier.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import { assertAdministrator } from '../administrators/roles.policy.js';
import { AuditService } from '../audit/audit.service.js';
import type { AuditRecord } from '../audit/audit.types.js';
import { PrincipalsService } from '../identity/principals.service.js';
import { TenantsService } from '../identity/tenants.service.js';
import { TenantPolicyService } from '../tenant-policy/tenant-policy.service.js';
import { hashOfJoinToken, newJoinToken } from './join-token.js';
import type { PrincipalReference } from '../identity/principal.types.js';

/** Long enough to start an unattended installation, short enough for a token that lay about. */
const LIFETIME_MS = 15 * 60_000;
/** Unused tokens one caller may have at a time. */
const MAX_OPEN_TOKENS = 100;
/** Spent tokens are shown this long; the audit record keeps them for good. */
const KEEP_SPENT_MS = 30 * 24 * 60 * 60_000;

const VIEW = {
  id: true,
  region: true,
  gatewayName: true,
  gatewayId: true,
  createdBy: true,
  createdAt: true,
  expiresAt: true,
  consumedAt: true,
} satisfies Prisma.JoinTokenSelect;
export type JoinTokenView = Prisma.JoinTokenGetPayload<{ select: typeof VIEW }>;

/** What a join token allows, and in whose name. */
export interface JoinPermission {
  readonly id: string;
  readonly tenantId: string;
  readonly region: string;
  readonly gatewayName: string;
  /** The gateway to join, restore or take over; undefined: a new one is registered. */
  readonly gatewayId: string | undefined;
  /** Whether its creator administered the tenant then: what a takeover needs. */
  readonly byTenantAdministrator: boolean;
  readonly principal: Pick<Caller, 'id' | 'type'>;
}

/** What a join token is to be for: a new gateway, or one that exists. */
export type WantedJoin = { readonly region: string; readonly gatewayName: string } | { readonly gatewayId: string };

/** Where a token leads, once that was looked up. */
interface JoinGoal {
  readonly region: string;
  readonly gatewayName: string;
  readonly gatewayId: string | null;
}

/** Single-use permissions to register a gateway without a person at the machine. */
@Injectable()
export class JoinTokensService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly identity: ReplicaIdentity,
    private readonly provisioner: RelayProvisioner,
    private readonly principals: PrincipalsService,
    private readonly tenants: TenantsService,
    private readonly policies: TenantPolicyService,
    private readonly roles: GatewayRolesService,
    private readonly audit: AuditService,
  ) {}

  /**
   * @returns the token with its text, which is not kept and cannot be shown again
   * @throws DomainError NOT_ADMINISTRATOR, INSTALLER_NOT_ALLOWED, IDENTITY_UNAVAILABLE, REGION_NOT_SERVED,
   * GATEWAY_NAME_TAKEN, GATEWAY_NOT_FOUND, TOO_MANY_ATTEMPTS
   */
  async create(caller: Caller, wanted: WantedJoin): Promise<JoinTokenView & { readonly token: string }> {
    const { tenantId } = caller;
    await this.policies.assertMayCreateJoinToken(caller);
    const goal = await ('gatewayId' in wanted ? this.existing(caller, wanted.gatewayId) : this.fresh(tenantId, wanted));
    const { region, gatewayName, gatewayId } = goal;
    const now = new Date();
    const open = await this.prisma.joinToken.count({
      where: { tenantId, createdBy: caller.id, consumedAt: null, expiresAt: { gt: now } },
    });
    if (open >= MAX_OPEN_TOKENS) {
      throw new DomainError('TOO_MANY_ATTEMPTS', { open }, { retryAfterSeconds: LIFETIME_MS / 1000 });
    }
    const token = newJoinToken(this.identity.root());
    const hash = hashOfJoinToken(token);
    if (!hash) throw new Error('a fresh join token does not read as one');
    const id = randomUUID();
    const row = await this.prisma.$transaction(async (tx) => {
      await tx.joinToken.deleteMany({ where: { tenantId, expiresAt: { lt: new Date(+now - KEEP_SPENT_MS) } } });
      const created = await tx.joinToken.create({
        data: {
          id,
          tenantId,
          hash,
          ...goal,
          byTenantAdministrator: caller.isTenantAdministrator,
          createdBy: caller.id,
          createdByType: caller.type,
          createdAt: now,
          expiresAt: new Date(+now + LIFETIME_MS),
        },
        select: VIEW,
      });
      await this.record(tx, caller, 'join-token.created', {
        id,
        tenantId,
        region,
        gatewayName,
        ...(gatewayId !== null && { gatewayId }),
      });
      return created;
    });
    return { ...row, token };
  }

  /** The caller's own tokens, newest first; an administrator of the tenant sees all of the tenant's. */
  async list(caller: Caller, page: PageQuery): Promise<Page<JoinTokenView>> {
    const before = page.continuationToken === undefined ? undefined : decodePlaceInTime(page.continuationToken);
    const rows = await this.prisma.joinToken.findMany({
      where: {
        tenantId: caller.tenantId,
        ...(caller.isTenantAdministrator ? {} : { createdBy: caller.id }),
        ...(before && {
          OR: [{ createdAt: { lt: before.at } }, { createdAt: before.at, id: { lt: before.id } }],
        }),
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: PAGE_SIZE + 1,
      select: VIEW,
    });
    return cutPage(
      rows,
      (row) => [row.createdAt.toISOString(), row.id],
      (row) => row,
    );
  }

  /** @throws DomainError JOIN_TOKEN_NOT_FOUND, also for somebody else's */
  async revoke(caller: Caller, joinTokenId: string): Promise<void> {
    const { tenantId } = caller;
    const where = { id: joinTokenId, tenantId, ...(caller.isTenantAdministrator ? {} : { createdBy: caller.id }) };
    await this.prisma.$transaction(async (tx) => {
      const { count } = isIdentifier(joinTokenId) ? await tx.joinToken.deleteMany({ where }) : { count: 0 };
      if (count === 0) throw new DomainError('JOIN_TOKEN_NOT_FOUND', { joinTokenId });
      await this.record(tx, caller, 'join-token.revoked', { id: joinTokenId, tenantId });
    });
  }

  /**
   * Tells what a presented token allows. Spends nothing: that is done with the registration, or not at all.
   *
   * @throws DomainError TOKEN_INVALID for an unknown one and for one whose creator may not sign in any more, REGISTRATION_EXPIRED for one past its time or use,
   * TENANT_NOT_ADMITTED, IDENTITY_UNAVAILABLE
   */
  async permission(text: string): Promise<JoinPermission> {
    const hash = hashOfJoinToken(text);
    const row = hash && (await this.byHash(hash));
    if (!row) throw new DomainError('TOKEN_INVALID');
    if (row.consumedAt !== null || row.expiresAt.getTime() <= Date.now()) throw new DomainError('REGISTRATION_EXPIRED');
    await this.tenants.admit(row.tenantId);
    const creator = await this.principals.find(row.tenantId, row.createdBy);
    if (!creator || creator.type === 'Group') throw new DomainError('TOKEN_INVALID');
    // Who left the company minutes ago must not become an administrator by a token left behind.
    const states = await this.principals.refreshStates(row.tenantId, [creator.id]);
    if (states.get(creator.id) !== 'Active') throw new DomainError('TOKEN_INVALID');
    const { id, tenantId, region, gatewayName, gatewayId, byTenantAdministrator } = row;
    const goal = { region, gatewayName, gatewayId: gatewayId ?? undefined, byTenantAdministrator };
    return { id, tenantId, ...goal, principal: { id: creator.id, type: creator.type } };
  }

  /** Spends the token with the registration it is for: one conditional update, so that of two at once one wins. @throws DomainError REGISTRATION_EXPIRED */
  async consume(tx: Transaction, { id, tenantId }: JoinPermission): Promise<void> {
    const now = new Date();
    const { count } = await tx.joinToken.updateMany({
      where: { id, tenantId, consumedAt: null, expiresAt: { gt: now } },
      data: { consumedAt: now },
    });
    if (count !== 1) throw new DomainError('REGISTRATION_EXPIRED');
  }

  /** Apart from the spending: audit lines come last in a transaction. */
  async recordConsumed(tx: Transaction, permission: JoinPermission, gatewayId: string): Promise<void> {
    await this.audit.record(tx, this.consumed(permission, gatewayId));
  }

  /** The audit line of a spent token. */
  consumed({ id, tenantId, principal: actor }: JoinPermission, gatewayId: string): AuditRecord {
    const subject = { type: 'join-token', id };
    return { tenantId, actor, action: 'join-token.consumed', subject, details: { gatewayId } };
  }

  private async fresh(tenantId: string, wanted: { region: string; gatewayName: string }): Promise<JoinGoal> {
    const { region, gatewayName } = wanted;
    if (this.provisioner.namespaceFor(region) === undefined) {
      throw new DomainError('REGION_NOT_SERVED', { region, served: this.provisioner.servedRegions().join(', ') });
    }
    if (await this.prisma.gateway.findFirst({ where: { tenantId, name: gatewayName }, select: { id: true } })) {
      throw new DomainError('GATEWAY_NAME_TAKEN', { name: gatewayName });
    }
    return { region, gatewayName, gatewayId: null };
  }

  private async existing(caller: Caller, gatewayId: string): Promise<JoinGoal> {
    const access = await this.roles.access(caller, gatewayId);
    assertAdministrator(caller, access);
    const row = await this.prisma.gateway.findFirst({
      where: { id: access.gatewayId, tenantId: caller.tenantId },
      select: { id: true, name: true, region: true },
    });
    if (!row) throw new DomainError('GATEWAY_NOT_FOUND', { gatewayId });
    return { region: row.region, gatewayName: row.name, gatewayId: row.id };
  }

  /** The one query without a tenant: the token is what tells the tenant. */
  private byHash(hash: Uint8Array<ArrayBuffer>) {
    return this.prisma.joinToken.findUnique({
      where: { hash },
      select: { ...VIEW, tenantId: true, byTenantAdministrator: true },
    });
  }

  private async record(
    tx: Transaction,
    actor: PrincipalReference,
    action: string,
    subject: { readonly id: string; readonly tenantId: string } & Readonly<Record<string, string>>,
  ): Promise<void> {
    const { id, tenantId, ...details } = subject;
    await this.audit.record(tx, { tenantId, actor, action, subject: { type: 'join-token', id }, details });
  }
}
