import type { webcrypto } from 'node:crypto';
import type { Directive } from '../../contract/directive.js';
import { memberCertificateInput } from '../../contract/recovery.js';
import type { SealingPublicKey } from '../../contract/registration.js';
import { rotationKeyInfo, rotationKeyInput, type RotationState, type RotationView } from '../../contract/rotation.js';
import { sealingKeyId } from '../../contract/sealed-credential.js';
import { ControlPlaneError } from '../control-plane.js';
import { hpkeOpen } from '../hpke.js';
import { errorText } from '../log.js';
import { pause } from '../pause.js';
import { isSignedBy } from '../recovery/recovery-trust.js';
import { importSealingKey, isHalfOf, type SealingKey } from '../sealing-key.js';
import { TrustError } from '../trust-error.js';
import type { RotationCalls } from './rotation-calls.js';
import { CredentialResealing, type ResealingSettings } from './credential-resealing.js';
import { RotationLeader, type LeaderSettings } from './rotation-leader.js';

type Wish = NonNullable<Directive['rotation']>;

/** Between two looks at a rotation under way: well below the lease of its leader. */
const LOOK_MS = 5_000;
/** After a step of our own, which may have been the last that others waited for. */
const SOON_MS = 250;
/** While nothing is left to do but to wait for the old key's end. */
const GRACE_LOOK_MS = 10 * 60 * 1000;
const RETRY_MS = 15_000;

export interface RotationSettings extends LeaderSettings, ResealingSettings {
  /** X25519: opens the new key that is meant for this member. */
  readonly receiving: webcrypto.CryptoKey;
  readonly calls: (signal: AbortSignal) => RotationCalls;
  /** Told when other keys are held than before. */
  readonly changed: () => void;
}

/**
 * This member's part in rotations of the sealing key. Each look does what there is to do in the state that the control
 * plane tells, so that it can be killed anywhere and goes on from there.
 */
export class RotationWorker {
  private readonly stopping = new AbortController();
  private readonly leader: RotationLeader;
  private readonly resealing: CredentialResealing;
  private readonly confirmed = new Set<string>();
  private wake = new AbortController();
  private wish: Wish | undefined;
  private loop: Promise<void> | undefined;
  private complaint: string | undefined;
  private hasStepped = false;
  /** There is a new key, and none of it for this member. */
  private isShort = false;

  constructor(private readonly settings: RotationSettings) {
    this.leader = new RotationLeader(settings);
    this.resealing = new CredentialResealing(settings);
  }

  start(): void {
    this.loop ??= this.run();
  }

  /** @param wish undefined: no rotation is under way, as far as the control plane says */
  want(wish: Wish | undefined): void {
    if (wish?.rotationId === this.wish?.rotationId && wish?.leads === this.wish?.leads) return;
    this.wish = wish;
    this.wake.abort();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  /**
   * Looks once and does what there is to do.
   *
   * @throws TrustError, HpkeError, ControlPlaneError
   */
  async look({ rotationId, leads }: Wish): Promise<RotationState> {
    const calls = this.settings.calls(this.stopping.signal);
    let view = await calls.view(rotationId);
    if (!view.key && leads && view.state === 'distributing') {
      await this.leader.bring(rotationId, calls);
      view = await calls.view(rotationId);
    }
    const key = view.key && (await this.adopt(rotationId, view.key));
    this.isShort = view.key !== undefined && key === undefined;
    for (const missed of view.earlier ?? []) await this.adoptEarlier(missed);
    if (view.state === 'done') {
      // What was given up while this member was away may open here: its old keys are of use until it has tried.
      const isLeft = key && (view.untried ?? 0) > 0 && (await this.tryUnopened(rotationId, key, calls));
      if (isLeft) return 'resealing';
      await this.finish(key);
      if (key && leads) await this.leader.bring(rotationId, calls, key);
      return view.state;
    }
    // A key that was dropped is followed by another one in the same rotation.
    const receipt = key && `${rotationId} ${key.id}`;
    if (key && receipt !== undefined && !this.confirmed.has(receipt)) {
      await calls.confirm(rotationId, key.id);
      this.confirmed.add(receipt);
      this.hasStepped = true;
    }
    // Also while nothing is left to seal: then somebody asked for it whom the first time missed.
    if (key && leads) await this.leader.bring(rotationId, calls, key);
    if (key && leads && view.state === 'resealing') {
      this.hasStepped = !(await this.resealing.all(rotationId, key, calls, () => calls.credentials(rotationId)));
    } else if (key && (view.untried ?? 0) > 0) {
      await this.tryUnopened(rotationId, key, calls);
    }
    return view.state;
  }

  private tryUnopened(rotationId: string, key: SealingKey, calls: RotationCalls): Promise<boolean> {
    return this.resealing.all(rotationId, key, calls, () => calls.unopened(rotationId));
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.wake = new AbortController();
      const { rotationId } = this.settings.memory;
      // A rotation that the control plane does not speak of any more may have ended: the old keys must go then.
      const wish = this.wish ?? (rotationId === undefined ? undefined : { rotationId, leads: false });
      const delay = wish ? await this.tryLook(wish) : undefined;
      const signal = AbortSignal.any([this.stopping.signal, this.wake.signal]);
      await pause(delay ?? GRACE_LOOK_MS, signal);
    }
  }

