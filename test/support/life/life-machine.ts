import { randomUUID } from 'node:crypto';
import { FixedMachineIdentity } from '../../../src/gateway-agent/machine-identity.js';
import type { MemberRecord } from '../../../src/gateway-agent/member-record.js';
import { beAdmitted } from '../../../src/gateway-agent/recovery/admission.js';
import { changeRecoveryKey } from '../../../src/gateway-agent/recovery/change-recovery-key.js';
import { drill } from '../../../src/gateway-agent/recovery/drill.js';
import { register } from '../../../src/gateway-agent/register.js';
import type { AdmissionSettings } from '../../../src/gateway-agent/settings.js';
import { unregister } from '../../../src/gateway-agent/unregister.js';
import { TestFolder } from '../agent-folder.js';
import { TypedLines } from './typed-lines.js';

/** The secrets that somebody types at a machine. */
export interface Typed {
  readonly joinToken: string;
  readonly recoveryKey: string;
}

/** A machine with a state folder, and the commands of the agent on it. */
export class LifeMachine {
  private readonly identity = new FixedMachineIdentity(randomUUID());

  private constructor(
    readonly folder: TestFolder,
    private readonly controlPlane: string,
  ) {}

  static async make(controlPlane: string): Promise<LifeMachine> {
    return new LifeMachine(await TestFolder.make(), controlPlane);
  }

  get machine(): FixedMachineIdentity {
    return this.identity;
  }

  register(name: string, { joinToken, recoveryKey }: Typed): Promise<MemberRecord> {
    const settings = { ...this.enrolment('first'), command: 'register', name, region: 'westeurope' } as const;
    return register(settings, new TypedLines(joinToken, recoveryKey));
  }

  enrol(
    command: AdmissionSettings['command'],
    place: { readonly gatewayId: string; readonly memberName: string; readonly replaces?: string | undefined },
    { joinToken, recoveryKey }: Typed,
  ): Promise<MemberRecord> {
    const { gatewayId, memberName, replaces } = place;
    const settings = { ...this.enrolment(memberName), command, gateway: gatewayId, replaces };
    return beAdmitted(settings, new TypedLines(joinToken, recoveryKey));
  }

  async drill(recoveryKey: string): Promise<void> {
    await drill({ ...this.common(), command: 'drill', recoveryKey: { from: 'stdin' } }, new TypedLines(recoveryKey));
  }

  async changeRecoveryKey(from: string, to: string): Promise<void> {
    const sources = { recoveryKey: { from: 'stdin' }, newRecoveryKey: { from: 'stdin' } } as const;
    await changeRecoveryKey({ ...this.common(), command: 'change-recovery-key', ...sources }, new TypedLines(from, to));
  }

  async unregister(): Promise<void> {
    await unregister(this.folder.path);
  }

  async scrap(): Promise<void> {
    await this.folder[Symbol.asyncDispose]();
  }

  private common() {
    return { stateDir: this.folder.path, logLevel: 'error', machine: this.identity, isProduction: false } as const;
  }

  private enrolment(memberName: string) {
    return {
      ...this.common(),
      controlPlane: this.controlPlane,
      memberName,
      tenant: undefined,
      joinToken: { from: 'stdin' },
      recoveryKey: { from: 'stdin' },
      rootFingerprint: undefined,
      caFile: undefined,
      allowInsecure: false,
    } as const;
  }
}
