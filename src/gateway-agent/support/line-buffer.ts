import { LOG_TAIL_BATCH, LOG_TAIL_LINE } from '../../contract/log-tail.js';
import type { LogTap } from './log-tap.js';
import { redactLogLine } from './redaction.js';

/** Lines that wait; beyond, the oldest are left out and counted. */
const MAX_WAITING = 2 * LOG_TAIL_BATCH;

/** Log lines on their way to somebody who watches, redacted as they come. */
export class LineBuffer implements Disposable {
  private waiting: string[] = [];
  private dropped = 0;
  private readonly unwatch: () => void;

  constructor(tap: Pick<LogTap, 'watch'>) {
    this.unwatch = tap.watch((line) => {
      this.waiting.push(redactLogLine(line).slice(0, LOG_TAIL_LINE));
      if (this.waiting.length <= MAX_WAITING) return;
      this.waiting.shift();
      this.dropped += 1;
    });
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  /** What goes out next. */
  take(): { lines: string[]; dropped: number } {
    const next = { lines: this.waiting.splice(0, LOG_TAIL_BATCH), dropped: this.dropped };
    this.dropped = 0;
    return next;
  }

  [Symbol.dispose](): void {
    this.unwatch();
  }
}
