import { Module } from '@nestjs/common';
import { AdministratorsModule } from '../administrators/administrators.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { AlertDeliveriesService } from './alert-deliveries.service.js';
import { AlertDelivery, LogAlertDelivery } from './alert-delivery.js';
import { AlertReconcilerService } from './alert-reconciler.service.js';
import { AlertTimings } from './alert-timings.js';
import { AlertsService } from './alerts.service.js';
import { EmployeeEventsService } from './employee-events.service.js';
import { LeadershipService } from './leadership.service.js';
import { MemberAlertTimings } from './member-alert-timings.js';
import { MemberAlertsService } from './member-alerts.service.js';
import { RoleWatchService } from './role-watch.service.js';

@Module({
  imports: [AdministratorsModule, AuditModule, IdentityModule],
  providers: [
    AlertsService,
    AlertReconcilerService,
    AlertDeliveriesService,
    LeadershipService,
    RoleWatchService,
    EmployeeEventsService,
    AlertTimings,
    MemberAlertsService,
    MemberAlertTimings,
    { provide: AlertDelivery, useClass: LogAlertDelivery },
  ],
  exports: [AlertsService, AlertReconcilerService, EmployeeEventsService],
})
export class AlertsModule {}
