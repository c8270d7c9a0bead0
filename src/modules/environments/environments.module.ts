import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { EnvironmentsService } from './environments.service.js';

@Module({ imports: [AuditModule], providers: [EnvironmentsService], exports: [EnvironmentsService] })
export class EnvironmentsModule {}
