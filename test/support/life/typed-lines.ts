import type { Terminal } from '../../../src/gateway-agent/terminal.js';

/** What a script pipes into a command of the agent: one secret a line. */
export class TypedLines implements Terminal {
  readonly isInteractive = false;
  private readonly lines: string[];

  constructor(...lines: string[]) {
    this.lines = lines;
  }

  askHidden(): Promise<string> {
    return Promise.reject(new Error('nobody is here'));
  }

  nextLine(): Promise<string> {
    return Promise.resolve(this.lines.shift() ?? '');
  }

  print(): void {
    // What commands say to people is not looked at here.
  }
}
