import { pino, type DestinationStream, type Logger } from 'pino';

/** One JSON line an event, on standard output. Values are chosen at the call: ids, codes and numbers, never payload. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export function createLog(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { program: 'tidegate-agent', pid: process.pid },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** What may be said of an error in a log line: its kind and its first words, never its properties. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return `${error.name}: ${error.message.split('\n', 1)[0]?.slice(0, 300) ?? ''}`;
}
