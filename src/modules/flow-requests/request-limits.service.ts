import { Injectable } from '@nestjs/common';
import { FairLimiter } from '../../common/limits/fair-limiter.js';
import { rateLimited } from '../../common/limits/rate-limited.js';
import { RateLimiter } from '../../common/limits/rate-limiter.js';
import { ReplicaPresence } from '../../common/limits/replica-presence.js';
import type { RequestLimits } from '../tenant-policy/tenant-policy.types.js';

/** How many flow requests a caller, a connection and a tenant may send. Kept in memory, divided by the replicas there are. */
@Injectable()
export class RequestLimitsService {
  private readonly callers = new RateLimiter();
  private readonly connections = new RateLimiter();
  private readonly tenants = new FairLimiter();

  constructor(private readonly replicas: ReplicaPresence) {}

  /**
   * Counts one request, or refuses it and counts nothing.
   *
   * @throws DomainError RATE_LIMITED naming the scope, with the seconds to wait
   */
  admit(
    { tenantId, id }: { readonly tenantId: string; readonly id: string },
    connectionId: string,
    limits: RequestLimits,
  ): void {
    const { count } = this.replicas;
    const caller = `${tenantId}/${id}`;
    const connection = `${tenantId}/${connectionId}`;
    const { callerRequestsPerMinute, connectionRequestsPerMinute, tenantRequestsPerMinute } = limits;

    const callerWaitMs = this.callers.take(caller, callerRequestsPerMinute / count);
    if (callerWaitMs > 0) throw rateLimited('caller', callerRequestsPerMinute, callerWaitMs);

    const connectionWaitMs = this.connections.take(connection, connectionRequestsPerMinute / count);
    if (connectionWaitMs > 0) {
      this.callers.giveBack(caller);
      throw rateLimited('connection', connectionRequestsPerMinute, connectionWaitMs);
    }

    const tenantWaitMs = this.tenants.take(tenantId, caller, tenantRequestsPerMinute / count);
    if (tenantWaitMs > 0) {
      this.callers.giveBack(caller);
      this.connections.giveBack(connection);
      throw rateLimited('tenant', tenantRequestsPerMinute, tenantWaitMs);
    }
  }
}
