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
  faulty: '(doctor) at least one fault was found',
  denied: '(policy test) the policy does not allow it',
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
    --if-unregistered           do nothing where a gateway is registered already: for containers
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
    --max-per-connection N      of one connection (default 64)
    --max-buffered-mb N         memory for bodies on their way (default 192)
    --transport auto|websockets|amqp
    --ports LIST                what may be used towards the relay, in order: 443,5671 or 8443/websockets (docs/network.md)
    --managed                   as a child that can be changed for another version when an administrator orders it
    --no-remote-updates         refuse such orders on this machine
    --log-dir DIR               log to files there: --log-file-size MIB (100), --log-max-size MIB in all (5120),
                                --log-max-days N (30)
    --metrics-port N            figures for Prometheus at http://127.0.0.1:N/metrics
    --report-dir DIR            performance reports as CSV: --report-file-size MIB (100), --report-files N of a kind (10),
                                --report-interval MINUTES (5), --report-query-text
    --otlp-endpoint URL         send traces to an OpenTelemetry collector (docs/observability.md)
  status      what is registered here and how its agent is [--json]
  top         what the agent does, as a page that renews itself [--once | --json]
  network     what a firewall has to let out [--json | --csv]
    --service-tags FILE         Microsoft's list of addresses: adds those of the region [--region KEY]
  ports       try every such place from this machine [--json] [--ca-file FILE]
    --control-plane URL --relay HOST   (network, ports) before registration
  service install | uninstall | start | stop | status | set-account
                              the agent as a service of systemd or Windows (docs/install.md)
    --account NAME              what it runs under; for set-account the recovery key is asked for, or given as above
    --password-file FILE        (Windows) of an account that has a password
    --write-path DIR            (systemd) repeated: folders that connectors may write to
    --credential NAME=FILE      (systemd) repeated: a file that the agent alone sees, as /run/credentials/tidegate-agent.service/NAME
    --no-start --print          do not start it; only show what would be done
    -- FLAGS                    flags of run
  doctor      look at this machine, the ways from it and every source, and say what to do [--json] (docs/doctor.md)
    --control-plane URL --relay HOST --ca-file FILE   before registration
  support-bundle --out FILE   what a helper needs to see, without secrets; asks before it writes
    --yes                       do not ask: unattended
    --include-policy            with policy.yaml
    --log-dir DIR --report-dir DIR   where the agent writes them
  policy      the rules of this machine (docs/policy.md)
    policy check | show         whether policy.yaml can be used; what it says [--json]
    policy test --source ADDRESS --operation NAME [--table NAME] [--procedure NAME] [--path PATH] [--method METHOD]
                                what it says of one request [--tenant ID] [--at TIME] [--json]
  unregister  leave the gateway and remove what this machine kept

  For join, restore, takeover, drill and change-recovery-key, in the place of the recovery key:
    --recovery-share-file FILE  repeated, once for each share

  Everywhere: --state DIR (or TIDEGATE_AGENT_STATE), --log-level LEVEL (or LOG_LEVEL),
    --policy FILE (or TIDEGATE_POLICY_FILE; default policy.yaml in the state folder),
    --network FILE (ports and proxy; default network.yaml in the state folder, else HTTPS_PROXY and NO_PROXY).
  Of several secrets on standard input each is a line, in this order: join token, recovery key, new recovery key.

Exit codes
${Object.entries(EXIT_CODES)
  .map(([reason, code]) => `  ${code}  ${MEANINGS[reason as ExitReason]}`)
  .join('\n')}`;
