import { Module } from '@nestjs/common';
import { RelayBrokerModule } from '../../relay-broker/relay-broker.module.js';
import { AdmissionModule } from '../admission/admission.module.js';
import { AdministratorsModule } from '../administrators/administrators.module.js';
import { ConnectionsModule } from '../connections/connections.module.js';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { TenantPolicyModule } from '../tenant-policy/tenant-policy.module.js';
import { AttemptsService } from './attempts.service.js';
import { DeliveryService } from './delivery.service.js';
import { DispatcherService } from './dispatcher.service.js';
import { GatewayMovesService } from './gateway-moves.service.js';
import { MemberWatchService } from './member-watch.service.js';
import { RequestLimitsService } from './request-limits.service.js';
import { RequestNewsService } from './request-news.service.js';
import { ConnectionUsageService } from './connection-usage.service.js';
import { RequestStatisticsService } from './request-statistics.service.js';
import { RequestListService } from './request-list.service.js';
import { RequestLogService } from './request-log.service.js';
import { RequestsService } from './requests.service.js';
import { RetentionService } from './retention.service.js';
import { WriteRecordsService } from './write-records.service.js';

/** The main job: flow requests, and what became of them. */
@Module({
  imports: [
    AdministratorsModule,
    AdmissionModule,
    ConnectionsModule,
    GatewaysModule,
    IdentityModule,
    RelayBrokerModule,
    TenantPolicyModule,
  ],
  providers: [
    DispatcherService,
    AttemptsService,
    DeliveryService,
    GatewayMovesService,
    MemberWatchService,
    RequestLimitsService,
    RequestListService,
    RequestNewsService,
    RequestStatisticsService,
    ConnectionUsageService,
    RequestLogService,
    RequestsService,
    RetentionService,
    WriteRecordsService,
  ],
  exports: [DispatcherService, RequestsService, RequestListService, RequestStatisticsService, ConnectionUsageService],
})
export class FlowRequestsModule {}
