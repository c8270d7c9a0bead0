import { readDuration, writeDuration } from './iso-duration.js';
import type { BusQueue } from './namespace.js';
import type { QueueOptions } from './queue-options.js';

const SERVICE_BUS = 'http://schemas.microsoft.com/netservices/2010/10/servicebus/connect';
const COUNTS = 'http://schemas.microsoft.com/netservices/2011/06/servicebus';
const ATOM = 'http://www.w3.org/2005/Atom';

const MINUTE_MS = 60_000;

/** Bounds of the real service, in milliseconds. */
const MAX_LOCK_MS = 5 * MINUTE_MS;
const MIN_IDLE_MS = 5 * MINUTE_MS;
const MAX_DUPLICATE_WINDOW_MS = 7 * 24 * 60 * MINUTE_MS;

/** Options of an Atom entry that the stand-in refuses; the sentence goes to the administrator. */
export class DescriptionError extends Error {
  override readonly name = 'DescriptionError';
}

/**
 * Reads the options out of a QueueDescription; what is not named stays as in `base`.
 *
 * @throws DescriptionError for values the real service refuses too, and for forwarding, which is not served here
 */
export function readQueueOptions(xml: string, base: QueueOptions): QueueOptions {
  if (!/<QueueDescription[\s>/]/.test(xml)) throw new DescriptionError('A QueueDescription was expected.');
  for (const unsupported of ['ForwardTo', 'ForwardDeadLetteredMessagesTo'])
    if (element(xml, unsupported)) throw new DescriptionError(`${unsupported} is not served by this stand-in.`);
  const options: QueueOptions = {
    lockDurationMs: duration(xml, 'LockDuration', base.lockDurationMs),
    defaultTimeToLiveMs: duration(xml, 'DefaultMessageTimeToLive', base.defaultTimeToLiveMs),
    maxDeliveryCount: count(xml, 'MaxDeliveryCount', base.maxDeliveryCount),
    autoDeleteOnIdleMs: duration(xml, 'AutoDeleteOnIdle', base.autoDeleteOnIdleMs),
    deadLetterOnExpiration: flag(xml, 'DeadLetteringOnMessageExpiration', base.deadLetterOnExpiration),
    requiresSession: flag(xml, 'RequiresSession', base.requiresSession),
    requiresDuplicateDetection: flag(xml, 'RequiresDuplicateDetection', base.requiresDuplicateDetection),
    duplicateWindowMs: duration(xml, 'DuplicateDetectionHistoryTimeWindow', base.duplicateWindowMs),
  };
  within('LockDuration', options.lockDurationMs, 1, MAX_LOCK_MS);
  within('DefaultMessageTimeToLive', options.defaultTimeToLiveMs, 1, Infinity);
  within('MaxDeliveryCount', options.maxDeliveryCount, 1, 2000);
  within('AutoDeleteOnIdle', options.autoDeleteOnIdleMs, MIN_IDLE_MS, Infinity);
  within('DuplicateDetectionHistoryTimeWindow', options.duplicateWindowMs, 1, MAX_DUPLICATE_WINDOW_MS);
  return options;
}

/** One queue as an Atom entry, options and counts together. */
export function writeQueueEntry(entry: BusQueue, host: string): string {
  const { queue } = entry.main;
  const { options } = queue;
  const deadLetters = entry.deadLetter.queue;
  const fields: readonly (readonly [string, string | number | boolean])[] = [
    ['LockDuration', writeDuration(options.lockDurationMs)],
    ['MaxSizeInMegabytes', 1024],
    ['RequiresDuplicateDetection', options.requiresDuplicateDetection],
    ['RequiresSession', options.requiresSession],
    ['DefaultMessageTimeToLive', writeDuration(options.defaultTimeToLiveMs)],
    ['DeadLetteringOnMessageExpiration', options.deadLetterOnExpiration],
    ['DuplicateDetectionHistoryTimeWindow', writeDuration(options.duplicateWindowMs)],
    ['MaxDeliveryCount', options.maxDeliveryCount],
    ['EnableBatchedOperations', true],
    ['SizeInBytes', queue.bytes + deadLetters.bytes],
    ['MessageCount', queue.size + deadLetters.size],
    ['Status', 'Active'],
    ['CreatedAt', entry.createdAt.toISOString()],
    ['UpdatedAt', entry.updatedAt.toISOString()],
    ['AccessedAt', new Date(queue.lastUsedAt).toISOString()],
    ['AutoDeleteOnIdle', writeDuration(options.autoDeleteOnIdleMs)],
    ['EnablePartitioning', false],
    ['EntityAvailabilityStatus', 'Available'],
    ['EnableExpress', false],
  ];
  const counts = [
    ['ActiveMessageCount', queue.activeCount],
    ['DeadLetterMessageCount', deadLetters.size],
    ['ScheduledMessageCount', queue.scheduledCount],
  ].map(([name, value]) => `<d2p1:${name}>${value}</d2p1:${name}>`);
  return (
    `<entry xmlns="${ATOM}"><id>https://${escape(host)}/${escape(entry.name)}</id>` +
    `<title type="text">${escape(entry.name)}</title><updated>${entry.updatedAt.toISOString()}</updated>` +
    `<content type="application/xml"><QueueDescription xmlns="${SERVICE_BUS}">` +
    fields.map(([name, value]) => `<${name}>${value}</${name}>`).join('') +
    `<CountDetails xmlns:d2p1="${COUNTS}">${counts.join('')}</CountDetails></QueueDescription></content></entry>`
  );
}

/** A list of entries; `next` is the address of the following page. */
export function writeFeed(entries: readonly string[], self: string, next?: string): string {
  const links = [
    `<link rel="self" href="${escape(self)}"/>`,
    ...(next ? [`<link rel="next" href="${escape(next)}"/>`] : []),
  ];
  return `<feed xmlns="${ATOM}"><title type="text">Queues</title>${links.join('')}${entries.join('')}</feed>`;
}

export function writeError(status: number, detail: string): string {
  return `<Error><Code>${status}</Code><Detail>${escape(detail)}</Detail></Error>`;
}

function element(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]?.trim();
}

function duration(xml: string, name: string, fallback: number): number {
  const text = element(xml, name);
  const value = text === undefined ? fallback : readDuration(text);
  if (value === undefined) throw new DescriptionError(`${name} is no duration.`);
  return value;
}

function count(xml: string, name: string, fallback: number): number {
  const text = element(xml, name);
  if (text !== undefined && !/^\d{1,9}$/.test(text)) throw new DescriptionError(`${name} is no number.`);
  return text === undefined ? fallback : Number(text);
}

function flag(xml: string, name: string, fallback: boolean): boolean {
  const text = element(xml, name)?.toLowerCase();
  if (text !== undefined && text !== 'true' && text !== 'false')
    throw new DescriptionError(`${name} is true or false.`);
  return text === undefined ? fallback : text === 'true';
}

function within(name: string, value: number, min: number, max: number): void {
  if (value < min || value > max) throw new DescriptionError(`${name} is out of range.`);
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
