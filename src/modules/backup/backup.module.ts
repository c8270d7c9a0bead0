import { Module } from '@nestjs/common';
import { RelayBrokerModule } from '../../relay-broker/relay-broker.module.js';
import { AdministratorsModule } from '../administrators/administrators.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { ConnectionsModule } from '../connections/connections.module.js';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { BackupExportService } from './backup-export.service.js';
import { BackupReader } from './backup-reader.service.js';
import { BackupRestorationService } from './backup-restoration.service.js';
import { BackupWriter } from './backup-writer.service.js';
import { BackupController } from './backup.controller.js';

/** Backup of a tenant's configuration. A surface of its own: it reaches across all of the domain, and nobody leans on it. */
@Module({
  imports: [AdministratorsModule, AuditModule, ConnectionsModule, GatewaysModule, IdentityModule, RelayBrokerModule],
  controllers: [BackupController],
  providers: [BackupExportService, BackupReader, BackupRestorationService, BackupWriter],
})
export class BackupModule {}
