import { CommandError, EXIT_CODES } from '../exit-codes.js';
import { LockFile } from '../lock-file.js';
import type { MachineIdentity } from '../machine-identity.js';
import { machineLockPath } from '../machine-lock.js';
import { drill } from '../recovery/drill.js';
import type { ServiceSettings } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { applySteps } from './apply-steps.js';
import { LinuxService } from './linux-service.js';
import { SystemHost, type ServiceHost } from './service-host.js';
import type { ServiceManager, ServiceState } from './service-manager.js';
import { describeSteps } from './service-step.js';
import { WindowsService } from './windows-service.js';

/**
 * Installs, removes, starts, stops or changes the service of the agent. Nothing stays half done.
 *
 * @returns the exit code
 * @throws CommandError
 */
export async function service(settings: ServiceSettings, terminal: Terminal): Promise<number> {
  const host = new SystemHost();
  const manager = managerFor(process.platform, host);
  if (settings.action === 'status') {
    const state = await manager.state();
    terminal.print(describeState(state, settings.json));
    return state.running ? EXIT_CODES.ok : EXIT_CODES.idle;
  }
  const steps = await manager.plan(settings, settings.stateDir);
  if (settings.print) {
    terminal.print(describeSteps(steps) || 'There is nothing to do.');
    return EXIT_CODES.ok;
  }
  if (!(await host.isAdministrator())) {
    throw new CommandError(
      'state',
      `service ${settings.action} changes the machine and needs the rights of an administrator.`,
      process.platform === 'win32' ? 'Run it in a console that was opened as administrator.' : 'Run it as root (sudo).',
    );
  }
  // The state is the old account's: who has it given to another one has to know the recovery key.
  if (settings.action === 'set-account') {
    await drill({ ...settings, command: 'drill' }, terminal);
  }
  await applySteps(steps, host);
  if (settings.action !== 'start') await removeDeadLock(settings.machine, host);
  terminal.print(DONE[settings.action]);
  return EXIT_CODES.ok;
}

const DONE = {
  install: 'The service is installed.',
  uninstall: 'The service is removed.',
  start: 'The service is started.',
  stop: 'The service is stopped.',
  'set-account': 'The service runs under the new account.',
} as const;

function managerFor(platform: NodeJS.Platform, host: ServiceHost): ServiceManager {
  if (platform === 'linux') return new LinuxService(host);
  if (platform === 'win32') return new WindowsService(host);
  throw new CommandError(
    'state',
    `There is no service for ${platform} yet.`,
    'Start `tidegate-agent run --managed` with what this system has for it.',
  );
}

/** One that the account before left when it was killed: the next account could neither read nor remove it. */
async function removeDeadLock(machine: MachineIdentity, host: ServiceHost): Promise<void> {
  const path = machineLockPath(await machine.fingerprint());
  if (!(await LockFile.isHeld(path))) await host.remove(path);
}

function describeState(state: ServiceState, json: boolean): string {
  if (json) return JSON.stringify(state);
  if (!state.installed) return 'The service is not installed.';
  return `The service ${state.running ? 'runs' : 'does not run'} (${state.detail}), account ${state.account ?? 'unknown'}.`;
}
