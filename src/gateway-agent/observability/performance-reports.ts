import { CommandError, systemErrorCode } from '../exit-codes.js';
import { errorText, type Log } from '../log.js';
import type { MachineLoad } from '../machine-load.js';
import { csvLine, type CsvValue } from './csv-line.js';
import type { ReportSettings } from './observability-settings.js';
import { QueryAggregation } from './query-aggregation.js';
import { REPORT_COLUMNS, type ReportName } from './report-columns.js';
import { executionRow, startRow } from './report-rows.js';
import type { EndedRequest, ObservedRequest, RequestObserver } from './request-observer.js';
import { RotatingFile } from './rotating-file.js';
import { SystemCounters } from './system-counters.js';

const SAMPLE_MS = 10_000;
const NAMES = Object.keys(REPORT_COLUMNS) as ReportName[];

/** The four performance reports, as files that spreadsheets and report templates read. */
export class PerformanceReports implements RequestObserver {
  private readonly queries = new QueryAggregation();
  private readonly timers: NodeJS.Timeout[];

  private constructor(
    private readonly gatewayId: string,
    private readonly settings: ReportSettings,
    private readonly files: ReadonlyMap<ReportName, RotatingFile>,
    private readonly counters: SystemCounters,
    private readonly log: Log,
  ) {
    this.timers = [
      setInterval(() => this.sample(), SAMPLE_MS),
      setInterval(() => this.aggregate(), settings.intervalMs),
    ];
    for (const timer of this.timers) timer.unref();
  }

  /** @throws CommandError state when the folder cannot be written */
  static async open(
    gatewayId: string,
    settings: ReportSettings,
    { load, log }: { load: Pick<MachineLoad, 'read'>; log: Log },
  ): Promise<PerformanceReports> {
    const files = new Map<ReportName, RotatingFile>();
    try {
      for (const name of NAMES) files.set(name, await openReport(name, settings, log));
    } catch (cause) {
      await Promise.all([...files.values()].map((file) => file.close()));
      throw new CommandError(
        'state',
        `The report folder ${settings.folder} cannot be written (${systemErrorCode(cause) ?? 'unknown'}).`,
        'Give --report-dir a folder that the agent’s account may write to.',
        { cause },
      );
    }
    return new PerformanceReports(gatewayId, settings, files, new SystemCounters(load), log);
  }

  asked(request: ObservedRequest): void {
    this.write('QueryStartReport', startRow(this.gatewayId, request, this.settings.queryText));
  }

  ended(request: EndedRequest): void {
    // What never reached its source is no query.
    if (request.progress.askedAt === undefined) return;
    this.write('QueryExecutionReport', executionRow(this.gatewayId, request));
    this.queries.add(request);
  }

  /** The window that is open is ended early, so that nothing is missing. */
  async close(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.measure();
    this.aggregate();
    await Promise.all([...this.files.values()].map((file) => file.close()));
  }

  private aggregate(): void {
    for (const row of this.queries.take(this.gatewayId)) this.write('QueryExecutionAggregationReport', row);
    for (const row of this.counters.take(this.gatewayId)) this.write('SystemCounterAggregationReport', row);
  }

  private sample(): void {
    void this.measure();
  }

  private async measure(): Promise<void> {
    try {
      await this.counters.sample();
    } catch (error) {
      this.log.debug({ event: 'counters-not-read', reason: errorText(error) }, 'a sample is missing');
    }
  }

  private write(name: ReportName, row: readonly CsvValue[]): void {
    this.files.get(name)?.write(csvLine(row));
  }
}

function openReport(name: ReportName, settings: ReportSettings, log: Log): Promise<RotatingFile> {
  const { folder, fileBytes, files, queryText } = settings;
  // What was asked is for the agent's account alone.
  const mode = queryText ? 0o600 : 0o640;
  const header = csvLine(REPORT_COLUMNS[name]);
  return RotatingFile.open(
    { folder, name, extension: 'csv', mode, header, limits: { fileBytes, maxFiles: files } },
    {
      failed: (code) => {
        log.error({ event: 'report-not-written', report: name, code }, 'a performance report cannot be written');
      },
      back: (lost) => {
        log.warn({ event: 'report-written-again', report: name, lost }, 'a performance report is written again');
      },
    },
  );
}
