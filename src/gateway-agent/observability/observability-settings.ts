import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { check, text, usage, type Flags } from '../settings-values.js';

const MIB = 1024 * 1024;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface LogFileSettings {
  readonly folder: string;
  readonly fileBytes: number;
  readonly totalBytes: number;
  readonly maxAgeMs: number;
}

export interface ReportSettings {
  readonly folder: string;
  readonly fileBytes: number;
  /** Files kept of each kind of report. */
  readonly files: number;
  readonly intervalMs: number;
  /** Whether the reports say what was asked, and not only of whom. */
  readonly queryText: boolean;
}

/** What the operator wants to see of the agent. Everything but the log is off until it is asked for. */
export interface ObservabilitySettings {
  /** Undefined: to standard output. */
  readonly logFiles?: LogFileSettings;
  readonly metricsPort?: number;
  readonly reports?: ReportSettings;
  /** Where traces go, the whole address. */
  readonly traces?: string;
}

export const OBSERVABILITY_OPTIONS = {
  'log-dir': { type: 'string' },
  'log-max-days': { type: 'string' },
  'log-max-size': { type: 'string' },
  'log-file-size': { type: 'string' },
  'metrics-port': { type: 'string' },
  'report-dir': { type: 'string' },
  'report-file-size': { type: 'string' },
  'report-files': { type: 'string' },
  'report-interval': { type: 'string' },
  'report-query-text': { type: 'boolean' },
  'otlp-endpoint': { type: 'string' },
} as const;

const whole = (max: number) => z.coerce.number().int().min(1).max(max);

/** @throws CommandError usage */
export function readObservability(flags: Flags): ObservabilitySettings {
  const number = (name: string, max: number, byDefault: number) => check(`--${name}`, whole(max), flags[name] ?? byDefault); // prettier-ignore
  const logFolder = folder(flags, 'log-dir', ['log-max-days', 'log-max-size', 'log-file-size']);
  const reportFolder = folder(flags, 'report-dir', ['report-file-size', 'report-files', 'report-interval', 'report-query-text']); // prettier-ignore
  const port = text(flags['metrics-port']);
  const endpoint = text(flags['otlp-endpoint']);
  return {
    ...(logFolder !== undefined && {
      logFiles: {
        folder: logFolder,
        fileBytes: number('log-file-size', 10_240, 100) * MIB,
        totalBytes: number('log-max-size', 1_048_576, 5_120) * MIB,
        maxAgeMs: number('log-max-days', 365, 30) * DAY_MS,
      },
    }),
    ...(port !== undefined && { metricsPort: check('--metrics-port', whole(65_535), port) }),
    ...(reportFolder !== undefined && {
      reports: {
        folder: reportFolder,
        fileBytes: number('report-file-size', 10_240, 100) * MIB,
        files: number('report-files', 1_000, 10),
        intervalMs: number('report-interval', 1_440, 5) * 60_000,
        queryText: flags['report-query-text'] === true,
      },
    }),
    ...(endpoint !== undefined && { traces: readEndpoint(endpoint) }),
  };
}

/** A setting of something that is off is a mistake that nobody would see otherwise. */
function folder(flags: Flags, name: string, needing: readonly string[]): string | undefined {
  const path = text(flags[name]);
  const alone = needing.find((other) => flags[other] !== undefined);
  if (path === undefined && alone !== undefined) throw usage(`--${alone} needs --${name}.`);
  if (path === '') throw usage(`--${name} needs a folder.`);
  return path === undefined || isAbsolute(path) ? path : resolve(path);
}

/** The base address, as collectors document it, or that of the traces themselves. @see OTLP/HTTP, section 3 */
function readEndpoint(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw usage('--otlp-endpoint needs an http:// or https:// address.');
  }
  if (url.username !== '' || url.password !== '' || url.hash !== '') {
    throw usage(
      '--otlp-endpoint takes an address without user or fragment.',
      'Put a token into OTEL_EXPORTER_OTLP_HEADERS in the environment.',
    );
  }
  if (!url.pathname.endsWith('/v1/traces')) url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/traces`;
  return url.href;
}
