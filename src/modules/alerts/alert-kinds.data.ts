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
} as const satisfies Record<string, AlertKindRow>;

export type AlertKind = keyof typeof ALERT_KINDS;
