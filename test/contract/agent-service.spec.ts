import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeSteps } from '../../src/gateway-agent/service/service-step.js';
import {
  systemdInstall,
  systemdSetAccount,
  systemdUninstall,
  withAccount,
} from '../../src/gateway-agent/service/systemd-plan.js';
import { systemdUnit, type UnitSettings } from '../../src/gateway-agent/service/systemd-unit.js';
import {
  WINDOWS_ACCOUNT,
  windowsInstall,
  windowsSetAccount,
  windowsUninstall,
  type WindowsTarget,
} from '../../src/gateway-agent/service/windows-plan.js';

const GOLDEN = resolve(import.meta.dirname, 'golden/service');
const ANALYZE = '/usr/bin/systemd-analyze';
/** systemd's own measure, of 10; what a service without any protection gets is 9.6. */
const MOST_EXPOSURE = 2;

const golden = (name: string) => readFileSync(join(GOLDEN, name), 'utf8');

const UNIT: UnitSettings = {
  account: 'tidegate-agent',
  node: '/usr/bin/node',
  entry: '/opt/tidegate-agent/3000.346.1/dist/gateway-agent/main.js',
  stateDir: '/var/lib/tidegate-agent',
  runFlags: ['--no-remote-updates'],
  writePaths: ['/srv/orders out'],
  credentials: [{ name: 'network.yaml', path: '/etc/tidegate-agent/network.yaml' }],
  sharesLocks: true,
};
const LINUX = { account: UNIT.account, stateDir: UNIT.stateDir, unit: systemdUnit(UNIT) };
const NOTHING = { account: undefined, unit: undefined, isActive: false };
const RUNNING = { account: 'tidegate-agent:x:998:998:Tidegate agent:/:/', unit: LINUX.unit, isActive: true };

const WINDOWS: WindowsTarget = {
  account: WINDOWS_ACCOUNT,
  passwordFile: undefined,
  node: 'C:\\Program Files\\nodejs\\node.exe',
  entry: 'C:\\Program Files\\Tidegate\\Agent\\3000.346.1\\dist\\gateway-agent\\main.js',
  stateDir: 'C:\\ProgramData\\Tidegate\\Agent',
  runFlags: [],
  home: 'C:\\Program Files\\Tidegate\\Agent\\3000.346.1',
  windir: 'C:\\Windows',
};

describe('the unit of systemd', () => {
  it('is this', () => {
    expect(LINUX.unit).toBe(golden('tidegate-agent.service'));
  });

  it('takes paths and flags as words, whatever is in them', () => {
    const unit = systemdUnit({ ...UNIT, stateDir: '/srv/50% $HOME "x"', runFlags: ['--policy', 'a\\b'], sharesLocks: false }); // prettier-ignore
    expect(unit).toContain('--state "/srv/50%% $$HOME \\"x\\"" --policy "a\\\\b"');
    expect(unit).not.toContain('StateDirectory=');
    expect(unit).toContain('PrivateTmp=no');
  });

  it.runIf(existsSync(ANALYZE))('passes systemd-analyze, and its measure of exposure', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tidegate-unit-'));
    const path = join(folder, 'tidegate-agent.service');
    try {
      // What it names has to be there: verify looks.
      writeFileSync(path, systemdUnit({ ...UNIT, node: process.execPath, account: 'root', credentials: [] }));
      const environment = { env: { ...process.env, SYSTEMD_COLORS: '0', LC_ALL: 'C' }, stdio: 'pipe' } as const;
      expect(execFileSync(ANALYZE, ['verify', '--man=no', path], environment).toString()).toBe('');
      writeFileSync(path, LINUX.unit);
      const said = execFileSync(ANALYZE, ['security', '--offline=yes', path], environment).toString();
      expect(Number(/Overall exposure level for .*?: ([\d.]+)/.exec(said)?.[1])).toBeLessThanOrEqual(MOST_EXPOSURE);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('what is done on Linux', () => {
  it.each([
    ['install on a new machine', systemdInstall(LINUX, NOTHING, true)],
    ['install again', systemdInstall(LINUX, RUNNING, true)],
    ['uninstall', systemdUninstall(LINUX, RUNNING, 0)],
    ['uninstall, state kept', systemdUninstall(LINUX, RUNNING, 7)],
    ['uninstall what is not there', systemdUninstall(LINUX, NOTHING, undefined)],
    ['change the account', systemdSetAccount({ ...LINUX, account: 'keeper', unit: withAccount(LINUX.unit, 'keeper') }, RUNNING, ['/usr/bin/node', 'main.js', 'reprotect'])], // prettier-ignore
  ])('%s', (name, steps) => {
    const shown = describeSteps(steps).replaceAll(/^ {4}.*\n/gm, '');
    expect(`${shown}\n`).toBe(golden(`linux ${name}.txt`));
  });

  it('leaves an account alone that somebody else made', () => {
    const steps = systemdUninstall(LINUX, { ...RUNNING, account: 'tidegate-agent:x:998:998:Ann:/:/' }, 0);
    expect(describeSteps(steps)).not.toContain('userdel');
  });
});

describe('what is done on Windows', () => {
  const absent = { isInstalled: false, isRunning: false };
  const running = { isInstalled: true, isRunning: true };
  it.each([
    ['install on a new machine', windowsInstall(WINDOWS, absent, true)],
    ['install for a user', windowsInstall({ ...WINDOWS, account: 'CONTOSO\\svc-gate', passwordFile: "C:\\it's\\password" }, absent, true)], // prettier-ignore
    ['uninstall', windowsUninstall(WINDOWS, running)],
    [
      'change to a managed account',
      windowsSetAccount({ ...WINDOWS, account: 'CONTOSO\\gate$' }, { ...running, account: WINDOWS_ACCOUNT }),
    ],
  ])('%s', (name, steps) => {
    expect(`${describeSteps(steps)}\n`).toBe(golden(`windows ${name}.txt`));
  });

  it('puts no password on a command line', () => {
    const steps = windowsInstall({ ...WINDOWS, account: 'CONTOSO\\svc', passwordFile: 'C:\\secret.txt' }, absent, true);
    for (const step of steps) if (step.kind === 'run') expect(step.argv.join(' ')).not.toMatch(/password|secret/i);
  });
});
