import { z } from 'zod';
import { ALERT_KINDS, type AlertKind, type AlertSeverity } from './alert-kinds.data.js';

export const ALERT_STATES = ['Open', 'Acknowledged', 'Resolved'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** What an alert is about. */
export type AlertSubject = { readonly gatewayId: string } | { readonly connectionId: string };

/** Somebody an alert names. */
export interface NamedInAlert {
  readonly id: string;
  readonly displayName: string;
  readonly state: 'Disabled' | 'Gone';
}

/** What makes an alert readable without asking for anything else. Never a secret. */
export interface AlertDetails {
  /** Of the gateway or connection. */
  readonly name: string;
  /** Those who cannot sign in any more; a long list is cut. */
  readonly principals?: readonly NamedInAlert[];
  /** Members of the gateway that it is about. */
  readonly members?: readonly { readonly id: string; readonly name: string }[];
}

/** Something that administrators should see to. */
export interface NewAlert {
  readonly kind: AlertKind;
  readonly subject: AlertSubject;
  readonly details: AlertDetails;
}

/** An alert as it is shown and delivered. */
export interface AlertView {
  readonly id: string;
  readonly kind: AlertKind;
  readonly severity: AlertSeverity;
  readonly state: AlertState;
  readonly gatewayId?: string;
  readonly connectionId?: string;
  /** What is the matter, in one sentence. */
  readonly text: string;
  /** What to do, in one sentence. */
  readonly remedy: string;
  readonly details: AlertDetails;
  readonly openedAt: Date;
  readonly acknowledgedAt?: Date;
  readonly acknowledgedBy?: string;
  readonly resolvedAt?: Date;
}

export const alertKindSchema = z.enum(Object.keys(ALERT_KINDS) as [AlertKind, ...AlertKind[]]);

/** What a list of alerts can be narrowed by. */
export const alertFilterSchema = z.object({
  state: z.enum(ALERT_STATES).optional(),
  kind: alertKindSchema.optional(),
  gatewayId: z.guid().toLowerCase().optional(),
  connectionId: z.guid().toLowerCase().optional(),
});
export type AlertFilter = z.infer<typeof alertFilterSchema>;
