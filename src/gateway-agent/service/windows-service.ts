import { CommandError } from '../exit-codes.js';
import { ENTRY, INSTALLATION } from '../installation.js';
import type { ServiceHost } from './service-host.js';
import type { ServiceManager, ServiceState } from './service-manager.js';
import type { ServiceOrder } from './service-settings.js';
import type { ServiceStep } from './service-step.js';
import {
  WINDOWS_ACCOUNT,
  WINDOWS_SERVICE,
  windowsInstall,
  windowsSetAccount,
  windowsStart,
  windowsStop,
  windowsUninstall,
  type WindowsFacts,
  type WindowsTarget,
} from './windows-plan.js';

/** The agent as a service of Windows. */
export class WindowsService implements ServiceManager {
  constructor(
    private readonly host: ServiceHost,
    private readonly node = process.execPath,
    private readonly entry = ENTRY,
    private readonly home = INSTALLATION,
  ) {}

  async plan(order: ServiceOrder, stateDir: string): Promise<readonly ServiceStep[]> {
    const { action, passwordFile, runFlags, windir } = order;
    const { node, entry, home } = this;
    const account = order.account ?? WINDOWS_ACCOUNT;
    assertAccount(account, passwordFile);
    const target: WindowsTarget = { account, passwordFile, node, entry, stateDir, runFlags, home, windir };
    const facts = order.print ? { isInstalled: false, isRunning: false } : await this.facts();
    if (!order.print && !facts.isInstalled && action !== 'install' && action !== 'uninstall') {
      throw new CommandError('idle', 'The service is not installed.', 'Run `tidegate-agent service install` first.');
    }
    switch (action) {
      case 'install':
        return windowsInstall(target, facts, order.start);
      case 'uninstall':
        return windowsUninstall(target, facts);
      case 'set-account':
        return windowsSetAccount(target, facts);
      case 'start':
        return windowsStart;
      default:
        return windowsStop;
    }
  }

  async state(): Promise<ServiceState> {
    const { isInstalled, isRunning, account } = await this.facts();
    return { installed: isInstalled, running: isRunning, detail: isRunning ? 'running' : 'stopped', account };
  }

  private async account(): Promise<string | undefined> {
    const { output } = await this.host.run(['sc.exe', 'qc', WINDOWS_SERVICE]);
    return /SERVICE_START_NAME\s*:\s*(.+)/.exec(output)?.[1]?.trim();
  }

  private async facts(): Promise<WindowsFacts> {
    const { code, output } = await this.host.run(['sc.exe', 'query', WINDOWS_SERVICE]);
    // By its value: what stands before it is translated.
    return { isInstalled: code === 0, isRunning: /:\s*4\s+RUNNING\b/.test(output), account: await this.account() };
  }
}

/** @throws CommandError usage */
function assertAccount(account: string, passwordFile: string | undefined): void {
  const needsNone = account.endsWith('$') || account.toUpperCase().startsWith('NT SERVICE\\');
  if (needsNone === (passwordFile === undefined)) return;
  throw new CommandError(
    'usage',
    needsNone ? `The account ${account} has no password.` : `The account ${account} needs its password.`,
    needsNone ? 'Leave --password-file out.' : 'Give it with --password-file.',
  );
}
