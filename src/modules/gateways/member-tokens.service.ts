import { createHash, randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { AppConfig } from '../../config/env.js';
import type { TokenRequest, TokenResponse } from '../../contract/membership.js';
import { refusedAs } from '../administrators/refused-write.policy.js';
import { AuditService } from '../audit/audit.service.js';
import { claimedMember, verifyAssertion, type VerifiedAssertion } from './client-assertion.js';
import type { AuthenticatedMember } from './gateways.types.js';

const LIFETIME_SECONDS = 600;
const PREFIX = 'tgm_';
const TOKEN = /^tgm_[A-Za-z0-9_-]{43}$/;
/** Rows past their time that every new token clears away: more than it adds, so that the tables do not grow. */
const SWEEP_ROWS = 20;

/** Exchanges members' client assertions for access tokens, and tells whom a token belongs to. */
@Injectable()
export class MemberTokensService {
  private readonly log = new Logger(MemberTokensService.name);

  constructor(
    private readonly config: AppConfig,
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Issues an access token. Without an instance number the start is a new one and gets the next number, which ends the
   * tokens of all earlier ones: of two copies of one agent only the younger keeps working.
   *
   * @throws DomainError TOKEN_INVALID, INSTANCE_SUPERSEDED
   */
  async issue(request: TokenRequest): Promise<TokenResponse> {
    const memberId = claimedMember(request.client_assertion);
    const member = await this.byId(memberId);
    if (!member) throw new DomainError('TOKEN_INVALID');
    const assertion = await verifyAssertion(request.client_assertion, member.identityKey, this.config.issuer);
    const token = PREFIX + randomBytes(32).toString('base64url');
    await this.spend(assertion);
    const instance = await this.prisma.$transaction(async (tx) => {
      const current = request.instance ?? (await this.startInstance(tx, member));
      await tx.memberToken.create({
        data: {
          hash: hashOf(token),
          memberId,
          instance: current,
          expiresAt: new Date(Date.now() + LIFETIME_SECONDS * 1000),
        },
        select: { memberId: true },
      });
      const { instance: newest } = await tx.member.findFirstOrThrow({
        where: { id: memberId, tenantId: member.tenantId },
        select: { instance: true },
      });
      if (current > newest) throw new DomainError('TOKEN_INVALID');
      if (current < newest) throw this.superseded(member, current, newest);
      return current;
    });
    await this.sweep();
    return { access_token: token, token_type: 'Bearer', expires_in: LIFETIME_SECONDS, instance };
  }

  /**
   * Whose token it is, with the state every call is checked against. One query.
   *
   * @throws DomainError TOKEN_INVALID, INSTANCE_SUPERSEDED
   */
  async authenticate(token: string): Promise<AuthenticatedMember> {
    if (!TOKEN.test(token)) throw new DomainError('TOKEN_INVALID');
    const [member] = await this.prisma.$queryRaw<(AuthenticatedMember & { newest: number })[]>`
      SELECT m.id, m."tenantId", m."gatewayId", m."receivingKey", t.instance, m.instance AS newest,
        g.epoch, g.namespace
      FROM member_token t JOIN member m ON m.id = t."memberId" JOIN gateway g ON g.id = m."gatewayId"
      WHERE t.hash = ${hashOf(token)} AND t."expiresAt" > ${new Date()}`;
    if (!member) throw new DomainError('TOKEN_INVALID');
    const { newest, ...authenticated } = member;
    if (member.instance === newest) return authenticated;
    throw this.superseded(member, member.instance, newest);
  }

  /** Two copies of one agent are somebody's mistake or somebody's attack: the operator must hear of it either way. */
  private superseded(member: { id: string; gatewayId: string }, instance: number, newest: number): DomainError {
    const { id: memberId, gatewayId } = member;
    this.log.warn({ event: 'member.superseded', memberId, gatewayId, instance, newest });
    return new DomainError('INSTANCE_SUPERSEDED', { instance, newest });
  }

  private async startInstance(tx: Transaction, member: { id: string; tenantId: string; gatewayId: string }) {
    const { id, tenantId, gatewayId } = member;
    // A start is not connected yet, whatever its predecessor said last.
    const { instance } = await tx.member.update({
      where: { id, tenantId },
      data: { instance: { increment: 1 }, connectedEpoch: null, receiving: false },
      select: { instance: true },
    });
    await this.audit.record(tx, {
      tenantId,
      actor: { id, type: 'Member' },
      action: 'member.started',
      gatewayId,
      subject: { type: 'member', id },
      details: { instance },
    });
    return instance;
  }

  /** An assertion is good once: whoever overheard it comes second. @throws DomainError TOKEN_INVALID */
  private async spend({ memberId, jti, forgettableAt }: VerifiedAssertion): Promise<void> {
    await this.prisma.usedAssertion
      .create({ data: { jti: `${memberId} ${jti}`, expiresAt: forgettableAt }, select: { jti: true } })
      .catch(refusedAs({ taken: new DomainError('TOKEN_INVALID') }));
  }

  /** Rows of both tables are of no use after their time; locked ones are left to whoever is at them. */
  private async sweep(): Promise<void> {
    const now = new Date();
    await this.prisma.$executeRaw`
      DELETE FROM used_assertion WHERE jti IN (SELECT jti FROM used_assertion
        WHERE "expiresAt" < ${now} LIMIT ${SWEEP_ROWS} FOR UPDATE SKIP LOCKED)`;
    await this.prisma.$executeRaw`
      DELETE FROM member_token WHERE hash IN (SELECT hash FROM member_token
        WHERE "expiresAt" < ${now} LIMIT ${SWEEP_ROWS} FOR UPDATE SKIP LOCKED)`;
  }

  /** No tenant in the query: the assertion that follows proves who it is, and with it the tenant. */
  private byId(id: string) {
    return this.prisma.member.findUnique({
      where: { id },
      select: { id: true, tenantId: true, gatewayId: true, identityKey: true },
    });
  }
}

function hashOf(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest());
}
