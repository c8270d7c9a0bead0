import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import type { Envelope } from '../../src/contract/envelope.js';
import type { RotationState } from '../../src/contract/rotation.js';
import { BindingLedger } from '../../src/gateway-agent/binding-ledger.js';
import { ControlPlane } from '../../src/gateway-agent/control-plane.js';
import { CredentialCache } from '../../src/gateway-agent/credential-cache.js';
import { loadKeys, saveKeys, type MemberKeyStore } from '../../src/gateway-agent/key-store.js';
import { GatewayMembers } from '../../src/gateway-agent/recovery/gateway-members.js';
import { RecoveryTrust } from '../../src/gateway-agent/recovery/recovery-trust.js';
import { RotationCalls } from '../../src/gateway-agent/rotation/rotation-calls.js';
import { RotationMemory } from '../../src/gateway-agent/rotation/rotation-memory.js';
import { RotationWorker } from '../../src/gateway-agent/rotation/rotation-worker.js';
import type { SealingKey } from '../../src/gateway-agent/sealing-key.js';
import { toStoredKeys } from '../../src/gateway-agent/stored-keys.js';
import { TestFolder } from './agent-folder.js';
import type { TestApp } from './app.js';
import type { RecoveryPerson } from './recovery-person.js';
import { testSealingKey, type TestMember } from './test-member.js';

/** The agent's own rotation and its own opening of credentials, for a member that a test made. */
export class RotatingMember implements AsyncDisposable {
  private readonly credentials: CredentialCache;
  private readonly memory: RotationMemory;
  private readonly worker: RotationWorker;

  private constructor(
    readonly id: string,
    private readonly folder: TestFolder,
    private readonly keys: MemberKeyStore,
    private readonly ledger: BindingLedger,
    private readonly controlPlane: ControlPlane,
    parts: { readonly gatewayId: string; readonly trust: RecoveryTrust; readonly memory: RotationMemory },
  ) {
    const { gatewayId, trust, memory } = parts;
    this.memory = memory;
    const log = pino({ level: 'silent' });
    const calls = new RotationCalls(controlPlane);
    this.credentials = new CredentialCache(keys.sealing, ledger, () => undefined);
    this.worker = new RotationWorker({
      gatewayId,
      memberId: id,
      identity: keys.identity,
      receiving: keys.receiving,
      sealing: keys.sealing,
      members: new GatewayMembers(calls.members, trust, log),
      memory,
      ledger,
      calls: () => calls,
      changed: () => undefined,
      log,
    });
  }

  static async start(
    app: TestApp,
    { id, gatewayId, member }: { readonly id: string; readonly gatewayId: string; readonly member: TestMember },
    { setup }: Pick<RecoveryPerson, 'setup'>,
  ): Promise<RotatingMember> {
    const folder = await TestFolder.make();
    await saveKeys(folder, storedKeysOf(member));
    const keys = await loadKeys(folder);
    const controlPlane = new ControlPlane(
      { url: app.url },
      { memberId: id, issuer: app.config.issuer, identity: keys.identity },
    );
    const { proofKey, recoveryKey } = setup;
    const trust = new RecoveryTrust(gatewayId, { proofKey, recoveryKey }, () => Promise.resolve());
    const [ledger, memory] = [await BindingLedger.open(folder), await RotationMemory.open(folder)];
    return new RotatingMember(id, folder, keys, ledger, controlPlane, { gatewayId, trust, memory });
  }

  get sealing(): MemberKeyStore['sealing'] {
    return this.keys.sealing;
  }

  /** As after a crash between making the key and bringing it. */
  async expectKey(rotationId: string, key: SealingKey): Promise<void> {
    await this.memory.keepMade(rotationId, key);
  }

  look(rotationId: string, leads: boolean): Promise<RotationState> {
    return this.worker.look({ rotationId, leads });
  }

  /** What a request to the connection would sign in with. @throws SourceError */
  async passwordFor(connection: Envelope['connection']): Promise<string | undefined> {
    return (await this.credentials.secretFor(connection)).get('password');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.controlPlane.close();
    await this.ledger.close();
    await this.folder[Symbol.asyncDispose]();
  }
}

/** The key store of a member that has the test gateways' sealing key. */
function storedKeysOf({ identity, receiving }: TestMember) {
  const half = receiving.privateKey.export({ format: 'jwk' });
  return toStoredKeys({
    sealing: [testSealingKey().privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')],
    identity: identity.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    receiving: String(half.d),
    receivingPublic: String(half.x),
    local: randomBytes(32).toString('base64url'),
  });
}
