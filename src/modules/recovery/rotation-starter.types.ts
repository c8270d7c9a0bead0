/** Starts rotations of a gateway's sealing key. Whoever rotates provides it, and leans on this module, not the reverse. */
export abstract class RotationStarter {
  /**
   * @param startedBy object id of the administrator
   * @param hasGrace false after a compromise: the old key is of no use from the first moment on
   * @throws DomainError ROTATION_UNDER_WAY
   */
  abstract start(tenantId: string, gatewayId: string, startedBy: string, hasGrace: boolean): Promise<void>;
}
