import type { Log } from '../log.js';
import { MachineLoad } from '../machine-load.js';
import type { StateFolder } from '../state-folder.js';
import { Activity } from './activity.js';
import { ActivityFile } from './activity-file.js';
import type { AgentVitals } from './agent-vitals.js';
import type { ObservabilitySettings } from './observability-settings.js';
import type { Observers } from './request-observer.js';

export interface ObservedAgent {
  readonly folder: StateFolder;
  readonly gatewayId: string;
  readonly memberId: string;
  readonly vitals: () => AgentVitals;
  readonly log: Log;
}

/**
 * Adds to the observers whatever the operator asked for. What is not asked for is not even loaded: it would cost memory.
 *
 * @returns how to end them, what they hold written
 * @throws CommandError state
 */
export async function openObservability(
  settings: ObservabilitySettings,
  observers: Observers,
  { folder, gatewayId, memberId, vitals, log }: ObservedAgent,
): Promise<() => Promise<void>> {
  const opened: { close(): Promise<void> }[] = [];
  const activity = new Activity();
  observers.add(activity);
  opened.push(new ActivityFile(folder, activity, vitals, log));
  if (settings.reports) {
    const { PerformanceReports } = await import('./performance-reports.js');
    const load = new MachineLoad(folder.path);
    const reports = await PerformanceReports.open(gatewayId, settings.reports, { load, log });
    observers.add(reports);
    opened.push(reports);
  }
  if (settings.metricsPort !== undefined) {
    const [{ Metrics }, { MetricsEndpoint }] = await Promise.all([
      import('./metrics.js'),
      import('./metrics-endpoint.js'),
    ]);
    const metrics = new Metrics(vitals);
    observers.add(metrics);
    const endpoint = await MetricsEndpoint.open(metrics, settings.metricsPort, log);
    if (endpoint) opened.push(endpoint);
  }
  if (settings.traces !== undefined) {
    const { Traces } = await import('./traces.js');
    const traces = new Traces({ url: settings.traces, memberId, gatewayId }, log);
    observers.add(traces);
    opened.push(traces);
  }
  return async () => {
    await Promise.all(opened.map((part) => part.close()));
  };
}
