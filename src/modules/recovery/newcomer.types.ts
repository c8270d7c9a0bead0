import type { AdmissionRequest } from '../../contract/recovery.js';
import type { Prisma } from '../../generated/prisma/client.js';
import type { Registrant } from '../gateways/registration.service.js';

/** A member that is about to be, once everything about it is proven. */
export interface Newcomer {
  readonly registrant: Registrant;
  readonly gatewayId: string;
  readonly memberId: string;
  readonly member: AdmissionRequest['member'];
  readonly certificate: string;
  /** Fingerprint of its machine under the tenant's salt. */
  readonly machine: Uint8Array<ArrayBuffer>;
  /** When the recovery key that it was proven with came into being; null: with the gateway. */
  readonly keyChangedAt: Date | null;
}

export const ADMITTED_GATEWAY = {
  name: true,
  region: true,
  sealingKey: true,
  recovery: true,
  recoveryChangedAt: true,
} satisfies Prisma.GatewaySelect;

/** What a new member is told of its gateway. */
export type AdmittedGateway = Prisma.GatewayGetPayload<{ select: typeof ADMITTED_GATEWAY }>;
