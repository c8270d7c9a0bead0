import { z } from 'zod';
import type { Directive } from '../../contract/directive.js';
import {
  LOG_TAIL_BYTES,
  LOG_TAIL_LINES,
  logTailAnswerSchema,
  MAX_LOG_TAIL_MS,
  type LogTailReason,
} from '../../contract/log-tail.js';
import type { ControlPlane } from '../control-plane.js';
import { errorText, type Log } from '../log.js';
import { pause } from '../pause.js';
import { LineBuffer } from './line-buffer.js';
import type { LogTap } from './log-tap.js';

/** Lines go out this often, in milliseconds. */
const BEAT_MS = 1_000;
/** A control plane from which nothing was heard for this many beats is asked. */
const QUIET_BEATS = 5;
const MAX_DONE = 50;

interface Ending {
  readonly over: AbortSignal;
  readonly end: (reason: LogTailReason) => void;
}

type Wanted = NonNullable<Directive['logTail']>;

export interface LogTailSettings {
  readonly tap: Pick<LogTap, 'watch'> | undefined;
  /** What the operator of this machine says: nobody may, unless it is allowed. */
  readonly mayWatch: (principalId: string) => boolean;
  readonly controlPlane: Pick<ControlPlane, 'ask'>;
  readonly log: Log;
  /** The control plane's time, in epoch milliseconds. */
  readonly now: () => number;
}

/** Shows the log to somebody for some minutes, if the operator of this machine allows it. */
export class LogTail {
  private readonly done = new Set<string>();
  private current: { id: string; end: (reason: LogTailReason) => void; ended: Promise<void> } | undefined;

  constructor(private readonly settings: LogTailSettings) {}

  want(wanted: Directive['logTail']): void {
    if (this.current && this.current.id !== wanted?.id) this.current.end('stopped');
    if (!wanted || this.current || this.done.has(wanted.id)) return;
    const leftMs = Math.min(MAX_LOG_TAIL_MS, Date.parse(wanted.until) - this.settings.now());
    if (leftMs <= 0) return;
    this.done.add(wanted.id);
    const [oldest] = this.done;
    if (this.done.size > MAX_DONE && oldest !== undefined) this.done.delete(oldest);
    const { tap, mayWatch } = this.settings;
    if (!tap || !mayWatch(wanted.requestedBy)) void this.refuse(wanted);
    else this.begin(wanted, tap, leftMs);
  }

  async stop(): Promise<void> {
    this.current?.end('stopped');
    await this.current?.ended;
  }

  private async refuse({ id, requestedBy }: Wanted): Promise<void> {
    this.settings.log.warn({ event: 'log-tail-refused', requestedBy }, 'somebody wanted to watch the log; the policy of this machine does not allow it'); // prettier-ignore
    await this.tell(id, { state: 'refused', reason: 'policy' });
  }

  private begin({ id, requestedBy }: Wanted, tap: Pick<LogTap, 'watch'>, leftMs: number): void {
    const over = new AbortController();
    let reason: LogTailReason = 'time-over';
    const end = (why: LogTailReason) => {
      if (over.signal.aborted) return;
      reason = why;
      over.abort();
    };
    const timer = setTimeout(end, leftMs, 'time-over' satisfies LogTailReason);
    const run = async () => {
      using buffer = new LineBuffer(tap);
      // The first line that goes out, so that the log itself shows who saw it.
      this.settings.log.warn({ event: 'log-tail-started', requestedBy, logTailId: id }, 'the log is being watched');
      if (await this.tell(id, { state: 'open' })) await this.show(id, buffer, { over: over.signal, end });
      await this.tell(id, { state: 'ended', reason });
      this.settings.log.warn({ event: 'log-tail-ended', why: reason, logTailId: id }, 'the log is not watched any more'); // prettier-ignore
    };
    const ended = run().finally(() => {
      clearTimeout(timer);
      if (this.current?.id === id) this.current = undefined;
    });
    this.current = { id, end, ended };
  }

  private async show(id: string, buffer: LineBuffer, { over, end }: Ending): Promise<void> {
    const shown = { lines: 0, bytes: 0 };
    let seq = 0;
    let quiet = 0;
    try {
      while (!over.aborted) {
        await pause(BEAT_MS, over);
        quiet += 1;
        // An empty one asks whether somebody is still there.
        if (buffer.isEmpty && quiet < QUIET_BEATS) continue;
        quiet = 0;
        const next = buffer.take();
        shown.lines += next.lines.length;
        shown.bytes += next.lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
        if (shown.lines > LOG_TAIL_LINES || shown.bytes > LOG_TAIL_BYTES) {
          end('enough');
          return;
        }
        const body = { seq, ...next };
        seq += 1;
        const { wanted } = await this.settings.controlPlane.ask(logTailAnswerSchema, { method: 'POST', path: `log-tails/${id}/lines`, body }); // prettier-ignore
        if (!wanted) end('stopped');
      }
    } catch (error) {
      this.settings.log.warn({ event: 'log-tail-failed', reason: errorText(error) }, 'log lines could not be shown');
      end('stopped');
    }
  }

  /** @returns whether it was heard */
  private async tell(
    id: string,
    body: { state: 'open' | 'refused' | 'ended'; reason?: LogTailReason },
  ): Promise<boolean> {
    try {
      await this.settings.controlPlane.ask(z.unknown(), { method: 'PUT', path: `log-tails/${id}`, body });
      return true;
    } catch (error) {
      this.settings.log.warn({ event: 'log-tail-untold', reason: errorText(error) }, 'the control plane did not take what became of a log tail'); // prettier-ignore
      return false;
    }
  }
}
