import { setImmediate as endOfTurn, setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from './errors/domain-error.js';
import { busy } from './limits/busy.js';

/** How calls of one kind are answered together. */
export interface JoinedCallsSettings<Call, Answer> {
  /** Answers calls, in their order, with one statement. */
  readonly together: (calls: readonly Call[]) => Promise<readonly Answer[]>;
  /** Calls with the same name never share a statement: the later one sees what the earlier one did. */
  readonly apart?: (call: Call) => string;
  /** Whether a failure would meet every other call as well. */
  readonly isCommon: (error: unknown) => boolean;
  readonly maxCalls: number;
  /** How long calls gather before their statement begins, in milliseconds; 0: to the end of the turn. */
  readonly gatherMs: number;
}

/** A statement that takes longer, in milliseconds, is given up: whoever asked is gone by then, and others wait behind it. */
const MAX_STATEMENT_MS = 10_000;

/** So many in the memory, and so long, in milliseconds, behind the oldest: after that whoever asks would leave before its turn. */
const MAX_WAITING = 5_000;
const MAX_WAIT_MS = 3_000;

interface Waiting<Call, Answer> {
  readonly call: Call;
  readonly since: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Answers calls that come close together with one statement. A call never joins a statement that has begun, so its
 * answer is as fresh as if it had asked alone.
 */
export class JoinedCalls<Call, Answer> {
  private waiting: Waiting<Call, Answer>[] = [];
  private isBusy = false;

  constructor(private readonly settings: JoinedCallsSettings<Call, Answer>) {}

  /** @throws DomainError TOO_MANY_ATTEMPTS when so many wait that this one's turn would come after its caller has left */
  ask(call: Call): Promise<Answer> {
    const now = performance.now();
    const waitedMs = now - (this.waiting[0]?.since ?? now);
    if (this.waiting.length >= MAX_WAITING || waitedMs > MAX_WAIT_MS) return Promise.reject(busy());
    return new Promise((resolve, reject) => {
      this.waiting.push({ call, since: now, resolve, reject });
      if (!this.isBusy) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.isBusy = true;
    while (this.waiting.length > 0) {
      await this.gather();
      await this.answer(this.take());
    }
    this.isBusy = false;
  }

  private async gather(): Promise<void> {
    const { gatherMs, maxCalls } = this.settings;
    if (gatherMs > 0 && this.waiting.length < maxCalls) await sleep(gatherMs);
    else await endOfTurn();
  }

  /** The next calls, the oldest first. */
  private take(): Waiting<Call, Answer>[] {
    const { apart, maxCalls } = this.settings;
    const taken: Waiting<Call, Answer>[] = [];
    const left: Waiting<Call, Answer>[] = [];
    const names = new Set<string>();
    for (const one of this.waiting) {
      const name = apart?.(one.call);
      if (taken.length >= maxCalls || (name !== undefined && names.has(name))) left.push(one);
      else taken.push(one);
      if (name !== undefined) names.add(name);
    }
    this.waiting = left;
    return taken;
  }

  private async answer(batch: readonly Waiting<Call, Answer>[]): Promise<void> {
    try {
      const answers = await inTime(this.settings.together(batch.map(({ call }) => call)));
      batch.forEach(({ resolve }, index) => {
        resolve(answers[index] as Answer);
      });
    } catch (error) {
      await this.onFailure(batch, error);
    }
  }

  /** What one call has caused must not meet its neighbours: they are answered one by one. */
  private async onFailure(batch: readonly Waiting<Call, Answer>[], error: unknown): Promise<void> {
    if (error instanceof TooLate || this.settings.isCommon(error)) {
      // Those who wait would wait for the same; told at once, they come back when there is something to come back to.
      for (const { reject } of [...batch, ...this.waiting.splice(0)]) reject(error);
    } else if (batch.length === 1) batch[0]?.reject(error);
    else for (const one of batch) await this.answer([one]);
  }
}

class TooLate extends DomainError {
  constructor() {
    super('DATABASE_UNAVAILABLE');
  }
}

async function inTime<T>(statement: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new TooLate());
    }, MAX_STATEMENT_MS);
  });
  try {
    return await Promise.race([statement, late]);
  } finally {
    clearTimeout(timer);
  }
}
