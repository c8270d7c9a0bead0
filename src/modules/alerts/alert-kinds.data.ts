/** `critical`: nobody can act any more; `warning`: soon nobody may be able to. */
export type AlertSeverity = 'critical' | 'warning';

interface AlertKindRow {
  readonly severity: AlertSeverity;
  /** What is the matter, in one sentence. */
  readonly text: string;
  /** What to do, in one sentence. */
  readonly remedy: string;
}

/** Every kind of alert, named noun first. */
export const ALERT_KINDS = {
  'gateway-single-administrator': {
    severity: 'warning',
    text: 'Only one administrator of this gateway can sign in.',
    remedy: 'Name a second administrator, so that the gateway does not depend on one person.',
  },
  'gateway-without-administrator': {
    severity: 'critical',
    text: 'No administrator of this gateway can sign in.',
    remedy: 'An administrator of the tenant can name a new administrator of the gateway.',
  },
  'gateway-administrator-disabled': {
    severity: 'warning',
    text: 'Administrators of this gateway are disabled in the directory, or gone from it.',
    remedy: 'Remove their roles, and name others in their place.',
  },
  'gateway-offline': {
    severity: 'critical',
    text: 'No member of this gateway is online.',
    remedy: 'See that the agents run on the machines named and reach this service.',
  },
  'member-offline': {
    severity: 'warning',
    text: 'Members of this gateway are offline; others do their work.',
    remedy: 'See that the agents run on the machines named, or disable or remove these members.',
  },
  'member-flapping': {
    severity: 'warning',
    text: 'Members of this gateway come and go.',
    remedy: 'Look at the network and the load of the machines named: each goes offline again and again.',
  },
  'connection-single-owner': {
    severity: 'warning',
    text: 'Only one owner of this connection can sign in.',
    remedy: 'Name a second owner, so that the connection does not depend on one person.',
  },
  'connection-without-owner': {
    severity: 'critical',
    text: 'No owner of this connection can sign in.',
    remedy: 'An administrator of the tenant can name a new owner of the connection.',
  },
  'connection-owner-disabled': {
    severity: 'warning',
    text: 'Owners of this connection are disabled in the directory, or gone from it.',
    remedy: 'Remove their roles, and name others in their place.',
  },
  'connection-credential-stale': {
    severity: 'critical',
    text: 'No member of the gateway can open the credential of this connection.',
    remedy: 'Enter the credential of this connection again, so that it is sealed to the key of today.',
  },
  'member-version-ending': {
    severity: 'warning',
    text: 'The next release ends the support of a version that members of this gateway run.',
    remedy: 'Update the members to the newest version.',
  },
  'member-version-unsupported': {
    severity: 'critical',
    text: 'Members of this gateway run a version that is not supported any more.',
    remedy: 'Update the members to the newest version.',
  },
  'gateway-update-failed': {
    severity: 'warning',
    text: 'The last update of this gateway did not succeed.',
    remedy: 'Read the reason in the rollout, see to it, and order the update again.',
  },
  'recovery-locked': {
    severity: 'warning',
    text: 'Somebody gave a wrong recovery key for this gateway several times and is locked out.',
    remedy: 'Find out who it was; an administrator can end the lock sooner.',
  },
  'recovery-key-unproven': {
    severity: 'warning',
    text: 'Nobody has shown for a long time that the recovery key of this gateway is still at hand.',
    remedy: 'Run a recovery drill on one of its machines; if the key is lost, plan the move to a new gateway.',
  },
  'recovery-key-change-needed': {
    severity: 'critical',
    text: 'A member of this gateway was compromised, and its recovery key may be known.',
    remedy: 'Change the recovery key on one of its machines.',
  },
  'recovery-key-untrusted': {
    severity: 'critical',
    text: 'Members of this gateway are shown a recovery key that nobody with the key they know has handed over to.',
    remedy:
      'Find out how it changed; if an older backup was brought back, restore these members with the recovery key of that time.',
  },
  'root-untrusted': {
    severity: 'critical',
    text: 'Members of this gateway do not follow the root key that the service shows them.',
    remedy:
      'Ask the service’s operator for the fingerprint of its root; if that is right, stop the agent and run `tidegate-agent trust` with it.',
  },
  'policy-invalid': {
    severity: 'warning',
    text: 'The policy on the machine of a member of this gateway cannot be read; what held before holds on, or nothing is allowed.',
    remedy: 'Run `tidegate-agent policy check` on that machine and mend the file.',
  },
} as const satisfies Record<string, AlertKindRow>;

export type AlertKind = keyof typeof ALERT_KINDS;
