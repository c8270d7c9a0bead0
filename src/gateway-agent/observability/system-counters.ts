import type { MachineLoad } from '../machine-load.js';
import type { CsvValue } from './csv-line.js';
import { timeText } from './report-rows.js';
import { Spread } from './spread.js';

const COUNTERS = ['SystemCPUPercent', 'SystemMEMUsedPercent', 'GatewayCPUPercent', 'GatewayMEMKb'] as const;
type CounterName = (typeof COUNTERS)[number];

/** One window of SystemCounterAggregationReport. */
export class SystemCounters {
  private spreads = fresh();
  private startedAt = Date.now();
  private cpuBefore = process.cpuUsage();
  private lookedAt = performance.now();

  constructor(private readonly load: Pick<MachineLoad, 'read'>) {}

  async sample(): Promise<void> {
    const { cpuPercent, memoryPercent } = await this.load.read();
    const { user, system } = process.cpuUsage(this.cpuBefore);
    const elapsedUs = (performance.now() - this.lookedAt) * 1000;
    this.cpuBefore = process.cpuUsage();
    this.lookedAt = performance.now();
    this.add('SystemCPUPercent', cpuPercent);
    this.add('SystemMEMUsedPercent', memoryPercent);
    // Of one core: two busy cores are 200.
    this.add('GatewayCPUPercent', elapsedUs > 0 ? ((user + system) / elapsedUs) * 100 : 0);
    this.add('GatewayMEMKb', process.memoryUsage.rss() / 1024);
  }

  /** Ends the window. @returns its rows */
  take(gatewayId: string): CsvValue[][] {
    const { spreads } = this;
    const [from, to] = [timeText(this.startedAt), timeText(Date.now())];
    this.spreads = fresh();
    this.startedAt = Date.now();
    return COUNTERS.flatMap((name) => {
      const spread = spreads.get(name);
      if (spread?.average === undefined) return [];
      return [[gatewayId, from, to, name, spread.max, spread.min, spread.average]];
    });
  }

  private add(name: CounterName, value: number): void {
    this.spreads.get(name)?.add(value);
  }
}

function fresh(): ReadonlyMap<CounterName, Spread> {
  return new Map(COUNTERS.map((name) => [name, new Spread()]));
}
