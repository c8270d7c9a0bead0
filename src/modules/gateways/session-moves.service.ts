import { Injectable } from '@nestjs/common';
import { BoundedCache } from '../../common/bounded-cache.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { EpochsService } from './epochs.service.js';
import type { AuthenticatedMember } from './gateways.types.js';

/**
 * Between two moves of one gateway at a member's wish, in milliseconds: a member whose network is broken for good must not
 * keep the others moving. Less than the lock of a message that fell into the hole.
 */
const MIN_BETWEEN_MS = 10_000;
const MAX_GATEWAYS = 10_000;

/** Another member, or an earlier try of this one, had the gateway moved already. */
class AlreadyMoved extends Error {
  override readonly name = 'AlreadyMoved';
}

/** Moves gateways to new places on the relay when a member's connection fell silent. */
@Injectable()
export class SessionMovesService {
  /** When each was moved last, in milliseconds. */
  private readonly recent = new BoundedCache<string, number>(MAX_GATEWAYS, MIN_BETWEEN_MS);

  constructor(private readonly epochs: EpochsService) {}

  /**
   * Begins a new epoch unless one has begun since. Reads that fell into the hole are sent again there.
   *
   * @param epoch in which the member was when its connection fell silent
   * @throws DomainError TOO_MANY_ATTEMPTS, GATEWAY_NOT_FOUND, BROKER_UNAVAILABLE, VAULT_UNAVAILABLE
   */
  async move({ id, tenantId, gatewayId, epoch: current }: AuthenticatedMember, epoch: number): Promise<void> {
    // Nothing is left to do for the second of two members that fell silent together, and no gateway is locked to see it.
    if (epoch !== current) return;
    const movedAt = this.recent.get(gatewayId);
    if (movedAt !== undefined) {
      // The rest and no more: a connection may fall silent twice, and its member asks again after this time.
      const restMs = Math.max(0, movedAt + MIN_BETWEEN_MS - Date.now());
      throw new DomainError('TOO_MANY_ATTEMPTS', { gatewayId }, { retryAfterSeconds: Math.ceil(restMs / 1000) });
    }
    try {
      await this.epochs.change(tenantId, gatewayId, (_, gateway) => {
        if (gateway.epoch !== epoch) return Promise.reject(new AlreadyMoved());
        this.recent.set(gatewayId, Date.now());
        const subject = { type: 'gateway', id: gatewayId };
        const details = { reason: 'connection silent', memberId: id };
        return Promise.resolve([{ tenantId, actor: { id, type: 'Member' }, action: 'gateway.moved', gatewayId, subject, details }]); // prettier-ignore
      });
    } catch (error) {
      if (!(error instanceof AlreadyMoved)) throw error;
    }
  }
}
