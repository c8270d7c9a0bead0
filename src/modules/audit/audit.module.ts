import { Module } from '@nestjs/common';
import { RefusalSink } from '../../common/errors/refusal-sink.js';
import { AuditCheckpoints } from './audit-checkpoints.service.js';
import { AuditExportService } from './audit-export.service.js';
import { AuditKeyService } from './audit-key.service.js';
import { AuditSearchService } from './audit-search.service.js';
import { AuditService } from './audit.service.js';
import { AuditTimings } from './audit-timings.js';
import { AuditTrailService } from './audit-trail.service.js';
import { AuditVerificationService } from './audit-verification.service.js';
import { RefusalRecorder } from './refusal-recorder.service.js';
import { RefusalRoller } from './refusal-roller.service.js';

/** The record of changes and refusals, and the proof that nobody changed it. */
@Module({
  providers: [
    AuditService,
    AuditTimings,
    AuditKeyService,
    AuditCheckpoints,
    AuditTrailService,
    AuditSearchService,
    AuditExportService,
    AuditVerificationService,
    RefusalRoller,
    RefusalRecorder,
    { provide: RefusalSink, useExisting: RefusalRecorder },
  ],
  exports: [
    AuditService,
    AuditKeyService,
    AuditSearchService,
    AuditExportService,
    AuditVerificationService,
    RefusalSink,
  ],
})
export class AuditModule {}
