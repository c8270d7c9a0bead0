import { CommanderError } from 'commander';
import { ApiError } from '../../client/api-error.js';
import { CommandError, EXIT_CODES } from '../exit-codes.js';
import { printable } from './printable.js';

interface Report {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  readonly traceId?: string;
  readonly status?: number;
  readonly outcome?: string;
  readonly retryable?: boolean;
  readonly details?: Readonly<Record<string, string>>;
}

/** What is known of a failure. */
export function describeError(error: unknown): Report {
  if (error instanceof ApiError) {
    const { code, message, remedy, traceId, status, outcome, retryable, details } = error;
    return { code, message, remedy, traceId, status, ...(outcome && { outcome }), retryable, details };
  }
  if (error instanceof CommandError) return { code: error.code, message: error.message, remedy: error.remedy };
  if (error instanceof CommanderError) return { code: 'USAGE', message: error.message.replace(/^error: /, '') };
  return { code: 'INTERNAL', message: error instanceof Error ? error.message : 'unknown failure' };
}

/** @returns the lines for people, or one of JSON */
export function renderError(error: unknown, isJson: boolean): string {
  const report = describeError(error);
  if (isJson) return JSON.stringify({ error: report });
  const details = Object.entries(report.details ?? {}).map(([name, value]) => `${name}: ${value}`);
  const lines = [`error: ${report.message} [${report.code}]`, ...details.map((line) => `  ${line}`)];
  if (report.remedy !== undefined && report.remedy !== '') lines.push(`  What to do: ${report.remedy}`);
  if (report.outcome === 'unknown') lines.push('  It is not known whether it was done.');
  if (report.traceId !== undefined && report.traceId !== '') lines.push(`  Trace: ${report.traceId}`);
  return lines
    .flatMap((line) => line.split('\n'))
    .map(printable)
    .join('\n');
}

export function exitCodeOf(error: unknown): number {
  return error instanceof CommandError ? error.exitCode : EXIT_CODES.failed;
}
