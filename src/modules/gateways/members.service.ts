import { Injectable } from '@nestjs/common';
import { ReplicaIdentity } from '../../common/keys/replica-identity.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { AppConfig } from '../../config/env.js';
import type { HeartbeatRequest, HeartbeatResponse, SessionResponse } from '../../contract/membership.js';
import { SESSION_ANNOUNCEMENT_TYP, sessionKeyInfo, type SessionAnnouncement } from '../../contract/signed-objects.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { RelayProvisioner } from '../../relay-broker/relay-provisioner.js';
import { assertModest, assertStorable } from './capabilities.policy.js';
import { conditionsOf } from './conditions.policy.js';
import { DirectivesService } from './directives.service.js';
import { afterReturn, isReturn } from './flapping.policy.js';
import type { AuthenticatedMember } from './gateways.types.js';
import { isOnline, receivesReads } from './health.policy.js';
import { HeartbeatsService } from './heartbeats.service.js';
import { LinksService } from './links.service.js';
import { NewestVersionService } from './newest-version.service.js';
import { RootPinsService } from './root-pins.service.js';
import { sealToMember } from './seal-to-member.js';

/** An announcement is read at once; a member asks for a new one whenever it needs it. */
const ANNOUNCEMENT_SECONDS = 600;

/** What members ask of the control plane. */
@Injectable()
export class MembersService {
  constructor(
    private readonly config: AppConfig,
    private readonly prisma: PrismaService,
    private readonly heartbeats: HeartbeatsService,
    private readonly links: LinksService,
    private readonly provisioner: RelayProvisioner,
    private readonly identity: ReplicaIdentity,
    private readonly directives: DirectivesService,
    private readonly newest: NewestVersionService,
    private readonly rootPins: RootPinsService,
    private readonly changes: Changes,
  ) {}

  /**
   * Takes a sign of life and answers with the state the member should be in. Every member does this four times a minute:
   * a part of one statement, and a notification only when others must know.
   *
   * @throws DomainError MEMBER_NOT_FOUND when it was removed meanwhile; PAYLOAD_TOO_LARGE, VALIDATION_FAILED
   */
  async heartbeat(member: AuthenticatedMember, beat: HeartbeatRequest): Promise<HeartbeatResponse> {
    assertModest(beat.capabilities);
    assertStorable(beat);
    const now = new Date();
    const conditions = conditionsOf(beat, now);
    const gateway = await this.heartbeats.record({ member, request: beat, conditions, now });
    const before = gateway?.members.find((one) => one.id === member.id);
    if (!gateway || !before) throw new DomainError('MEMBER_NOT_FOUND', { memberId: member.id });
    const wasOffline = !isOnline(before, now);
    const self = {
      ...before,
      ...(isReturn(before, beat.version, now) ? afterReturn(before, now) : {}),
      draining: beat.draining || before.drainDeadline !== null,
      conditions,
      connectedEpoch: beat.epoch ?? null,
      lastHeartbeatAt: now,
    };
    const isNews =
      wasOffline ||
      before.saidDraining !== beat.draining ||
      before.connectedEpoch !== self.connectedEpoch ||
      before.conditions.join() !== conditions.join();
    if (isNews) await this.changes.publish(this.prisma, 'gateway', member.gatewayId);
    const directive = await this.directives.of(member, before);
    const nextRoot = await this.rootPins.heard(member, beat.root);
    return {
      serverTime: now.toISOString(),
      epoch: gateway.epoch,
      enabled: before.enabled,
      receiveReads: receivesReads(self, gateway, now),
      newestVersion: this.newest.current(),
      ...(directive && { directive }),
      ...(nextRoot !== undefined && { nextRoot }),
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
}
