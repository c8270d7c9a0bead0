import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { ConnectionsModule } from '../connections/connections.module.js';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { OverviewService } from './overview.service.js';

@Module({
  imports: [AlertsModule, ConnectionsModule, GatewaysModule],
  providers: [OverviewService],
  exports: [OverviewService],
})
export class OverviewModule {}
