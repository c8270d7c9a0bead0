import { EXIT_CODES, type ExitReason } from './exit-codes.js';

const MEANINGS: Readonly<Record<ExitReason, string>> = {
  ok: 'done',
  unexpected: 'a defect, or an answer in an unknown shape',
  usage: 'wrong command line, settings or recovery key',
  refused: 'the control plane or the sign-in refused',
  unreachable: 'the control plane or the sign-in cannot be reached, or has no time',
  state: 'the state folder or the machine is locked, damaged or not writable',
  idle: 'nothing is registered here, or (status) no agent is running',
  untrusted: 'a signed object does not come from the trusted root',
};

/** What `tidegate-agent help` prints. */
export const HELP = `tidegate-agent: the on-premises side of Tidegate

  register    make a gateway with this machine as its first member
    --control-plane URL         address of the control plane (or TIDEGATE_CONTROL_PLANE)
    --name NAME --region KEY    the new gateway
    --member-name NAME          this machine in it (default: its host name)
    --join-token-file FILE | --join-token-stdin
                                unattended; without it you sign in with a device code
    --tenant ID                 the tenant to sign in to
    --recovery-key-file FILE | --recovery-key-stdin | --generate-recovery-key
                                else asked for, twice
    --root-fingerprint TEXT     the root key to trust; else the join token's, else what is seen first
    --ca-file FILE              further certificate authorities (PEM), kept for later runs
    --allow-insecure            plain http to another machine; refused in production
  run         serve requests until SIGTERM or SIGINT
    --control-plane URL         where the control plane is from now on, when it moved
    --max-in-flight N           requests under way at once (default 200)
    --transport auto|websockets|amqp
  status      what is registered here and how its agent is [--json]
  unregister  leave the gateway and remove what this machine kept

  Everywhere: --state DIR (or TIDEGATE_AGENT_STATE), --log-level LEVEL (or LOG_LEVEL).
  With both secrets on standard input, the join token is the first line and the recovery key the second.

Exit codes
${Object.entries(EXIT_CODES)
  .map(([reason, code]) => `  ${code}  ${MEANINGS[reason as ExitReason]}`)
  .join('\n')}`;
