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

export type CredentialBatch = z.infer<typeof rotationBatchSchema>;
export type StoredCredential = CredentialBatch['credentials'][number];

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

  /** All that is to be sealed anew: for the leader. */
  credentials(rotationId: string): Promise<CredentialBatch> {
    return this.batch(`rotations/${rotationId}/credentials`);
  }

  /** What other members could not open: for every member. */
  unopened(rotationId: string): Promise<CredentialBatch> {
    return this.batch(`rotations/${rotationId}/unopened`);
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

  /** Says which credentials open with no key of this member. An older control plane does not ask. */
  async reportUnopened(rotationId: string, unopened: readonly StoredCredential[]): Promise<void> {
    const credentials = unopened.map(({ connectionId, hash }) => ({ connectionId, hash }));
    try {
      await this.tell('POST', `rotations/${rotationId}/unopened`, { credentials });
    } catch (error) {
      if (!(error instanceof ControlPlaneError) || error.problem.status !== 404) throw error;
    }
  }

  private batch(path: string): Promise<CredentialBatch> {
    const question = { method: 'GET', path, signal: this.signal, maxBytes: MAX_BATCH_BYTES } as const;
    return this.controlPlane.ask(rotationBatchSchema, question);
  }

  private async tell(method: 'POST' | 'PUT', path: string, body: unknown): Promise<void> {
    await this.controlPlane.ask(z.unknown(), { method, path, body, signal: this.signal });
  }
}
