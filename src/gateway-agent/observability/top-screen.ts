/** What of a terminal the page needs. */
export interface Screen {
  readonly output: NodeJS.WritableStream & { readonly rows?: number; readonly columns?: number };
  readonly input: NodeJS.ReadStream;
}

const ENTER = '\x1b[?1049h\x1b[?25l';
const LEAVE = '\x1b[?25h\x1b[?1049l';
const HOME = '\x1b[H';
const REST_OF_LINE = '\x1b[K';
const REST_OF_PAGE = '\x1b[J';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A page of its own in the terminal. Leaving it gives the terminal back as it was, however the program ends. */
export class TopScreen {
  private readonly stopping = new AbortController();
  private readonly stop = (): void => this.stopping.abort();
  private readonly onKey = (key: Buffer): void => {
    // q, control-C, control-D: in raw mode the last two are no signals.
    if (/[qQ\x03\x04]/.test(key.toString('latin1'))) this.stop();
  };

  constructor(private readonly screen: Screen) {
    const { input, output } = screen;
    for (const name of SIGNALS) process.on(name, this.stop);
    process.once('exit', this.restore);
    input.setRawMode?.(true);
    input.on('data', this.onKey).resume();
    output.write(ENTER);
  }

  /** Fires when the person has seen enough. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  show(lines: readonly string[]): void {
    const { rows = 24, columns = 80 } = this.screen.output;
    const page = lines.slice(0, rows - 1).map((line) => `${line.slice(0, columns)}${REST_OF_LINE}`);
    this.screen.output.write(`${HOME}${page.join('\r\n')}\r\n${REST_OF_PAGE}`);
  }

  close(): void {
    for (const name of SIGNALS) process.removeListener(name, this.stop);
    process.removeListener('exit', this.restore);
    this.screen.input.removeListener('data', this.onKey).pause();
    this.restore();
  }

  private readonly restore = (): void => {
    this.screen.input.setRawMode?.(false);
    this.screen.output.write(LEAVE);
  };
}
