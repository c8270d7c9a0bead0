import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppConfig } from '../../config/env.js';
import { rateLimited } from '../limits/rate-limited.js';
import { RateLimiter } from '../limits/rate-limiter.js';
import { ReplicaPresence } from '../limits/replica-presence.js';
import type { AuthenticatedRequest } from './current-caller.decorator.js';

/** A tenant may call as often as this many of its callers: no single one can use up what is there for all. */
const CALLERS_PER_TENANT = 10;

/** People's tools come in bursts: a page of the portal, a plan of Terraform. */
const BURST_SECONDS = 10;

/** Surfaces that manage; what apps and agents call has limits of its own. */
const MANAGEMENT = /^\/(v1|v1\.0|v2\.0|subscriptions)\//;

/** How often a caller and a tenant may call the management routes. Stands behind the guard that knows callers. */
@Injectable()
export class ManagementLimitGuard implements CanActivate {
  private readonly callers = new RateLimiter({ burstSeconds: BURST_SECONDS });
  private readonly tenants = new RateLimiter({ burstSeconds: BURST_SECONDS });

  constructor(
    private readonly config: AppConfig,
    private readonly replicas: ReplicaPresence,
  ) {}

  /** @throws DomainError RATE_LIMITED */
  canActivate(context: ExecutionContext): boolean {
    const { caller, routeOptions } = context.switchToHttp().getRequest<FastifyRequest & AuthenticatedRequest>();
    if (!caller || !MANAGEMENT.test(routeOptions.url ?? '')) return true;
    const { managementRequestsPerMinute: perCaller } = this.config;
    const perTenant = perCaller * CALLERS_PER_TENANT;
    const key = `${caller.tenantId}/${caller.id}`;

    const callerWaitMs = this.callers.take(key, perCaller / this.replicas.count);
    if (callerWaitMs > 0) throw rateLimited('caller', perCaller, callerWaitMs);
    const tenantWaitMs = this.tenants.take(caller.tenantId, perTenant / this.replicas.count);
    if (tenantWaitMs === 0) return true;
    this.callers.giveBack(key);
    throw rateLimited('tenant', perTenant, tenantWaitMs);
  }
}