  /** @returns how long to wait before the next look; undefined when there is nothing more to look at */
  private async tryLook(wish: Wish): Promise<number | undefined> {
    try {
      this.hasStepped = false;
      const state = await this.look(wish);
      this.complaint = undefined;
      // Others are asked to hand it out again, which takes them a heartbeat.
      if (this.isShort) return RETRY_MS;
      if (state === 'done') return undefined;
      if (this.hasStepped) return SOON_MS;
      return state === 'grace' ? GRACE_LOOK_MS : LOOK_MS;
    } catch (error) {
      if (this.stopping.signal.aborted) return undefined;
      const isGone = error instanceof ControlPlaneError && error.problem.status === 404;
      if (isGone && !this.wish) await this.settings.memory.forget();
      const reason = errorText(error);
      if (reason !== this.complaint) {
        const event = error instanceof TrustError ? 'rotation-refused' : 'rotation-failing';
        this.settings.log.error({ event, rotationId: wish.rotationId, reason }, 'the rotation of the sealing key does not go on'); // prettier-ignore
      }
      this.complaint = reason;
      return RETRY_MS;
    }
  }

  /** Takes the new key into the key store. @returns undefined when there is none for this member */
  private async adopt(rotationId: string, offered: NonNullable<RotationView['key']>): Promise<SealingKey | undefined> {
    const { sealing, memory, changed, log } = this.settings;
    const id = await sealingKeyId(offered.publicKey);
    let key = sealing.find(id);
    if (!key) {
      key = (await this.ownKey(rotationId, offered)) ?? (await this.openedKey(rotationId, offered));
      if (!key) return undefined;
      await sealing.add(key);
      log.info({ event: 'sealing-key-adopted', rotationId, keyId: id }, 'this member holds the new sealing key');
      changed();
    }
    await memory.noteAdopted(rotationId, id);
    return key;
  }

  /** Takes a key that was handed out, and perhaps replaced, while this member was away. */
  private async adoptEarlier({ rotationId, publicKey, sealed }: NonNullable<RotationView['earlier']>[number]) {
    const { sealing, changed, log } = this.settings;
    if (sealing.find(await sealingKeyId(publicKey))) return;
    const key = await this.unpack(rotationId, publicKey, sealed);
    if (!(await sealing.addOldest(key))) return;
    log.info({ event: 'sealing-key-caught-up', rotationId, keyId: key.id }, 'this member holds a sealing key that it had missed'); // prettier-ignore
    changed();
  }

  private async ownKey(rotationId: string, { publicKey }: NonNullable<RotationView['key']>) {
    const made = await this.settings.memory.made(rotationId);
    return made && isHalfOf(made, publicKey) ? made : undefined;
  }

  private async openedKey(
    rotationId: string,
    { publicKey, leader, signature, sealed, vouched }: NonNullable<RotationView['key']>,
  ): Promise<SealingKey | undefined> {
    const { gatewayId, members } = this.settings;
    if (sealed === undefined) return undefined;
    const { certified, proofKey } = await members.read();
    const isVouched = vouched && isSignedBy(proofKey, memberCertificateInput(vouched.keys), vouched.certificate);
    // The one who brought it may have left since; whoever lists members could list it still, so this is no less.
    const leading = certified.find(({ id }) => id === leader) ?? (isVouched ? vouched : undefined);
    if (!leading) throw new TrustError('a sealing key of a member that nobody vouched for');
    if (!isSignedBy(leading.keys.identity, rotationKeyInput(rotationId, gatewayId, publicKey), signature)) {
      throw new TrustError('a sealing key that its leader did not sign');
    }
    return this.unpack(rotationId, publicKey, sealed);
  }

  /** Opens a package made for this member. @throws HpkeError; TrustError when it holds another key than was named */
  private async unpack(rotationId: string, publicKey: SealingPublicKey, sealed: string): Promise<SealingKey> {
    const { gatewayId, memberId, receiving } = this.settings;
    const pkcs8 = await hpkeOpen(receiving, rotationKeyInfo(rotationId, gatewayId, memberId), sealed);
    const key = await importSealingKey(pkcs8);
    if (!isHalfOf(key, publicKey)) throw new TrustError('a sealing key whose halves do not belong together');
    return key;
  }

  /** The old keys open nothing any more that is stored. */
  private async finish(key: SealingKey | undefined): Promise<void> {
    const { sealing, memory, changed, log } = this.settings;
    const dropped = key ? await sealing.dropOlderThan(key.id) : [];
    await memory.forget();
    if (dropped.length === 0) return;
    log.info({ event: 'sealing-keys-dropped', keyIds: dropped }, 'sealing keys that are of no use any more were removed'); // prettier-ignore
    changed();
  }
}
