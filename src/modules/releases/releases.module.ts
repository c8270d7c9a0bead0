import { Module } from '@nestjs/common';
import { AdministratorsModule } from '../administrators/administrators.module.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { CatalogueService } from './catalogue.service.js';
import { PackagesService } from './packages.service.js';
import { ReleaseTimings } from './release-timings.js';
import { RolloutDriverService } from './rollout-driver.service.js';
import { RolloutsService } from './rollouts.service.js';
import { SupportWatchService } from './support-watch.service.js';

/** Versions of the agent: which there are, which are supported, and how gateways get from one to another. */
@Module({
  imports: [AdministratorsModule, AlertsModule, AuditModule, GatewaysModule],
  providers: [
    CatalogueService,
    PackagesService,
    RolloutsService,
    RolloutDriverService,
    SupportWatchService,
    ReleaseTimings,
  ],
  exports: [CatalogueService, PackagesService, RolloutsService],
})
export class ReleasesModule {}
