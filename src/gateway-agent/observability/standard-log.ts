import { destination } from 'pino';
import type { LogOutput } from './log-files.js';

/** Log lines wait this long at most; a burst of requests so costs one write, not one each. */
const FLUSH_MS = 200;
const BUFFER_BYTES = 8 * 1024;

/** The agent's log on standard output. */
export function openStandardLog(): LogOutput {
  const output = destination({ dest: 1, sync: false, minLength: BUFFER_BYTES });
  const flusher = setInterval(() => {
    output.flush();
  }, FLUSH_MS);
  // A start that fails ends the program.
  flusher.unref();
  return {
    write: (line) => output.write(line),
    close: async () => {
      clearInterval(flusher);
      output.flushSync();
    },
  };
}
