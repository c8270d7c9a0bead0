import { z } from 'zod';
import { memberListSchema, type MemberList } from '../../contract/recovery.js';
import {
  rotationBatchSchema,
  rotationViewSchema,
  type RotationKey,
  type RotationView,
} from '../../contract/rotation.js';
import { ControlPlaneError, type ControlPlane } from '../control-plane.js';

/** Fifty credentials of the longest kind. */
const MAX_BATCH_BYTES = 8 * 1024 * 1024;

export type StoredCredential = z.infer<typeof rotationBatchSchema>['credentials'][number];

/** What a member asks the control plane during a rotation. */
export class RotationCalls {
  constructor(
    private readonly controlPlane: Pick<ControlPlane, 'ask'>,
    private readonly signal?: AbortSignal,
  ) {}

  readonly members = (): Promise<MemberList> =>
    this.controlPlane.ask(memberListSchema, { method: 'GET', path: 'members', signal: this.signal });

  view(rotationId: string): Promise<RotationView> {
    const path = `rotations/${rotationId}`;
    return this.controlPlane.ask(rotationViewSchema, { method: 'GET', path, signal: this.signal });
  }

  async bringKey(rotationId: string, body: RotationKey): Promise<void> {
    await this.tell('PUT', `rotations/${rotationId}/key`, body);
  }

  async confirm(rotationId: string, keyId: string): Promise<void> {
    await this.tell('POST', `rotations/${rotationId}/receipts`, { keyId });
  }

  credentials(rotationId: string): Promise<z.infer<typeof rotationBatchSchema>> {
    const path = `rotations/${rotationId}/credentials`;
    const question = { method: 'GET', path, signal: this.signal, maxBytes: MAX_BATCH_BYTES } as const;
    return this.controlPlane.ask(rotationBatchSchema, question);
  }

  /** @returns false when the credential was changed or deleted meanwhile */
  async replace(rotationId: string, before: StoredCredential, sealed: string): Promise<boolean> {
    try {
      const path = `rotations/${rotationId}/credentials/${before.connectionId}`;
      await this.tell('PUT', path, { expectedHash: before.hash, sealed });
      return true;
    } catch (error) {
      const status = error instanceof ControlPlaneError ? error.problem.status : undefined;
      if (status === 409 || status === 404) return false;
      throw error;
    }
  }

  private async tell(method: 'POST' | 'PUT', path: string, body: unknown): Promise<void> {
    await this.controlPlane.ask(z.unknown(), { method, path, body, signal: this.signal });
  }
}
