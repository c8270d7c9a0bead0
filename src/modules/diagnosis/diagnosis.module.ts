import { Module } from '@nestjs/common';
import { AdministratorsModule } from '../administrators/administrators.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { DiagnosedMembersService } from './diagnosed-members.service.js';
import { DiagnosesService } from './diagnoses.service.js';
import { DiagnosisSweepService } from './diagnosis-sweep.service.js';
import { LogTailEndsService } from './log-tail-ends.service.js';
import { LogTailLinesService } from './log-tail-lines.service.js';
import { LogTailsService } from './log-tails.service.js';

@Module({
  imports: [AdministratorsModule, AuditModule, GatewaysModule, IdentityModule],
  providers: [
    DiagnosedMembersService,
    DiagnosesService,
    DiagnosisSweepService,
    LogTailEndsService,
    LogTailLinesService,
    LogTailsService,
  ],
  exports: [DiagnosesService, DiagnosisSweepService, LogTailEndsService, LogTailLinesService, LogTailsService],
})
export class DiagnosisModule {}
