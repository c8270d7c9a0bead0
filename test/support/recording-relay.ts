import { Module } from '@nestjs/common';
import type { RelayAccess } from '../../src/contract/membership.js';
import { memberQueue, workQueue } from '../../src/contract/queues.js';
import { DomainError } from '../../src/common/errors/domain-error.js';
import {
  RelayBroker,
  type Dispatch,
  type GatewayLink,
  type RefusedReply,
  type RelayReply,
} from '../../src/relay-broker/relay-broker.js';
import { RelayProvisioner, type MemberAddress, type MemberPlaces } from '../../src/relay-broker/relay-provisioner.js';

/** The relay's management at its port: remembers which places stand. */
export class RecordingProvisioner extends RelayProvisioner {
  /** Regions with a relay, and the namespace of each. */
  readonly namespaces = new Map([
    ['westeurope', 'ns-europe'],
    ['northeurope', 'ns-europe'],
    ['eastasia', 'ns-asia'],
  ]);
  /** Places that stand, as `namespace/gateway/epoch/member`. */
  readonly places = new Set<string>();
  readonly accessed: MemberAddress[] = [];
  isDown = false;
  /** Makes places, but takes none down. */
  isRemovalDown = false;

  override namespaceFor(region: string): string | undefined {
    return this.namespaces.get(region);
  }

  override namespacesFor(region: string): readonly string[] {
    const name = this.namespaceFor(region);
    return name === undefined ? [] : [name];
  }

  override async isReachable(): Promise<boolean> {
    return !this.isDown;
  }

  override hostsFor(region: string) {
    return [{ name: `${region}.relay.test.example`, ports: [443, 5671] }];
  }

  override servedRegions(): readonly string[] {
    return [...this.namespaces.keys()];
  }

  override async provision({ namespace, gatewayId, epoch, memberId }: MemberAddress): Promise<void> {
    this.assertUp();
    this.places.add([namespace, gatewayId, epoch, memberId].join('/'));
  }

  override async remove(place: Parameters<RelayProvisioner['remove']>[0]): Promise<void> {
    this.assertUp();
    if (this.isRemovalDown) throw new DomainError('BROKER_UNAVAILABLE');
    const { namespace, gatewayId, epoch, memberId } = place;
    const prefix = [namespace, gatewayId, epoch, ...(memberId === undefined ? [] : [memberId])].join('/');
    for (const name of this.places) if (name.startsWith(prefix)) this.places.delete(name);
  }

  override async access(member: MemberAddress): Promise<{ relay: RelayAccess; queues: MemberPlaces }> {
    this.assertUp();
    this.accessed.push(member);
    const { gatewayId, epoch, memberId } = member;
    return {
      relay: { mode: 'emulator', connectionString: 'Endpoint=sb://relay.test.example' },
      queues: { work: workQueue(gatewayId, epoch), member: memberQueue(gatewayId, epoch, memberId) },
    };
  }

  override async drainDeadLetters(): Promise<number> {
    return 0;
  }

  private assertUp(): void {
    if (this.isDown) throw new DomainError('BROKER_UNAVAILABLE');
  }
}

/** The bus at its port: remembers what would have been sent and answers what the test says. */
export class RecordingBroker extends RelayBroker {
  readonly sent: Dispatch[] = [];
  answer: (dispatch: Dispatch) => Promise<RelayReply> = () => Promise.reject(new DomainError('BROKER_UNAVAILABLE'));

  override dispatch(dispatch: Dispatch): Promise<RelayReply> {
    this.sent.push(dispatch);
    return this.answer(dispatch);
  }

  /** An answer comes that nobody may take. */
  refuse(reply: RefusedReply): void {
    this.refused(reply);
  }

  override follow(): void {
    // Nothing is under way here for longer than a test says.
  }

  override async notify(_link: GatewayLink, _memberIds: readonly string[]): Promise<void> {
    // Best effort by contract: nobody may depend on it.
  }

  override async probe(_link: GatewayLink, memberIds: readonly string[]): Promise<Set<string>> {
    return new Set(memberIds);
  }

  override isReady(): boolean {
    return true;
  }

  override lostSince(): Date | undefined {
    return undefined;
  }
}

/** Takes the place of the relay's own module. One relay a test file. */
export function recordingRelay() {
  const provisioner = new RecordingProvisioner();
  const broker = new RecordingBroker();
  @Module({
    providers: [
      { provide: RelayProvisioner, useValue: provisioner },
      { provide: RelayBroker, useValue: broker },
    ],
    exports: [RelayProvisioner, RelayBroker],
  })
  class RecordingRelayModule {}
  return { provisioner, broker, module: RecordingRelayModule };
}
