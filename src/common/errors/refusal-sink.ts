import type { ErrorCode } from './catalogue.js';

/** Who a guard found behind a request: a caller, whoever registers a gateway, or a member. */
export interface RequestActor {
  readonly tenantId: string;
  readonly id: string;
  readonly type: string;
}

/** A request whose sender is known. */
export interface ActorRequest {
  actor?: RequestActor;
}

/** A refusal as it is to be kept: who was refused what, and by which rule. */
export interface Refusal {
  readonly tenantId: string;
  readonly actor: { readonly id: string; readonly type: string };
  /** Method and route: `DELETE /v1/connections/{connectionId}`. */
  readonly action: string;
  readonly code: ErrorCode;
  readonly gatewayId?: string;
  readonly subject: { readonly type: string; readonly id?: string };
  /** Names, regions, counts. Never a secret. */
  readonly details: Readonly<Record<string, string | number>>;
  readonly traceId: string;
}

/** Keeps refusals. */
export abstract class RefusalSink {
  /** Returns at once: whoever is refused does not wait for the record of it. */
  abstract refused(refusal: Refusal): void;
}
