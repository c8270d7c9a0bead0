import { Module } from '@nestjs/common';
import { RelayBrokerModule } from '../../relay-broker/relay-broker.module.js';
import { AdministratorsModule } from '../administrators/administrators.module.js';
import { ConnectionsModule } from '../connections/connections.module.js';
import { EnvironmentsModule } from '../environments/environments.module.js';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { LicencesModule } from '../licences/licences.module.js';
import { DeliveryService } from './delivery.service.js';
import { DispatcherService } from './dispatcher.service.js';
import { MemberWatchService } from './member-watch.service.js';
import { RequestLogService } from './request-log.service.js';
import { RequestsController } from './requests.controller.js';
import { RequestsService } from './requests.service.js';
import { RetentionService } from './retention.service.js';
import { WriteRecordsService } from './write-records.service.js';

/** The main job: flow requests, and what became of them. */
@Module({
  imports: [
    AdministratorsModule,
    ConnectionsModule,
    EnvironmentsModule,
    GatewaysModule,
    IdentityModule,
    LicencesModule,
    RelayBrokerModule,
  ],
  controllers: [RequestsController],
  providers: [
    DispatcherService,
    DeliveryService,
    MemberWatchService,
    RequestLogService,
    RequestsService,
    RetentionService,
    WriteRecordsService,
  ],
  exports: [DispatcherService, RequestsService],
})
export class FlowRequestsModule {}
