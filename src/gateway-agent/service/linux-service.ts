import { CommandError } from '../exit-codes.js';
import { ENTRY } from '../installation.js';
import { findMemberRecord } from '../member-record.js';
import { StateFolder } from '../state-folder.js';
import type { ServiceHost } from './service-host.js';
import type { ServiceManager, ServiceState } from './service-manager.js';
import type { ServiceOrder } from './service-settings.js';
import type { ServiceStep } from './service-step.js';
import {
  accountOf,
  LINUX_ACCOUNT,
  systemdInstall,
  systemdSetAccount,
  systemdStart,
  systemdStop,
  systemdUninstall,
  UNIT,
  UNIT_PATH,
  withAccount,
  type LinuxFacts,
} from './systemd-plan.js';
import { systemdUnit } from './systemd-unit.js';

/** There while systemd manages the machine. @see sd_booted(3) */
const SYSTEMD_RUNS = '/run/systemd/system';
const LOCKS = '/run/lock';

/** The agent as a unit of systemd. */
export class LinuxService implements ServiceManager {
  constructor(
    private readonly host: ServiceHost,
    private readonly node = process.execPath,
    private readonly entry = ENTRY,
  ) {}

  async plan(order: ServiceOrder, stateDir: string): Promise<readonly ServiceStep[]> {
    const { action } = order;
    const unit = await this.host.read(UNIT_PATH);
    const account = order.account ?? accountOf(unit) ?? LINUX_ACCOUNT;
    if (!order.print) await this.assertPossible(order, unit);
    const facts = await this.facts(account, unit);
    if (facts.account === undefined && account !== LINUX_ACCOUNT && action !== 'uninstall') {
      throw new CommandError('usage', `There is no account ${account}.`, 'Make it first, or leave --account out.');
    }
    switch (action) {
      case 'install':
        return systemdInstall(
          { account, stateDir, unit: await this.unit(order, account, stateDir) },
          facts,
          order.start,
        );
      case 'uninstall':
        return systemdUninstall({ account, stateDir }, facts, await this.host.count(stateDir));
      case 'set-account':
        return systemdSetAccount({ account, stateDir, unit: withAccount(unit ?? '', account) }, facts, [
          this.node,
          this.entry,
          'reprotect',
          '--state',
          stateDir,
        ]);
      case 'start':
        return systemdStart;
      default:
        return systemdStop;
    }
  }

  async state(): Promise<ServiceState> {
    const unit = await this.host.read(UNIT_PATH);
    const { output } = await this.host.run(['systemctl', 'show', UNIT, '--property=ActiveState,SubState']);
    const [active, sub] = ['ActiveState', 'SubState'].map(
      (name) => new RegExp(`^${name}=(.*)$`, 'm').exec(output)?.[1],
    );
    const detail = active === undefined ? 'systemd does not answer' : `${active}, ${sub ?? 'unknown'}`;
    return { installed: unit !== undefined, running: active === 'active', detail, account: accountOf(unit) };
  }

  private async assertPossible({ action }: ServiceOrder, unit: string | undefined): Promise<void> {
    if (!(await this.host.exists(SYSTEMD_RUNS))) {
      throw new CommandError(
        'state',
        'systemd does not manage this machine.',
        'Start `tidegate-agent run --managed` with what does; `--print` shows the unit for another machine.',
      );
    }
    if (unit === undefined && action !== 'install' && action !== 'uninstall') {
      throw new CommandError('idle', 'The service is not installed.', 'Run `tidegate-agent service install` first.');
    }
  }

  private async facts(account: string, unit: string | undefined): Promise<LinuxFacts> {
    const found = await this.host.run(['getent', 'passwd', account]);
    const active = await this.host.run(['systemctl', 'is-active', '--quiet', UNIT]);
    return { account: found.code === 0 ? found.output : undefined, unit, isActive: active.code === 0 };
  }

  private async unit(order: ServiceOrder, account: string, stateDir: string): Promise<string> {
    // A service of what is not registered would start and end for ever.
    if (!order.print && !(await findMemberRecord(new StateFolder(stateDir)))) {
      throw new CommandError(
        'idle',
        `No gateway is registered in ${stateDir}.`,
        'Run `tidegate-agent register` first, or name another folder with --state.',
      );
    }
    const { runFlags, writePaths, credentials } = order;
    const { node, entry } = this;
    const sharesLocks = await this.host.isShared(LOCKS);
    return systemdUnit({ account, node, entry, stateDir, runFlags, writePaths, credentials, sharesLocks });
  }
}
