import type { AlertKind } from './alert-kinds.data.js';
import type { NamedInAlert, NewAlert } from './alerts.types.js';

/** What roles are held at, and by whom it should be led. */
export type SubjectType = 'gateway' | 'connection';

/** Kinds that tell about a subject's leaders: none left, one left, some who cannot sign in. */
export const ROLE_KINDS = {
  gateway: {
    none: 'gateway-without-administrator',
    single: 'gateway-single-administrator',
    away: 'gateway-administrator-disabled',
  },
  connection: {
    none: 'connection-without-owner',
    single: 'connection-single-owner',
    away: 'connection-owner-disabled',
  },
} as const satisfies Record<SubjectType, Record<string, AlertKind>>;

/** Two administrators or owners are enough: one can name others when the other leaves. */
export const ENOUGH_LEADERS = 2;

/** Names that an alert carries. */
const MAX_NAMED = 20;

/** How a gateway's administrators or a connection's owners are. */
export interface Leadership {
  readonly type: SubjectType;
  readonly id: string;
  readonly name: string;
  /** Different people and service principals who can sign in; exact below `ENOUGH_LEADERS`. */
  readonly able: number;
  /** Those with a role of their own who cannot. */
  readonly away: readonly NamedInAlert[];
}

/** What is to be reported of a gateway or connection; nothing when it is led well. */
export function alertsOf({ type, id, name, able, away }: Leadership): NewAlert[] {
  const kinds = ROLE_KINDS[type];
  const subject = type === 'gateway' ? { gatewayId: id } : { connectionId: id };
  const alerts: NewAlert[] = [];
  if (able === 0) alerts.push({ kind: kinds.none, subject, details: { name } });
  if (able === 1) alerts.push({ kind: kinds.single, subject, details: { name } });
  if (away.length > 0) {
    alerts.push({ kind: kinds.away, subject, details: { name, principals: away.slice(0, MAX_NAMED) } });
  }
  return alerts;
}
