export const PLATFORMS = ['linux', 'windows', 'container', 'kubernetes'] as const;
export type Platform = (typeof PLATFORMS)[number];

export interface InstallGoal {
  /** Address of the control plane. */
  readonly origin: string;
  readonly version: string;
  readonly gatewayName: string;
  /** Undefined: the machine becomes a further member. */
  readonly region: string | undefined;
}

/**
 * The command that installs an agent. Pasted as a whole it is read as a whole, so that it can ask for the two secrets: they
 * stand neither in it nor in the shell's history.
 *
 * @see docs/install.md
 */
export function installCommand(platform: Platform, goal: InstallGoal): string {
  return COMMANDS[platform](goal);
}

const COMMANDS: Readonly<Record<Platform, (goal: InstallGoal) => string>> = {
  linux: ({ origin, version, gatewayName, region }) =>
    lines(' \\\n  ', [
      `${ASK_BASH} && sudo sh install.sh --package tidegate-agent-${version}.tgz`,
      '--sha256 "${SHA256:?put the hash of the package into SHA256}"',
      `--control-plane ${bash(origin)}`,
      '--join-token-file token --recovery-key-file key',
      region === undefined ? `--gateway ${bash(gatewayName)}` : `--name ${bash(gatewayName)} --region ${bash(region)}`,
      '&& rm token key',
    ]),
  windows: ({ origin, version, gatewayName, region }) =>
    [
      '& {',
      "  Read-Host 'Join token' | Set-Content token.txt",
      "  Read-Host 'Recovery key' | Set-Content -Encoding UTF8 key.txt",
      `  .\\install.ps1 -Package tidegate-agent-${version}.tgz -Sha256 $env:SHA256 \``,
      `    -ControlPlane ${powershell(origin)} -JoinTokenFile token.txt -RecoveryKeyFile key.txt \``,
      region === undefined
        ? `    -Gateway ${powershell(gatewayName)}`
        : `    -Name ${powershell(gatewayName)} -Region ${powershell(region)}`,
      '  Remove-Item token.txt, key.txt',
      '}',
    ].join('\n'),
  container: ({ origin, version, gatewayName, region }) => {
    const image = `tidegate-agent:${version}`;
    const locked = '--read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges';
    const kept = '-v /etc/machine-id:/etc/machine-id:ro -v tidegate-agent:/var/lib/tidegate-agent';
    const first = region === undefined ? 'join' : 'register';
    return lines(' \\\n  ', [
      `${ASK_BASH} && sudo chown 65532 token key`,
      `&& sudo docker run --rm ${locked} ${kept}`,
      `-v "$PWD/token:/run/enrolment/join-token:ro" -v "$PWD/key:/run/enrolment/recovery-key:ro" ${image}`,
      `${first} --if-unregistered --state=/var/lib/tidegate-agent --control-plane=${bash(origin)}`,
      region === undefined ? `--gateway=${bash(gatewayName)}` : `--name=${bash(gatewayName)} --region=${bash(region)}`,
      '--join-token-file=/run/enrolment/join-token --recovery-key-file=/run/enrolment/recovery-key',
      '&& sudo rm token key',
      `&& sudo docker run -d --name tidegate-agent --restart unless-stopped ${locked}`,
      `${kept} ${image}`,
    ]);
  },
  kubernetes: ({ origin, version, gatewayName, region }) => {
    const changes = [
      ['https://gateway.example.com/', `${origin}/`],
      ['cluster.west', JSON.stringify(gatewayName)],
      ['tidegate-agent:3000.342.1', `tidegate-agent:${version}`],
      ...(region === undefined
        ? [
            ['- register$', '- join'],
            ['--name=', '--gateway='],
          ]
        : [['region: westeurope', `region: ${region}`]]),
    ].map(([from = '', to = '']) => `-e ${bash(`s|${from}|${sedText(to)}|`)}`);
    // A member that joins is where its gateway is.
    if (region === undefined) changes.push("-e '/--region=/d'");
    return lines(' \\\n  ', [
      `${ASK_BASH} && kubectl create namespace tidegate`,
      '&& kubectl -n tidegate create secret generic tidegate-agent-machine --from-literal=machine-id="$(openssl rand -hex 16)"',
      '&& kubectl -n tidegate create secret generic tidegate-agent-enrolment --from-file=join-token=token --from-file=recovery-key=key',
      `&& rm token key && sed ${changes.join(' ')} kubernetes.yaml`,
      '| kubectl apply -f -',
    ]);
  },
};

/** Asks for the two secrets without showing them, and keeps them in files that only the person can read. */
const ASK_BASH = [
  'umask 077',
  "read -rsp 'Join token: ' T",
  'echo',
  "read -rsp 'Recovery key: ' K",
  'echo',
  // Typed unseen: one that differs from what was meant would be noticed when it is too late.
  "read -rsp 'Recovery key, once more: ' L",
  'echo',
  `{ [ "$K" = "$L" ] || { echo 'They differ.'; false; }; }`,
  'echo "$T" >token',
  'printf \'%s\\n\' "$K" >key',
  'unset T K L',
].join(' && ');

function lines(separator: string, parts: readonly string[]): string {
  return parts.join(separator);
}

/** One word of a POSIX shell. */
function bash(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** One word of PowerShell, which takes typographic quotation marks for plain ones. */
function powershell(text: string): string {
  return `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/g, (mark) => mark + mark)}'`;
}

/** Text in the second half of `s|…|…|`. */
function sedText(text: string): string {
  return text.replaceAll(/[\\&|]/g, (sign) => `\\${sign}`);
}
