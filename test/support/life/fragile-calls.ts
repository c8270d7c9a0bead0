import type { MemberList } from '../../../src/contract/recovery.js';
import type { RotationKey, RotationView } from '../../../src/contract/rotation.js';
import { ControlPlaneError } from '../../../src/gateway-agent/control-plane.js';
import {
  RotationCalls,
  type CredentialBatch,
  type StoredCredential,
} from '../../../src/gateway-agent/rotation/rotation-calls.js';

/** Where the way to the control plane breaks. */
export interface Cut {
  /** Calls that still go well. */
  readonly after: number;
  /** The call behind them arrives, and its answer is lost. */
  readonly losesAnswer: boolean;
}

/** The agent's own calls of a rotation, over a way that can be made to break anywhere. */
export class FragileCalls extends RotationCalls {
  private cut: Cut | undefined;
  private made = 0;
  /** Told of a rotation that has no key yet. */
  onKeyless: (rotationId: string) => Promise<void> = () => Promise.resolve();
  /** Told of a credential that was sealed anew, before it is stored. */
  onReplace: (connectionId: string) => Promise<void> = () => Promise.resolve();

  breakAt(cut: Cut | undefined): void {
    this.cut = cut;
    this.made = 0;
  }

  /** Whether the cut was reached. */
  get isBroken(): boolean {
    return this.cut !== undefined && this.made > this.cut.after;
  }

  override readonly members = (): Promise<MemberList> => this.through(() => new RotationCalls(this.plane).members());

  override async view(rotationId: string): Promise<RotationView> {
    const view = await this.through(() => super.view(rotationId));
    if (!view.key && view.state === 'distributing') await this.onKeyless(rotationId);
    return view;
  }

  override bringKey(rotationId: string, body: RotationKey): Promise<void> {
    return this.through(() => super.bringKey(rotationId, body));
  }

  override confirm(rotationId: string, keyId: string): Promise<void> {
    return this.through(() => super.confirm(rotationId, keyId));
  }

  override credentials(rotationId: string): Promise<CredentialBatch> {
    return this.through(() => super.credentials(rotationId));
  }

  override unopened(rotationId: string): Promise<CredentialBatch> {
    return this.through(() => super.unopened(rotationId));
  }

  override reportUnopened(rotationId: string, unopened: readonly StoredCredential[]): Promise<void> {
    return this.through(() => super.reportUnopened(rotationId, unopened));
  }

  override async replace(rotationId: string, before: StoredCredential, sealed: string): Promise<boolean> {
    await this.onReplace(before.connectionId);
    return this.through(() => super.replace(rotationId, before, sealed));
  }

  constructor(private readonly plane: ConstructorParameters<typeof RotationCalls>[0]) {
    super(plane);
  }

  private async through<T>(call: () => Promise<T>): Promise<T> {
    this.made += 1;
    if (!this.isBroken) return call();
    if (this.cut?.losesAnswer) await call();
    throw new ControlPlaneError('unreachable', 'The way was cut.');
  }
}
