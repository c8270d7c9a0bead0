import { win32 } from 'node:path';
import type { ServiceStep } from './service-step.js';

export const WINDOWS_SERVICE = 'TidegateAgent';
/** The account that Windows makes with the service: no password, and no rights but the service's own. */
export const WINDOWS_ACCOUNT = `NT SERVICE\\${WINDOWS_SERVICE}`;

/** By their number: the names are translated. SYSTEM and the administrators. */
const KEEPERS = ['*S-1-5-18', '*S-1-5-32-544'];

/** Of sc.exe: the service is not there, runs already, is not started. */
const ABSENT = 1060;
const RUNNING = 1056;
const NOT_STARTED = 1062;

/** What a machine is like before a change. */
export interface WindowsFacts {
  readonly isInstalled: boolean;
  readonly isRunning: boolean;
  /** What the service runs under. */
  readonly account?: string | undefined;
}

export interface WindowsTarget {
  readonly account: string;
  /** File with the password of a user account; a managed account (`NAME$`) and the default one have none. */
  readonly passwordFile: string | undefined;
  readonly node: string;
  readonly entry: string;
  readonly stateDir: string;
  readonly runFlags: readonly string[];
  /** Folder of the installation, with `service-host.cs`. */
  readonly home: string;
  /** Folder of Windows itself. */
  readonly windir: string;
}

export function windowsInstall(target: WindowsTarget, facts: WindowsFacts, start: boolean): readonly ServiceStep[] {
  const host = hostOf(target);
  const create = ['sc.exe', 'create', WINDOWS_SERVICE, 'binPath=', `"${host}"`, 'start=', 'delayed-auto', 'obj=', WINDOWS_ACCOUNT, 'DisplayName=', 'Tidegate agent']; // prettier-ignore
  return [
    ...stopped(facts),
    { kind: 'write', path: `${host}.config.txt`, content: hostSettings(target), mode: 0o644 },
    { kind: 'run', argv: compile(target, host) },
    ...(facts.isInstalled ? [] : [{ kind: 'run', argv: create, undo: ['sc.exe', 'delete', WINDOWS_SERVICE] } as const]),
    ...settle().map((argv) => ({ kind: 'run', argv }) as const),
    ...(target.account === WINDOWS_ACCOUNT && !facts.isInstalled ? [] : [changeAccount(target)]),
    ...give(target),
    ...(start ? [{ kind: 'run', argv: ['sc.exe', 'start', WINDOWS_SERVICE], also: [RUNNING] } as const] : []),
  ];
}

export function windowsUninstall(target: WindowsTarget, facts: WindowsFacts): readonly ServiceStep[] {
  const host = hostOf(target);
  return [
    ...stopped(facts),
    { kind: 'run', argv: ['sc.exe', 'delete', WINDOWS_SERVICE], also: [ABSENT] },
    { kind: 'remove', path: host },
    { kind: 'remove', path: `${host}.config.txt` },
  ];
}

export function windowsSetAccount(target: WindowsTarget, facts: WindowsFacts): readonly ServiceStep[] {
  const { node, entry, stateDir, account } = target;
  const before = facts.account === account ? undefined : facts.account;
  return [
    ...stopped(facts),
    { kind: 'run', argv: [node, entry, 'reprotect', '--state', stateDir] },
    ...give(target),
    changeAccount(target),
    ...(before === undefined ? [] : [{ kind: 'run', argv: ['icacls.exe', stateDir, '/remove', before] } as const]),
    ...(facts.isRunning ? [{ kind: 'run', argv: ['sc.exe', 'start', WINDOWS_SERVICE] } as const] : []),
  ];
}

export const windowsStart: readonly ServiceStep[] = [
  { kind: 'run', argv: ['sc.exe', 'start', WINDOWS_SERVICE], also: [RUNNING] },
];
export const windowsStop: readonly ServiceStep[] = [stopService()];

/** One setting a line: the program reads nothing else. */
export function hostSettings({ node, entry, stateDir, runFlags }: WindowsTarget): string {
  const args = [entry, 'run', '--managed', '--stop-with-stdin', '--state', stateDir, ...runFlags];
  const lines = [`node=${node}`, `log=${win32.join(stateDir, 'service.log')}`, ...args.map((word) => `arg=${word}`)];
  return `${lines.join('\r\n')}\r\n`;
}

function hostOf({ home }: WindowsTarget): string {
  return win32.join(home, 'TidegateAgentHost.exe');
}

/** With the compiler that every supported Windows brings along: nothing native is shipped. */
function compile({ windir, home }: WindowsTarget, host: string): readonly string[] {
  const csc = win32.join(windir, 'Microsoft.NET', 'Framework64', 'v4.0.30319', 'csc.exe');
  const references = ['/reference:System.ServiceProcess.dll', '/reference:System.dll'];
  return [csc, '/nologo', '/target:exe', '/platform:x64', ...references, `/out:${host}`, win32.join(home, 'service-host.cs')]; // prettier-ignore
}

