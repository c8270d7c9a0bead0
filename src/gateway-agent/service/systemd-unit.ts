/** What the unit of the agent depends on. */
export interface UnitSettings {
  readonly account: string;
  /** Absolute: a service has no search path of the operator's. */
  readonly node: string;
  readonly entry: string;
  readonly stateDir: string;
  readonly runFlags: readonly string[];
  readonly writePaths: readonly string[];
  readonly credentials: readonly { readonly name: string; readonly path: string }[];
  /** `/run/lock` is for every account: there lies the lock that keeps a second agent off this machine. */
  readonly sharesLocks: boolean;
}

/** Where systemd puts state that it owns. */
const STATE_ROOT = '/var/lib/';

/** Of the agent: wrong command line (2), nothing registered (6), a root that is not trusted (7). Trying again is of no use. */
const HOPELESS = '2 6 7';

/** The unit file of the agent: an account of its own, and nothing of the machine that it does not need. */
export function systemdUnit(settings: UnitSettings): string {
  const { account, node, entry, stateDir, runFlags, writePaths, credentials, sharesLocks } = settings;
  const command = [node, entry, 'run', '--managed', '--state', stateDir, ...runFlags].map(quoted).join(' ');
  const ownState = stateDir.startsWith(STATE_ROOT) ? stateDir.slice(STATE_ROOT.length) : undefined;
  const written = [...(sharesLocks ? ['/run/lock'] : []), ...(ownState === undefined ? [stateDir] : []), ...writePaths];
  return `# Made by \`tidegate-agent service install\`, which writes it anew; changes of yours go into a drop-in
# (systemctl edit tidegate-agent).
[Unit]
Description=Tidegate agent, the on-premises side of the data gateway
Wants=network-online.target
After=network-online.target
# It tries for ever, as the agent itself does.
StartLimitIntervalSec=0

[Service]
Type=exec
User=${account}
ExecStart=${command}
Environment=NODE_ENV=production
# Proxies and the like: lines of NAME=value, readable for root alone. It need not be there.
EnvironmentFile=-/etc/tidegate-agent/agent.env
${credentials.map(({ name, path }) => `LoadCredential=${name}:${escaped(path)}\n`).join('')}Restart=on-failure
RestartSec=10
RestartPreventExitStatus=${HOPELESS}
# The launcher passes the signal on, and waits 30 s for the agent.
KillMode=mixed
TimeoutStopSec=45
${ownState === undefined ? '' : `StateDirectory=${escaped(ownState)}\nStateDirectoryMode=0700\n`}UMask=0077
LimitNOFILE=65536
# A core dump would hold opened credentials.
LimitCORE=0

# What it may do
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM
# Netlink is how the names of network interfaces are read.
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
# Not MemoryDenyWriteExecute: the compiler of JavaScript writes what it runs.

# What it sees
ProtectSystem=strict
${written.map((path) => `ReadWritePaths=${quoted(path)}\n`).join('')}ProtectHome=yes
${sharesLocks ? '' : '# Not private: the lock that keeps a second agent off this machine lies there.\n'}PrivateTmp=${sharesLocks ? 'yes' : 'no'}
PrivateDevices=yes
DevicePolicy=closed
ProtectClock=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
# Not ProtectProc or ProcSubset: the lock names a process, and whether it lives has to be seen.
RemoveIPC=yes
KeyringMode=private

[Install]
WantedBy=multi-user.target
`;
}

/** A word of ExecStart or of a list of paths. @see systemd.service(5), "Command lines" */
function quoted(word: string): string {
  const safe = escaped(word).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('$', '$$$$');
  return /^[\w@+=:,./%-]+$/.test(safe) ? safe : `"${safe}"`;
}

/** Percent signs stand for something in unit files. @see systemd.unit(5), "Specifiers" */
function escaped(text: string): string {
  return text.replaceAll('%', '%%');
}
