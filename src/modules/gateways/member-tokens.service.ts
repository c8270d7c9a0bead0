import { createHash, randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { isDatabaseDown } from '../../common/errors/database-down.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { JoinedCalls } from '../../common/joined-calls.js';
import { busy } from '../../common/limits/busy.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { AppConfig } from '../../config/env.js';
import type { TokenRequest, TokenResponse } from '../../contract/membership.js';
import { refusedAs } from '../administrators/refused-write.policy.js';
import { AuditService } from '../audit/audit.service.js';
import { claimedMember, verifyAssertion, type VerifiedAssertion } from './client-assertion.js';
import { FormerMembersService } from './former-members.service.js';
import type { AuthenticatedMember } from './gateways.types.js';
import {
  findHolders,
  renewToken,
  sweepTokens,
  usedName,
  type RenewedToken,
  type TokenHash,
  type TokenHolder,
} from './member-token-query.js';

const LIFETIME_SECONDS = 600;
const PREFIX = 'tgm_';
const TOKEN = /^tgm_[A-Za-z0-9_-]{43}$/;
/** Tokens that are looked up in one statement at most. */
const MAX_LOOKUPS = 200;
/** What members ask can wait this long, in milliseconds: no person and no flow waits for it. */
const GATHER_MS = 20;

/** Tokens being made at one time; a token takes a few milliseconds, so the last of them is there within its caller's time. */
const MAX_UNDER_WAY = 64;

interface KnownMember {
  readonly id: string;
  readonly tenantId: string;
  readonly gatewayId: string;
}

/** Exchanges members' client assertions for access tokens, and tells whom a token belongs to. */
@Injectable()
export class MemberTokensService {
  private readonly log = new Logger(MemberTokensService.name);
  private underWay = 0;
  private readonly lookups = new JoinedCalls<TokenHash, TokenHolder | undefined>({
    together: (hashes) => findHolders(this.prisma, hashes),
    isCommon: isDatabaseDown,
    maxCalls: MAX_LOOKUPS,
    gatherMs: GATHER_MS,
  });

  constructor(
    private readonly config: AppConfig,
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
    private readonly former: FormerMembersService,
  ) {}

  /**
   * Issues an access token. Without an instance number the start is a new one and gets the next number, which ends the
   * tokens of all earlier ones: of two copies of one agent only the younger keeps working.
   *
   * @param isGone whether the caller has hung up. Its next attempt may be served already: a number given to this one
   * now would end that one's tokens.
   * @throws DomainError TOKEN_INVALID, MEMBER_REMOVED, INSTANCE_SUPERSEDED, REQUEST_CANCELLED, TOO_MANY_ATTEMPTS
   */
  async issue(request: TokenRequest, isGone: () => boolean = () => false): Promise<TokenResponse> {
    if (this.underWay >= MAX_UNDER_WAY) throw busy();
    this.underWay += 1;
    try {
      return await this.make(request, isGone);
    } finally {
      this.underWay -= 1;
    }
  }

  /**
   * Whose token it is, with the state every call is checked against. One query, which calls that come together share.
   *
   * @throws DomainError TOKEN_INVALID, INSTANCE_SUPERSEDED
   */
  async authenticate(token: string): Promise<AuthenticatedMember> {
    if (!TOKEN.test(token)) throw new DomainError('TOKEN_INVALID');
    const member = await this.lookups.ask(hashOf(token));
    if (!member) throw new DomainError('TOKEN_INVALID');
    const { newest, ...authenticated } = member;
    if (member.instance === newest) return authenticated;
    throw this.superseded(member, member.instance, newest);
  }

  private async make(request: TokenRequest, isGone: () => boolean): Promise<TokenResponse> {
    const memberId = claimedMember(request.client_assertion);
    const member = await this.byId(memberId);
    // What comes too late from a machine that was replaced: its operator must learn why nothing works any more.
    if (!member) throw new DomainError((await this.former.wasMember(memberId)) ? 'MEMBER_REMOVED' : 'TOKEN_INVALID');
    const assertion = await verifyAssertion(request.client_assertion, member.identityKey, this.config.issuer);
    const token = PREFIX + randomBytes(32).toString('base64url');
    const row = { hash: hashOf(token), expiresAt: new Date(Date.now() + LIFETIME_SECONDS * 1000) };
    const { instance = await this.startInstance(member, assertion, row, isGone) } = request;
    if (request.instance !== undefined) await this.renew({ member, assertion, instance, ...row });
    await sweepTokens(this.prisma);
    return { access_token: token, token_type: 'Bearer', expires_in: LIFETIME_SECONDS, instance };
  }

  /** Two copies of one agent are somebody's mistake or somebody's attack: the operator must hear of it either way. */
  private superseded(member: { id: string; gatewayId: string }, instance: number, newest: number): DomainError {
    const { id: memberId, gatewayId } = member;
    this.log.warn({ event: 'member.superseded', memberId, gatewayId, instance, newest });
    return new DomainError('INSTANCE_SUPERSEDED', { instance, newest });
  }

  private async renew(token: RenewedToken & { member: KnownMember }): Promise<void> {
    const { member, instance } = token;
    const result = await renewToken(this.prisma, token);
    if (!result?.isUnused || instance > result.newest) throw new DomainError('TOKEN_INVALID');
    if (instance < result.newest) throw this.superseded(member, instance, result.newest);
  }

  private async startInstance(
    member: KnownMember,
    assertion: VerifiedAssertion,
    token: Pick<RenewedToken, 'hash' | 'expiresAt'>,
    isGone: () => boolean,
  ): Promise<number> {
    const { id, tenantId, gatewayId } = member;
    await this.spend(assertion);
    return this.prisma.$transaction(async (tx) => {
      // A start is not connected yet, whatever its predecessor said last.
      const { instance } = await tx.member.update({
        where: { id, tenantId },
        data: { instance: { increment: 1 }, connectedEpoch: null, receiving: false },
        select: { instance: true },
      });
      await tx.memberToken.create({ data: { memberId: id, instance, ...token }, select: { memberId: true } });
      await this.audit.record(tx, {
        tenantId,
        actor: { id, type: 'Member' },
        action: 'member.started',
        gatewayId,
        subject: { type: 'member', id },
        details: { instance },
      });
      if (isGone()) throw new DomainError('REQUEST_CANCELLED');
      return instance;
    });
  }

  /** An assertion is good once: whoever overheard it comes second. @throws DomainError TOKEN_INVALID */
  private async spend(assertion: VerifiedAssertion): Promise<void> {
    await this.prisma.usedAssertion
      .create({ data: { jti: usedName(assertion), expiresAt: assertion.forgettableAt }, select: { jti: true } })
      .catch(refusedAs({ taken: new DomainError('TOKEN_INVALID') }));
  }

  /** No tenant in the query: the assertion that follows proves who it is, and with it the tenant. */
  private byId(id: string) {
    return this.prisma.member.findUnique({
      where: { id },
      select: { id: true, tenantId: true, gatewayId: true, identityKey: true },
    });
  }
}

function hashOf(token: string): TokenHash {
  return new Uint8Array(createHash('sha256').update(token).digest());
}
