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
  join        make this machine a further member of a gateway
  restore     put this machine in the place of a member: a new machine, or this one after its state was lost
  takeover    the same by an administrator of the tenant, who becomes an administrator of the gateway
    --gateway NAME|ID           the gateway; its recovery key is asked for, or given as with register
    --replaces NAME|ID          (restore, takeover) the member: else the only one, or the one of this machine
                                all other flags as with register; after a lost answer run the same command again
  drill       prove that the recovery key is still at hand; changes nothing
  change-recovery-key
    --recovery-key-file FILE | --recovery-key-stdin           the one that holds now, else asked for
    --new-recovery-key-file FILE | --new-recovery-key-stdin   the next one, else asked for, twice
  recovery-shares split --threshold K --shares N --out FOLDER
                              write the recovery key as N shares, any K of which make it; the key is asked for, twice
    --recovery-key-file FILE | --recovery-key-stdin
  recovery-shares verify --recovery-share-file FILE --recovery-share-file FILE ...
                              show that shares fit together; where a gateway is registered, by a drill
  trust       trust the root that the control plane holds now, after an absence in which it changed; the agent must not run
    --root-fingerprint TEXT     as the control plane's operator names it
  reprotect   make the state folder fit the account that runs this command; the agent must not run
  run         serve requests until SIGTERM or SIGINT
    --control-plane URL         where the control plane is from now on, when it moved
    --max-in-flight N           requests under way at once (default 200)
    --transport auto|websockets|amqp
    --managed                   as a child that can be changed for another version when an administrator orders it
    --no-remote-updates         refuse such orders on this machine
  status      what is registered here and how its agent is [--json]
  unregister  leave the gateway and remove what this machine kept

  For join, restore, takeover, drill and change-recovery-key, in the place of the recovery key:
    --recovery-share-file FILE  repeated, once for each share

  Everywhere: --state DIR (or TIDEGATE_AGENT_STATE), --log-level LEVEL (or LOG_LEVEL).
  Of several secrets on standard input each is a line, in this order: join token, recovery key, new recovery key.

Exit codes
${Object.entries(EXIT_CODES)
  .map(([reason, code]) => `  ${code}  ${MEANINGS[reason as ExitReason]}`)
  .join('\n')}`;
