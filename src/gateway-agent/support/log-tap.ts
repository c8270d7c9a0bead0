import type { DestinationStream } from 'pino';

/** Lets somebody watch the log while it is written. */
export class LogTap {
  private readonly listeners = new Set<(line: string) => void>();

  /** The same destination, watched. */
  over(destination: DestinationStream): DestinationStream {
    return {
      write: (line) => {
        destination.write(line);
        for (const listener of this.listeners) listener(line);
      },
    };
  }

  /** @returns what ends it */
  watch(listener: (line: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
