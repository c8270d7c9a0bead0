/** A member that somebody else may have got hold of, as far as a rotation must know of it. */
export interface CompromisedMember {
  readonly tenantId: string;
  readonly gatewayId: string;
  /** When it was revoked. */
  readonly at: Date;
}

/** A rotation by which a gateway answers a compromise. */
export interface AnsweringRotation {
  readonly id: string;
  readonly state: string;
  readonly startedAt: Date;
}

/** Starts rotations of a gateway's sealing key. Whoever rotates provides it, and leans on this module, not the reverse. */
export abstract class RotationStarter {
  /**
   * Replaces the sealing key that the member knew, without grace: it is of no use from the first moment on. Harmless when
   * it was begun since the member was revoked.
   *
   * @throws DomainError GATEWAY_NOT_FOUND
   */
  abstract startAfter(
    compromised: CompromisedMember,
    startedBy: { readonly id: string; readonly type: string },
  ): Promise<void>;

  /** The newest rotation of a gateway that was begun without grace. */
  abstract newestWithoutGrace(tenantId: string, gatewayId: string): Promise<AnsweringRotation | null>;
}
