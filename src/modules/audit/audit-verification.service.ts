import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { ChainVerifier, type ChainReport } from '../../contract/audit-chain.js';
import { AuditKeyService } from './audit-key.service.js';
import { AuditTrailService } from './audit-trail.service.js';

/** Verifying reads everything; asked for again and again it would be a load on all. */
const RETRY_SECONDS = 5;

/** Verifies a tenant's record where it lies. */
@Injectable()
export class AuditVerificationService {
  private readonly running = new Set<string>();

  constructor(
    private readonly key: AuditKeyService,
    private readonly trail: AuditTrailService,
  ) {}

  /** @throws DomainError TOO_MANY_ATTEMPTS while one of the tenant runs, VAULT_UNAVAILABLE */
  async verify(tenantId: string): Promise<ChainReport> {
    if (this.running.has(tenantId)) {
      throw new DomainError('TOO_MANY_ATTEMPTS', {}, { retryAfterSeconds: RETRY_SECONDS });
    }
    this.running.add(tenantId);
    try {
      const { key } = await this.key.current();
      const verifier = new ChainVerifier({ tenantId, key, fromSeq: 1 });
      for await (const lines of this.trail.lines(tenantId, { fromSeq: 1 })) {
        for (const line of lines) verifier.line(line);
      }
      return verifier.report();
    } finally {
      this.running.delete(tenantId);
    }
  }
}
