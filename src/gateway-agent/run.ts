import { destination } from 'pino';
import { createAgent } from './agent.js';
import { createConnectors } from './connectors/registry.js';
import { createLog } from './log.js';
import type { RunSettings } from './settings.js';
import { StateFolder } from './state-folder.js';
import { createUpdater } from './update/create-updater.js';

/** Log lines wait this long at most; a burst of requests so costs one write, not one each. */
const FLUSH_MS = 200;
const BUFFER_BYTES = 8 * 1024;

/** Runs the agent until it is told to stop. @throws CommandError when it cannot start */
export async function run(settings: RunSettings): Promise<void> {
  const output = destination({ dest: 1, sync: false, minLength: BUFFER_BYTES });
  const flusher = setInterval(() => {
    output.flush();
  }, FLUSH_MS);
  const log = createLog(settings.logLevel, output);
  const agent = createAgent({
    folder: new StateFolder(settings.stateDir),
    controlPlane: settings.controlPlane,
    machine: settings.machine,
    connectors: createConnectors({ allowsLoopbackTokens: !settings.isProduction }),
    log,
    maxInFlight: settings.maxInFlight,
    transport: settings.transport,
    updater: createUpdater(settings, log),
  });
  const stop = (signal: NodeJS.Signals) => {
    log.info({ event: 'stopping', signal }, 'stopping; a second signal ends at once');
    // A service manager signals the launcher and its child alike, and the launcher passes its own on: that is no second one.
    if (!settings.launched) for (const name of SIGNALS) process.removeListener(name, stop);
    void agent.stop();
  };
  const abandoned = () => {
    log.error({ event: 'launcher-gone' }, 'the launcher is gone; stopping');
    void agent.stop();
  };
  for (const name of SIGNALS) process.on(name, stop);
  if (settings.launched) process.on('disconnect', abandoned);
  try {
    await agent.start();
    await agent.whenStopped;
    log.info({ event: 'stopped' }, 'agent stopped');
  } finally {
    clearInterval(flusher);
    for (const name of SIGNALS) process.removeListener(name, stop);
    process.removeListener('disconnect', abandoned);
    if (process.connected) process.disconnect();
    output.flushSync();
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
