import { describe, expect, it } from 'vitest';
import { applySteps } from './apply-steps.js';
import { ServiceHost, type CommandOutcome } from './service-host.js';
import { systemdInstall, systemdSetAccount, systemdUninstall, UNIT_PATH, type LinuxFacts } from './systemd-plan.js';

/** A machine in memory: users, owner of the state folder, the unit and how it is. Fails at the command it is told to. */
class PretendedMachine extends ServiceHost {
  accounts = new Set(['root', 'keeper']);
  owner = 'root';
  enabled = false;
  active = false;
  unit: string | undefined;
  /** What systemd has read. */
  loaded: string | undefined;
  count = () => Promise.resolve(0);
  isShared = () => Promise.resolve(true);
  exists = () => Promise.resolve(true);
  isAdministrator = () => Promise.resolve(true);
  private commands = 0;

  constructor(private readonly failAt = Infinity) {
    super();
  }

  get state(): unknown {
    const { accounts, owner, enabled, active, unit, loaded } = this;
    return { accounts: [...accounts].sort(), owner, enabled, active, unit, loaded };
  }

  /** From here on everything works. */
  mend(): void {
    this.commands = -Infinity;
  }

  override run(argv: readonly string[]): Promise<CommandOutcome> {
    this.commands += 1;
    if (this.commands === this.failAt) return Promise.resolve({ code: 1, output: 'no' });
    const [program, action] = argv;
    const last = argv.at(-1) ?? '';
    if (program === 'useradd') this.accounts.add(last);
    if (program === 'userdel') this.accounts.delete(last);
    if (program === 'chown') this.owner = (argv.at(-2) ?? '').replace(':', '');
    if (action === 'daemon-reload') this.loaded = this.unit;
    if (action === 'enable' || action === 'disable') this.enabled = action === 'enable';
    if (action === 'start') this.active = true;
    if (action === 'stop') this.active = false;
    return Promise.resolve({ code: 0, output: '' });
  }

  override read = () => Promise.resolve(this.unit);

  override write(path: string, content: string): Promise<void> {
    expect(path).toBe(UNIT_PATH);
    this.unit = content;
    return Promise.resolve();
  }

  override remove(): Promise<void> {
    this.unit = undefined;
    return Promise.resolve();
  }

  facts(account: string): LinuxFacts {
    const line = this.accounts.has(account) ? `${account}:x:1:1:Tidegate agent:/:/` : undefined;
    return { account: line, unit: this.unit, isActive: this.active };
  }
}

const TARGET = { account: 'tidegate-agent', stateDir: '/s', unit: 'User=tidegate-agent\n' };
const install = (host: PretendedMachine) => systemdInstall(TARGET, host.facts(TARGET.account), true);
const change = (host: PretendedMachine) =>
  systemdSetAccount({ ...TARGET, account: 'keeper', unit: 'User=keeper\n' }, host.facts('keeper'), ['reprotect']);
const uninstall = (host: PretendedMachine) => systemdUninstall(TARGET, host.facts(TARGET.account), 0);

async function installed(failAt?: number): Promise<PretendedMachine> {
  const host = new PretendedMachine(failAt === undefined ? undefined : failAt + COMMANDS_OF_INSTALL);
  await applySteps(install(host), host);
  return host;
}
const COMMANDS_OF_INSTALL = 5;

describe('a change to the service', () => {
  it('is made, and can be made again', async () => {
    const host = await installed();
    const after = { accounts: ['keeper', 'root', 'tidegate-agent'], owner: 'tidegate-agent', enabled: true, active: true, unit: TARGET.unit, loaded: TARGET.unit }; // prettier-ignore
    expect(host.state).toEqual(after);
    await applySteps(install(host), host);
    expect(host.state).toEqual(after);
    await applySteps(change(host), host);
    expect(host.state).toMatchObject({ owner: 'keeper', active: true, loaded: 'User=keeper\n' });
    await applySteps(uninstall(host), host);
    expect(host.state).toMatchObject({
      accounts: ['keeper', 'root'],
      active: false,
      enabled: false,
      loaded: undefined,
    });
  });

  it.each([1, 2, 3, 4, 5])('is taken back when command %i of the installation fails', async (failAt) => {
    const host = new PretendedMachine(failAt);
    const before = host.state;
    await expect(applySteps(install(host), host)).rejects.toThrow(/failed: no$/);
    expect(host.state).toEqual(before);
    host.mend();
    await applySteps(install(host), host);
    expect(host.active).toBe(true);
  });

  it.each([1, 2, 3, 4, 5])('is taken back when command %i of a change of account fails', async (failAt) => {
    const host = await installed(failAt);
    const before = host.state;
    await expect(applySteps(change(host), host)).rejects.toThrow(/failed: no$/);
    expect(host.state).toEqual(before);
  });

  it('says so when it could not be taken back', async () => {
    class Broken extends PretendedMachine {
      override run(argv: readonly string[]): Promise<CommandOutcome> {
        return argv[0] === 'userdel' || argv[1] === 'enable'
          ? Promise.resolve({ code: 1, output: 'no' })
          : super.run(argv);
      }
    }
    const host = new Broken();
    const failure = {
      reason: 'state',
      remedy: expect.stringMatching(/^Not everything could be taken back/) as unknown,
    };
    await expect(applySteps(install(host), host)).rejects.toMatchObject(failure);
  });
});
