import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import type { AppConfig } from '../config/env.js';

/**
 * Fields that may stand in a log line. An allow-list: what is not named here is not written, so that a new field which
 * holds a secret has to be let in by hand.
 */
const FIELDS = new Set([
  'event',
  'traceId',
  'requestId',
  'code',
  'hop',
  'outcome',
  'status',
  'cause',
  'reason',
  'stack',
  'context',
  'method',
  'route',
  'ms',
  'bytes',
  'count',
  'attempt',
  'attempts',
  'gatewayId',
  'memberId',
  'connectionId',
  'environmentId',
  'tenantId',
  'principalId',
  'replicaId',
  'namespace',
  'queue',
  'region',
  'epoch',
  'instance',
  'kind',
  'operation',
  'version',
  'generation',
  'fingerprint',
  'notBefore',
  'port',
  'host',
  'url',
  'name',
  'names',
  'action',
  'result',
  'signal',
  'size',
  'dropped',
]);

type Level = 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal';

/** Nest's logger as JSON lines, one an event. Give it an object with `event` and named fields; a text becomes the event. */
export class JsonLogger implements LoggerService {
  private readonly pino: PinoLogger;

  constructor(level: AppConfig['logLevel'], destination?: DestinationStream) {
    const options = { level, base: { pid: process.pid }, timestamp: () => `,"time":"${new Date().toISOString()}"` };
    this.pino = destination ? pino(options, destination) : pino(options);
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest appends the logger's context as the last text, and a stack before it for errors. */
  private write(level: Level, message: unknown, rest: readonly unknown[]): void {
    if (!this.pino.isLevelEnabled(level)) return;
    const context = typeof rest.at(-1) === 'string' ? rest.at(-1) : undefined;
    const stack = rest.length > 1 && typeof rest[0] === 'string' ? rest[0] : undefined;
    this.pino[level]({ ...fieldsOf(message), ...(stack === undefined ? {} : { stack }), context });
  }
}

function fieldsOf(message: unknown): Record<string, unknown> {
  if (message instanceof Error) return { event: message.message, stack: message.stack };
  if (typeof message !== 'object' || message === null) return { event: String(message) };
  return Object.fromEntries(Object.entries(message).filter(([name, value]) => FIELDS.has(name) && isPlain(value)));
}

/** Objects are not written: what is inside them was not let in. */
function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null || (Array.isArray(value) && value.every(isPlain));
}