/** What can be set again and again. */
function settle(): readonly (readonly string[])[] {
  return [
    ['sc.exe', 'description', WINDOWS_SERVICE, 'The on-premises side of the Tidegate data gateway.'],
    ['sc.exe', 'sidtype', WINDOWS_SERVICE, 'unrestricted'],
    // Again after 10 s, for ever; also when it ended by itself with a failure.
    ['sc.exe', 'failure', WINDOWS_SERVICE, 'reset=', '86400', 'actions=', 'restart/10000/restart/10000/restart/10000'],
    ['sc.exe', 'failureflag', WINDOWS_SERVICE, '1'],
    // Of all privileges only the one that walking through folders needs.
    ['sc.exe', 'privs', WINDOWS_SERVICE, 'SeChangeNotifyPrivilege'],
  ];
}

/** The state folder is for the account, the system and the administrators, and for nobody who inherits a right to it. */
function give({ stateDir, account }: WindowsTarget): ServiceStep[] {
  const full = (who: string) => ['/grant:r', `${who}:(OI)(CI)F`];
  return [
    { kind: 'run', argv: ['icacls.exe', stateDir, '/inheritance:r', ...[account, ...KEEPERS].flatMap(full)] },
    { kind: 'run', argv: ['icacls.exe', win32.join(stateDir, '*'), '/reset', '/T', '/C', '/Q'], also: [2] },
  ];
}

/**
 * Changes the account by a script that reads the password from its file: sc.exe would want it on its command line, where
 * every process list shows it.
 */
function changeAccount({ account, passwordFile }: WindowsTarget): ServiceStep {
  return {
    kind: 'run',
    argv: ['powershell.exe', '-NoProfile', '-NonInteractive', '-EncodedCommand'],
    script: accountScript(account, passwordFile),
  };
}

function accountScript(account: string, passwordFile: string | undefined): string {
  const password =
    passwordFile === undefined
      ? '$password = $null'
      : `$password = [IO.File]::ReadAllText(${literal(passwordFile)}).TrimEnd("\`r", "\`n")`;
  return [
    '$ErrorActionPreference = "Stop"',
    `$account = ${literal(account)}`,
    password,
    ...(account.toUpperCase().startsWith('NT SERVICE\\') ? [] : GRANT_LOGON),
    `$service = Get-CimInstance Win32_Service -Filter "Name='${WINDOWS_SERVICE}'"`,
    '$change = @{ StartName = $account; StartPassword = $password }',
    '$result = Invoke-CimMethod -InputObject $service -MethodName Change -Arguments $change',
    'if ($result.ReturnValue -ne 0) { Write-Output "Windows refused the account: code $($result.ReturnValue)"; exit 1 }',
    'exit 0',
    '',
  ].join('\n');
}

/** The right to log on as a service, which Windows gives by itself only in its own dialogue. */
const GRANT_LOGON = [
  '$sid = (New-Object Security.Principal.NTAccount($account)).Translate([Security.Principal.SecurityIdentifier]).Value',
  '$folder = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid())',
  'New-Item -ItemType Directory -Path $folder | Out-Null',
  'try {',
  '  $policy = Join-Path $folder "rights.inf"; $database = Join-Path $folder "rights.sdb"',
  '  secedit.exe /export /areas USER_RIGHTS /cfg $policy | Out-Null',
  '  $held = (Select-String -Path $policy -Pattern "^SeServiceLogonRight\\s*=\\s*(.*)$").Matches | ForEach-Object { $_.Groups[1].Value.Trim() }',
  '  if (-not ("$held".Split(",") -contains "*$sid")) {',
  '    $all = (@("$held", "*$sid") | Where-Object { $_ }) -join ","',
  '    $wanted = @("[Unicode]", "Unicode=yes", "[Version]", \'signature="$CHICAGO$"\', "Revision=1", "[Privilege Rights]", "SeServiceLogonRight = $all")',
  '    Set-Content -Path $policy -Value $wanted -Encoding Unicode',
  '    secedit.exe /configure /db $database /cfg $policy /areas USER_RIGHTS | Out-Null',
  '    if ($LASTEXITCODE -ne 0) { Write-Output "The right to log on as a service could not be given"; exit 1 }',
  '  }',
  '} finally { Remove-Item -Recurse -Force $folder }',
];

/** A string that PowerShell takes as it is. */
function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function stopped({ isRunning }: WindowsFacts): ServiceStep[] {
  return isRunning ? [stopService()] : [];
}

/** sc.exe returns before the service has stopped; this waits. */
function stopService(): ServiceStep {
  return {
    kind: 'run',
    argv: ['net.exe', 'stop', WINDOWS_SERVICE],
    undo: ['sc.exe', 'start', WINDOWS_SERVICE],
    // Of net.exe: it was not started.
    also: [2, NOT_STARTED],
  };
}
