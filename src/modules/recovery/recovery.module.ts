import { Module } from '@nestjs/common';
import { AdministratorsModule } from '../administrators/administrators.module.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { TenantPolicyModule } from '../tenant-policy/tenant-policy.module.js';
import { AdministeredGatewaysService } from './administered-gateways.service.js';
import { AdmissionsService } from './admissions.service.js';
import { ChallengesService } from './challenges.service.js';
import { DrillsService } from './drills.service.js';
import { ExposuresService } from './exposures.service.js';
import { JoiningService } from './joining.service.js';
import { MemberChallengesService } from './member-challenges.service.js';
import { MemberListService } from './member-list.service.js';
import { ProofsService } from './proofs.service.js';
import { RecoveryAccess } from './recovery-access.service.js';
import { RecoveryKeyChangesService } from './recovery-key-changes.service.js';
import { RecoveryLocksService } from './recovery-locks.service.js';
import { RecoverySetupService } from './recovery-setup.service.js';
import { RecoveryStatusService } from './recovery-status.service.js';
import { RecoverySweepService } from './recovery-sweep.service.js';
import { RecoveryTimings } from './recovery-timings.js';
import { RecoveryWatchService } from './recovery-watch.service.js';
import { ReplacementsService } from './replacements.service.js';

/** What the recovery key permits, and what happens to who has it not. */
@Module({
  imports: [AdministratorsModule, AlertsModule, AuditModule, GatewaysModule, IdentityModule, TenantPolicyModule],
  providers: [
    AdministeredGatewaysService,
    AdmissionsService,
    ChallengesService,
    DrillsService,
    ExposuresService,
    JoiningService,
    MemberChallengesService,
    MemberListService,
    ProofsService,
    RecoveryAccess,
    RecoveryKeyChangesService,
    RecoveryLocksService,
    RecoverySetupService,
    RecoveryStatusService,
    RecoverySweepService,
    RecoveryTimings,
    RecoveryWatchService,
    ReplacementsService,
  ],
  exports: [
    AdministeredGatewaysService,
    AdmissionsService,
    DrillsService,
    ExposuresService,
    MemberChallengesService,
    MemberListService,
    RecoveryAccess,
    RecoveryKeyChangesService,
    RecoveryLocksService,
    RecoverySetupService,
    RecoveryStatusService,
    RecoverySweepService,
    RecoveryWatchService,
  ],
})
export class RecoveryModule {}
