import { Injectable, Logger } from '@nestjs/common';
import { ReplicaIdentity } from '../../common/keys/replica-identity.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { AppConfig } from '../../config/env.js';
import type { HeartbeatRequest, HeartbeatResponse, SessionResponse } from '../../contract/membership.js';
import { SESSION_ANNOUNCEMENT_TYP, sessionKeyInfo, type SessionAnnouncement } from '../../contract/signed-objects.js';
import { PRODUCT_VERSION } from '../../contract/version.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { RelayProvisioner } from '../../relay-broker/relay-provisioner.js';
import { AuditService } from '../audit/audit.service.js';
import { assertModest } from './capabilities.policy.js';
import type { AuthenticatedMember } from './gateways.types.js';
import { isOnline, receivesReads } from './health.policy.js';
import { recordHeartbeat } from './heartbeat-query.js';
import { LinksService } from './links.service.js';
import { sealToMember } from './seal-to-member.js';

/** An announcement is read at once; a member asks for a new one whenever it needs it. */
const ANNOUNCEMENT_SECONDS = 600;

/** What members ask of the control plane. */
@Injectable()
export class MembersService {
  private readonly log = new Logger(MembersService.name);

  constructor(
    private readonly config: AppConfig,
    private readonly prisma: PrismaService,
    private readonly links: LinksService,
    private readonly provisioner: RelayProvisioner,
    private readonly identity: ReplicaIdentity,
    private readonly audit: AuditService,
    private readonly changes: Changes,
  ) {}

  /**
   * Takes a sign of life and answers with the state the member should be in. Every member does this four times a minute:
   * one statement, and a notification only when others must know.
   *
   * @throws DomainError MEMBER_NOT_FOUND when it was removed meanwhile; PAYLOAD_TOO_LARGE
   */
  async heartbeat(member: AuthenticatedMember, beat: HeartbeatRequest): Promise<HeartbeatResponse> {
    assertModest(beat.capabilities);
    const now = new Date();
    const gateway = await recordHeartbeat(this.prisma, member, beat, now);
    const before = gateway?.members.find((one) => one.id === member.id);
    if (!gateway || !before) throw new DomainError('MEMBER_NOT_FOUND', { memberId: member.id });
    const connectedEpoch = beat.epoch ?? null;
    const isNews =
      !isOnline(before, now) || before.draining !== beat.draining || before.connectedEpoch !== connectedEpoch;
    if (isNews) await this.changes.publish(this.prisma, 'gateway', member.gatewayId);

    const self = { ...before, draining: beat.draining, connectedEpoch, lastHeartbeatAt: now };
    const receiveReads = receivesReads(self, gateway, now);
    const { enabled } = before;
    return {
      serverTime: now.toISOString(),
      epoch: gateway.epoch,
      enabled,
      receiveReads,
      newestVersion: PRODUCT_VERSION,
    };
  }

  /** What the member needs to take part: its way to the relay and the epoch's session keys, sealed to it. @throws DomainError BROKER_UNAVAILABLE */
  async session(member: AuthenticatedMember): Promise<SessionResponse> {
    const { id: memberId, gatewayId, tenantId, epoch, namespace } = member;
    const link = await this.links.link({ id: gatewayId, tenantId, epoch, namespace });
    const replyKey = link.replyKeys.get(memberId);
    if (!replyKey) throw new DomainError('MEMBER_NOT_FOUND', { memberId, epoch });
    const seal = (use: 'request' | 'reply', key: Uint8Array) =>
      sealToMember(member.receivingKey, sessionKeyInfo(use, gatewayId, memberId, epoch), key);
    const place = { namespace, gatewayId, epoch, memberId };
    const [requestKeySealed, replyKeySealed, access] = await Promise.all([
      seal('request', link.requestKey),
      seal('reply', replyKey),
      this.provisioner.access(place),
      // A member also asks because its queue is gone: a namespace restored or replaced starts empty.
      this.provisioner.provision(place),
    ]);
    const iat = Math.floor(Date.now() / 1000);
    const announcement: SessionAnnouncement = {
      iss: this.config.issuer,
      iat,
      exp: iat + ANNOUNCEMENT_SECONDS,
      gatewayId,
      memberId,
      epoch,
      requestKey: requestKeySealed,
      replyKey: replyKeySealed,
    };
    return {
      relay: access.relay,
      queues: { work: access.queues.work, member: access.queues.member },
      announcement: await this.identity.sign(SESSION_ANNOUNCEMENT_TYP, announcement),
      certificate: this.identity.certificate(),
    };
  }

  /**
   * Removes a member at its own wish. The last one takes the gateway along, unless connections still need its name and id.
   */
  async unregister(member: AuthenticatedMember): Promise<void> {
    const { id: memberId, gatewayId, tenantId } = member;
    const place = await this.prisma.$transaction(async (tx) => {
      // Registrations of connections hold a share of this lock, so that none slips in between count and delete.
      const [gateway] = await tx.$queryRaw<{ epoch: number; namespace: string }[]>`
        SELECT epoch, namespace FROM gateway
        WHERE id = ${gatewayId}::uuid AND "tenantId" = ${tenantId}::uuid FOR UPDATE`;
      const { count } = await tx.member.deleteMany({ where: { id: memberId, tenantId } });
      if (!gateway || count === 0) throw new DomainError('MEMBER_NOT_FOUND', { memberId });
      await tx.sessionKey.deleteMany({ where: { gatewayId, memberId, tenantId } });
      const members = await tx.member.count({ where: { gatewayId, tenantId } });
      const isGatewayGone =
        members === 0 && !(await tx.connection.findFirst({ where: { gatewayId, tenantId }, select: { id: true } }));
      if (isGatewayGone) await tx.gateway.delete({ where: { id: gatewayId, tenantId }, select: { id: true } });
      await this.audit.record(tx, {
        tenantId,
        actor: { id: memberId, type: 'Member' },
        action: isGatewayGone ? 'gateway.unregistered' : 'member.unregistered',
        gatewayId,
        subject: { type: 'member', id: memberId },
        details: { remainingMembers: members },
      });
      await this.changes.publish(tx, 'gateway', gatewayId);
      return { ...gateway, gatewayId, ...(members === 0 ? {} : { memberId }) };
    });
    await this.takeDown(place);
  }

  /** The rows are gone and decide; a place left on the relay is a matter for the operator, not for the leaving member. */
  private async takeDown(place: Parameters<RelayProvisioner['remove']>[0]): Promise<void> {
    try {
      await this.provisioner.remove(place);
    } catch (error) {
      this.log.error({ event: 'member.leftover', gatewayId: place.gatewayId, cause: String(error) });
    }
  }
}
