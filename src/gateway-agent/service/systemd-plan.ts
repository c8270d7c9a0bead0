import type { ServiceStep } from './service-step.js';

export const UNIT = 'tidegate-agent.service';
export const UNIT_PATH = `/etc/systemd/system/${UNIT}`;
export const LINUX_ACCOUNT = 'tidegate-agent';
/** By this an account is known as one that was made here, and may be removed. */
const ACCOUNT_COMMENT = 'Tidegate agent';

/** What a machine is like before a change. */
export interface LinuxFacts {
  /** The line of the account in the user database; undefined: there is none. */
  readonly account: string | undefined;
  /** The unit file that is there. */
  readonly unit: string | undefined;
  readonly isActive: boolean;
}

/** How the service is to be. */
export interface LinuxTarget {
  readonly account: string;
  readonly stateDir: string;
  /** The unit file. */
  readonly unit: string;
}

const RELOAD = ['systemctl', 'daemon-reload'];
const STOP = ['systemctl', 'stop', UNIT];
const START = ['systemctl', 'start', UNIT];
const ENABLE = ['systemctl', 'enable', UNIT];
const DISABLE = ['systemctl', 'disable', UNIT];

export function systemdInstall(target: LinuxTarget, facts: LinuxFacts, start: boolean): readonly ServiceStep[] {
  return [
    ...stopped(facts),
    ...(facts.account === undefined ? [makeAccount(target)] : []),
    own(target, facts),
    ...writeUnit(target),
    { kind: 'run', argv: ENABLE, ...(facts.unit === undefined ? { undo: DISABLE } : {}) },
    ...(start ? [{ kind: 'run', argv: START, undo: STOP } as const] : []),
  ];
}

/** @param kept how much the state folder holds; undefined: there is none. What owns something is not removed. */
export function systemdUninstall(
  { account, stateDir }: Pick<LinuxTarget, 'account' | 'stateDir'>,
  facts: LinuxFacts,
  kept: number | undefined,
): readonly ServiceStep[] {
  const isOurs = facts.account?.split(':')[4] === ACCOUNT_COMMENT;
  return [
    ...(facts.unit === undefined
      ? []
      : ([
          ...stopped(facts),
          { kind: 'run', argv: DISABLE, undo: ENABLE },
          { kind: 'on-failure', argv: RELOAD },
          { kind: 'remove', path: UNIT_PATH },
          { kind: 'run', argv: RELOAD },
        ] as const)),
    ...(kept === 0 ? [{ kind: 'run', argv: ['rmdir', stateDir] } as const] : []),
    ...(isOurs && (kept ?? 0) === 0 ? [{ kind: 'run', argv: ['userdel', account] } as const] : []),
  ];
}

/** @param reprotect the command that makes the state folder the new account's own */
export function systemdSetAccount(
  target: LinuxTarget,
  facts: LinuxFacts,
  reprotect: readonly string[],
): readonly ServiceStep[] {
  return [
    ...stopped(facts),
    ...(facts.account === undefined ? [makeAccount(target)] : []),
    own(target, facts),
    { kind: 'run', argv: [...as(target, facts), ...reprotect] },
    ...writeUnit(target),
    ...(facts.isActive ? [{ kind: 'run', argv: START, undo: STOP } as const] : []),
  ];
}

export const systemdStart: readonly ServiceStep[] = [{ kind: 'run', argv: START }];
export const systemdStop: readonly ServiceStep[] = [{ kind: 'run', argv: STOP }];

/** The account in a unit file. */
export function accountOf(unit: string | undefined): string | undefined {
  return /^User=(.+)$/m.exec(unit ?? '')?.[1];
}

/** The same unit for another account: whatever else was set when it was installed stays. */
export function withAccount(unit: string, account: string): string {
  return unit.replace(/^User=.+$/m, `User=${account}`);
}

function stopped({ isActive }: LinuxFacts): ServiceStep[] {
  return isActive ? [{ kind: 'run', argv: STOP, undo: START }] : [];
}

function makeAccount({ account, stateDir }: LinuxTarget): ServiceStep {
  const home = ['--no-create-home', '--home-dir', stateDir, '--shell', '/usr/sbin/nologin'];
  return {
    kind: 'run',
    argv: ['useradd', '--system', '--user-group', ...home, '--comment', ACCOUNT_COMMENT, account],
    undo: ['userdel', account],
  };
}

/** What runs a command under an account: without a session of its own, which not every machine can open. */
function as({ account }: LinuxTarget, facts: LinuxFacts): string[] {
  // An account that is made here has a group of its name.
  const group = facts.account?.split(':')[3] ?? account;
  return ['setpriv', '--reuid', account, '--regid', group, '--init-groups', '--'];
}

function own({ account, stateDir }: LinuxTarget, facts: LinuxFacts): ServiceStep {
  // The colon alone: the group of the account, whatever its name.
  const give = (to: string) => ['chown', '-R', '-h', `${to}:`, stateDir];
  return { kind: 'run', argv: give(account), undo: give(accountOf(facts.unit) ?? 'root') };
}

function writeUnit({ unit }: LinuxTarget): ServiceStep[] {
  return [
    { kind: 'on-failure', argv: RELOAD },
    { kind: 'write', path: UNIT_PATH, content: unit, mode: 0o644 },
    { kind: 'run', argv: RELOAD },
  ];
}
