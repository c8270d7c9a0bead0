import { createAgent } from './agent.js';
import { createConnectors } from './connectors/registry.js';
import { createLog } from './log.js';
import { networkSource, readNetworkSettings } from './network/network-settings.js';
import { openLogFiles } from './observability/log-files.js';
import { openStandardLog } from './observability/standard-log.js';
import { openPolicy } from './policy/machine-policy.js';
import type { RunSettings } from './settings.js';
import { StateFolder } from './state-folder.js';
import { LogTap } from './support/log-tap.js';
import { createUpdater } from './update/create-updater.js';

/** Runs the agent until it is told to stop. @throws CommandError when it cannot start */
export async function run(settings: RunSettings): Promise<void> {
  const { logFiles } = settings.observability;
  const output = logFiles ? await openLogFiles(logFiles, (text) => process.stderr.write(text)) : openStandardLog();
  const logTap = new LogTap();
  const log = createLog(settings.logLevel, logTap.over(output));
  const policy = await openPolicy({ stateDir: settings.stateDir, file: settings.policyFile }, log);
  const agent = createAgent({
    folder: new StateFolder(settings.stateDir),
    controlPlane: settings.controlPlane,
    machine: settings.machine,
    connectors: createConnectors({
      allowsLoopbackTokens: !settings.isProduction,
      egress: policy.egress,
      folders: policy.folders,
    }),
    log,
    logTap,
    maxInFlight: settings.maxInFlight,
    maxPerConnection: settings.maxPerConnection,
    maxBufferedBytes: settings.maxBufferedBytes,
    policy,
    transport: settings.transport,
    observability: settings.observability,
    network: await readNetworkSettings(networkSource(settings)),
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
    for (const name of SIGNALS) process.removeListener(name, stop);
    process.removeListener('disconnect', abandoned);
    if (process.connected) process.disconnect();
    await policy.close();
    await output.close();
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
