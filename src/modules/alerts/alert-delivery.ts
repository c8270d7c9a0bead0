import { Injectable, Logger } from '@nestjs/common';
import type { AlertView } from './alerts.types.js';

/** Takes alerts to those who should know: by mail, chat or pager. */
export abstract class AlertDelivery {
  /** Called at least once for every alert; rejects when it was not delivered, and is then called again later. */
  abstract deliver(tenantId: string, alert: AlertView): Promise<void>;
}

/** Where no channel is set up: one line in the log, for whatever watches it. */
@Injectable()
export class LogAlertDelivery extends AlertDelivery {
  private readonly log = new Logger(LogAlertDelivery.name);

  override deliver(tenantId: string, { kind, gatewayId, connectionId, details }: AlertView): Promise<void> {
    this.log.warn({ event: 'alert.opened', tenantId, kind, gatewayId, connectionId, name: details.name });
    return Promise.resolve();
  }
}
