import { Injectable } from '@nestjs/common';
import { AUDIT_VERSION } from '../../contract/audit-entry.js';
import type { AuditExportHeader } from '../../contract/audit-export.js';
import { AuditKeyService } from './audit-key.service.js';
import { AuditTrailService } from './audit-trail.service.js';
import type { AuditRange } from './audit.types.js';

/** Writes a tenant's record as JSON lines, with everything that verifying it elsewhere needs. */
@Injectable()
export class AuditExportService {
  constructor(
    private readonly key: AuditKeyService,
    private readonly trail: AuditTrailService,
  ) {}

  /** @returns pieces of text as they are asked for @throws DomainError VAULT_UNAVAILABLE, before the first piece */
  async export(tenantId: string, range: AuditRange): Promise<AsyncGenerator<string>> {
    const { key } = await this.key.current();
    const header: AuditExportHeader = {
      kind: 'header',
      typ: 'tidegate-audit-export',
      version: AUDIT_VERSION,
      tenantId,
      key,
      fromSeq: range.fromSeq,
    };
    return this.pieces(header, range);
  }

  private async *pieces(header: AuditExportHeader, range: AuditRange): AsyncGenerator<string> {
    yield `${JSON.stringify(header)}\n`;
    for await (const lines of this.trail.lines(header.tenantId, range)) {
      yield lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    }
  }
}
