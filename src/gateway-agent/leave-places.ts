import { ControlPlaneError } from './control-plane.js';
import { errorText, type Log } from './log.js';
import { pause } from './pause.js';

const TRIES = 3;
/** Longest wait that is kept, in milliseconds. Half a minute after it was taken, a message comes back by itself. */
const MAX_WAIT_MS = 15_000;

/** What of the control plane this needs. */
export interface SessionMover {
  moveSession(epoch: number): Promise<void>;
}

/**
 * Asks for new places on the relay, since the old ones hand messages to a dead connection until their locks end. A control
 * plane that moved the gateway a moment ago says when it may again: a second silence soon after the first is no less real.
 * Best effort: a failure is logged.
 *
 * @param epoch of the places to leave; in a later one there is nothing left to do, which is the control plane's to see
 */
export async function leavePlaces(mover: SessionMover, epoch: number, log: Log, signal: AbortSignal): Promise<void> {
  for (let left = TRIES - 1; ; left -= 1) {
    try {
      await mover.moveSession(epoch);
      return;
    } catch (error) {
      const waitMs = left > 0 ? waitOf(error) : undefined;
      if (waitMs === undefined) {
        log.warn({ event: 'places-kept', reason: errorText(error) }, 'no new places on the relay; the old connection keeps some messages until their locks end'); // prettier-ignore
        return;
      }
      await pause(waitMs, signal);
      if (signal.aborted) return;
    }
  }
}

function waitOf(error: unknown): number | undefined {
  const waitMs = error instanceof ControlPlaneError ? error.problem.retryAfterMs : undefined;
  return waitMs === undefined || waitMs > MAX_WAIT_MS ? undefined : waitMs;
}
