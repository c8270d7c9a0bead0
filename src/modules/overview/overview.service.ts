import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { AlertsService } from '../alerts/alerts.service.js';
import { ConnectionSummariesService } from '../connections/connection-summaries.service.js';
import { GatewaySummariesService } from '../gateways/gateway-summaries.service.js';
import { attentionOf, MAX_ATTENTION } from './attention.policy.js';
import type { Overview } from './overview.types.js';

/** Puts together how things are, out of what the lists say. */
@Injectable()
export class OverviewService {
  constructor(
    private readonly gateways: GatewaySummariesService,
    private readonly connections: ConnectionSummariesService,
    private readonly alerts: AlertsService,
  ) {}

  /** Of what the caller may see, as in the lists. */
  async read(caller: Caller): Promise<Overview> {
    const [counts, connections, alerts] = await Promise.all([
      this.gateways.counts(caller),
      this.connections.counts(caller),
      this.alerts.unresolved(caller),
    ]);
    const failing =
      connections.failing === 0
        ? { value: [] }
        : await this.connections.list(caller, { status: 'failing', top: MAX_ATTENTION });
    return { ...counts, connections, attention: attentionOf(alerts, failing.value) };
  }
}
