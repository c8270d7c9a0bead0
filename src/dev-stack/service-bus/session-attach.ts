import { amqpError, LIMIT_EXCEEDED, SESSION_CANNOT_BE_LOCKED, TIMEOUT } from './conditions.js';
import type { EgressLink } from './egress-link.js';
import type { QueueDispatch, SessionWaiter } from './queue-dispatch.js';
import type { Sender } from './rhea-internals.js';
import { amqp } from './rhea-internals.js';
import type { BusSession } from './session-table.js';

export const SESSION_FILTER = 'com.microsoft:session-filter';

/** Longest wait for a session, in milliseconds: what the client asks for, but no longer than this. */
const MAX_WAIT_MS = 65_000;
const DEFAULT_WAIT_MS = 60_000;

/** The broker gives up a little earlier than the client would, so that the client hears the reason. */
const ANSWER_MARGIN = 0.95;

/** .NET ticks (100 ns since the year 1) at the Unix epoch. */
const EPOCH_TICKS = 621_355_968_000_000_000n;

/**
 * Gives a receiver link its session. A named one is given or refused at once; for "the next one" the attach answer
 * is held back until a session is free.
 *
 * @returns how to stop waiting
 */
export function attachToSession(
  link: Sender,
  egress: EgressLink,
  dispatch: QueueDispatch,
  now: number,
): (() => void) | undefined {
  const wanted = link.source?.filter?.[SESSION_FILTER];
  if (typeof wanted === 'string') {
    const session = dispatch.queue.acquireSession(wanted, egress);
    if (session) answer(link, egress, session);
    else egress.refuse(amqpError(SESSION_CANNOT_BE_LOCKED, 'The session is held by another receiver.'));
    return undefined;
  }
  hold(link);
  const asked = Number(link.properties?.['com.microsoft:timeout'] ?? DEFAULT_WAIT_MS);
  const waiter: SessionWaiter = {
    deadline: now + Math.min(Number.isFinite(asked) ? asked : DEFAULT_WAIT_MS, MAX_WAIT_MS) * ANSWER_MARGIN,
    granted: (session) => {
      link.open();
      answer(link, egress, session);
    },
    timedOut: () => {
      link.open();
      egress.refuse(amqpError(TIMEOUT, 'No session became free in time.'));
    },
  };
  if (!dispatch.wait(waiter)) {
    link.open();
    egress.refuse(amqpError(LIMIT_EXCEEDED, 'Too many receivers wait for a session.'));
  }
  return () => dispatch.stopWaiting(waiter);
}

function answer(link: Sender, egress: EgressLink, session: BusSession): void {
  const ticks = Buffer.alloc(8);
  ticks.writeBigInt64BE(BigInt(Math.floor(session.lockedUntil)) * 10_000n + EPOCH_TICKS);
  link.set_source({ address: link.source?.address, filter: { [SESSION_FILTER]: session.id } });
  link.local.attach.properties = { 'com.microsoft:locked-until-utc': amqp.types.wrap_long(ticks) };
  egress.hold(session);
}

/** Takes back the attach answer that rhea has queued; `link.open()` queues it again. */
function hold(link: Sender): void {
  if (link.state.open_requests === 0) return;
  link.state.open_requests--;
  link.state.local_open = false;
}
