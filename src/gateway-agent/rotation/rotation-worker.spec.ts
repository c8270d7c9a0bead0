import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestFolder } from '../../../test/support/agent-folder.js';
import { memberCertificateInput, type MemberList } from '../../contract/recovery.js';
import {
  rotationKeyInfo,
  rotationKeyInput,
  type RotationKey,
  type RotationState,
  type RotationView,
} from '../../contract/rotation.js';
import { sealCredential } from '../../contract/sealed-credential.js';
import { BindingLedger, sha256, type SealedMark } from '../binding-ledger.js';
import { deriveReceivingPair, hpkeOpen, hpkeSeal } from '../hpke.js';
import { generateMemberKeys, loadKeys, saveKeys, type NewMemberKeys } from '../key-store.js';
import { GatewayMembers } from '../recovery/gateway-members.js';
import { RecoveryTrust } from '../recovery/recovery-trust.js';
import { generateSealingKey, type SealingKey } from '../sealing-key.js';
import { contentOf } from '../sealing-keys.js';
import type { RotationCalls, StoredCredential } from './rotation-calls.js';
import { RotationMemory } from './rotation-memory.js';
import { RotationWorker } from './rotation-worker.js';

const GATEWAY = randomUUID();
const rawKey = (key: KeyObject) => key.export({ format: 'jwk' }).x ?? '';
const signed = (key: KeyObject, input: string) => sign(null, Buffer.from(input), key).toString('base64url');

/** Killed in the middle of it. */
class Killed extends Error {
  override readonly name = 'Killed';
}

/** A control plane that carries and counts, and kills whoever calls when the test wants. */
class Plane {
  key: (RotationKey & { leader: string }) | undefined;
  state: RotationState = 'distributing';
  readonly brought = new Set<string>();
  readonly receipts = new Set<string>();
  readonly credentials = new Map<string, string>();
  readonly resealed = new Set<string>();
  /** Who could not open what, by connection. */
  readonly triedBy = new Map<string, string[]>();
  /** Steps that kill once each: `name` before it took effect, `name!` after. */
  readonly deadly = new Set<string>();
  /** Handed out with every view. */
  earlier: NonNullable<RotationView['earlier']> = [];
  list!: MemberList;

  constructor(readonly needed: readonly string[]) {}

  for(memberId: string): RotationCalls {
    const step = async <T>(name: string, work: () => T): Promise<T> => {
      if (this.deadly.delete(name)) throw new Killed(name);
      const result = await Promise.resolve(work());
      if (this.deadly.delete(`${name}!`)) throw new Killed(name);
      return result;
    };
    const calls: Omit<RotationCalls, 'controlPlane' | 'signal'> = {
      members: () => step('members', () => this.list),
      view: (rotationId) => step('view', () => ({ rotationId, state: this.state, untried: this.untriedBy(memberId).length, earlier: this.earlier, ...this.viewOf(memberId) })), // prettier-ignore
      bringKey: (_, body) => {
        // What was sent may arrive after its sender is dead.
        this.brought.add(body.publicKey.modulus);
        return step('bring', () => {
          this.key ??= { ...body, leader: memberId };
        });
      },
      confirm: () =>
        step('confirm', () => {
          this.receipts.add(memberId);
          if (this.needed.every((id) => this.receipts.has(id))) this.state = 'resealing';
        }),
      credentials: () => step('credentials', () => this.batch(this.open())),
      unopened: () => step('unopened', () => this.batch(this.untriedBy(memberId))),
      reportUnopened: (_, unopened) =>
        step('report', () => {
          for (const { connectionId } of unopened) {
            this.triedBy.set(connectionId, [...(this.triedBy.get(connectionId) ?? []), memberId]);
          }
        }),
      replace: (_, before, sealed) => step('replace', () => this.replace(before, sealed)),
    };
    return calls as RotationCalls;
  }

  private viewOf(memberId: string) {
    if (!this.key) return {};
    const { publicKey, leader, signature, packages } = this.key;
    const sealed = packages.find((one) => one.memberId === memberId)?.sealed;
    return { key: { publicKey, leader, signature, ...(sealed !== undefined && { sealed }) } };
  }

  private open() {
    return [...this.credentials].filter(([id]) => !this.resealed.has(id));
  }

  private untriedBy(memberId: string) {
    return this.open().filter(([id]) => this.triedBy.get(id)?.includes(memberId) === false);
  }

  private batch(open: [string, string][]) {
    const hashOf = (sealed: string) => createHash('sha256').update(sealed).digest('base64url');
    return {
      credentials: open.map(([connectionId, sealed]) => ({ connectionId, sealed, hash: hashOf(sealed) })),
      remaining: open.length,
    };
  }

  private replace({ connectionId, hash }: StoredCredential, sealed: string): boolean {
    if (sha256(this.credentials.get(connectionId) ?? '') !== hash) return false;
    this.credentials.set(connectionId, sealed);
    this.resealed.add(connectionId);
    if (this.resealed.size === this.credentials.size) this.state = 'done';
    return true;
  }
}

/** A member whose process can end at any time: everything but its folder is made anew. */
class Member {
  readonly id = randomUUID();
  private constructor(
    readonly folder: TestFolder,
    readonly keys: NewMemberKeys,
  ) {}

  static async make(sealing: SealingKey): Promise<Member> {
    const keys = await generateMemberKeys();
    const member = new Member(await TestFolder.make(), keys);
    await saveKeys(member.folder, keys.stored([sealing]));
    return member;
  }

  listed(proof: KeyObject | undefined): MemberList['members'][number] {
    const { publicKeys } = this.keys;
    const certificate = proof && signed(proof, memberCertificateInput(publicKeys));
    return { id: this.id, name: this.id, keys: publicKeys, ...(certificate !== undefined && { certificate }) };
  }

  /** One life of the process: one look, or until it is killed. */
  async live(plane: Plane, rotationId: string, leads: boolean, pinned: { proofKey: string; recoveryKey: string }) {
    const { folder, id } = this;
    const keys = await loadKeys(folder);
    const calls = plane.for(id);
    const log = pino({ level: 'silent' });
    const trust = new RecoveryTrust(GATEWAY, pinned, () => Promise.resolve());
    const ledger = await BindingLedger.open(folder);
    const worker = new RotationWorker({
      gatewayId: GATEWAY,
      memberId: id,
      identity: keys.identity,
      receiving: keys.receiving,
      sealing: keys.sealing,
      members: new GatewayMembers(calls.members, trust, log),
      memory: await RotationMemory.open(folder),
      ledger,
      calls: () => calls,
      changed: () => undefined,
      log,
    });
    try {
      return await worker.look({ rotationId, leads });
    } finally {
      await ledger.close();
    }
  }

  async opens(sealed: string): Promise<string | undefined> {
    return (await (await loadKeys(this.folder)).sealing.open(sealed)).get('password');
  }
}

/** Tests in which the leader makes an RSA key: a second of a processor, several where it is shared. */
const TIMEOUT_MS = 60_000;

describe('a rotation of the sealing key', { timeout: TIMEOUT_MS }, () => {
  const proof = generateKeyPairSync('ed25519');
  const rotationId = randomUUID();
  let oldKey: SealingKey;
  let otherKey: SealingKey;
  let recovery: Awaited<ReturnType<typeof deriveReceivingPair>>;
  let pinned: { proofKey: string; recoveryKey: string };
  let leader: Member;
  let follower: Member;
  let plane: Plane;
  const made: Member[] = [];

  beforeAll(async () => {
    [oldKey, otherKey] = await Promise.all([generateSealingKey(), generateSealingKey()]);
    recovery = await deriveReceivingPair(Buffer.alloc(32, 3));
    pinned = { proofKey: rawKey(proof.publicKey), recoveryKey: Buffer.from(recovery.publicKey).toString('base64url') };
  }, TIMEOUT_MS);
  beforeEach(async () => {
    leader = await Member.make(oldKey);
    follower = await Member.make(oldKey);
    made.push(leader, follower);
    plane = new Plane([leader.id, follower.id]);
    const members = [leader.listed(proof.privateKey), follower.listed(proof.privateKey)];
    plane.list = { members, proofKey: pinned.proofKey, handovers: [] };
    for (const value of ['ebb', 'flood', 'slack']) {
      plane.credentials.set(randomUUID(), await sealCredential(oldKey.publicKey, [{ name: 'Password', value }]));
    }
  });
  afterAll(async () => {
    for (const { folder } of made) await folder[Symbol.asyncDispose]();
  });

  const live = (member: Member, leads = member === leader) => member.live(plane, rotationId, leads, pinned);
  /** What the leader would bring, of a test's choice. */
  const bringOther = async (by: Member, change: { signature?: string } = {}) => {
    const { identity } = by.keys;
    const sealed = await hpkeSeal(
      Buffer.from(follower.keys.publicKeys.receiving, 'base64url'),
      rotationKeyInfo(rotationId, GATEWAY, follower.id),
      otherKey.pkcs8,
    );
    plane.key = {
      publicKey: otherKey.publicKey,
      packages: [{ memberId: follower.id, sealed }],
      bundle: '',
      signature: signed(identity, rotationKeyInput(rotationId, GATEWAY, otherKey.publicKey)),
      leader: by.id,
      ...change,
    };
  };

  it('loses nothing wherever its members are killed, and makes one key', async () => {
    const originals = [...plane.credentials];
    const steps = ['view', 'members', 'bring', 'confirm', 'credentials', 'replace'];
    for (const step of steps) for (const when of [step, `${step}!`]) plane.deadly.add(when);
    for (let life = 0; plane.state !== 'done' || plane.receipts.size < 2; life += 1) {
      expect(life).toBeLessThan(60);
      const member = life % 2 === 0 ? leader : follower;
      try {
        await live(member);
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
      }
      for (const [id, sealed] of plane.credentials) {
        const value = ['ebb', 'flood', 'slack'][originals.findIndex(([known]) => known === id)];
        expect(await leader.opens(sealed)).toBe(value);
        expect(await follower.opens(sealed)).toBe(value);
      }
    }
    expect([...plane.deadly]).toEqual([]);
    expect(plane.brought.size).toBe(1);
    // Both still hold the old key until they hear that the rotation is done; then it is gone.
    for (const member of [leader, follower]) await live(member, false);
    for (const member of [leader, follower]) {
      expect((await loadKeys(member.folder)).sealing.ids).toHaveLength(1);
      expect(await member.folder.read('rotation.json')).toBeUndefined();
      await expect(member.opens(originals[0]![1])).rejects.toThrow('not readable');
    }
    const bundle = await hpkeOpen(recovery.privateKey, 'tidegate-recovery-bundle/1', plane.key!.bundle);
    expect(bundle.equals((await loadKeys(leader.folder)).sealing.newest.pkcs8)).toBe(true);
  });

  it('gives its key to nobody whom the recovery key does not vouch for', async () => {
    const stranger = generateKeyPairSync('ed25519').privateKey;
    const ghosts = [await Member.make(oldKey), await Member.make(oldKey), await Member.make(oldKey)] as const;
    made.push(...ghosts);
    const copied = { ...follower.listed(proof.privateKey), id: ghosts[2].id, keys: ghosts[2].keys.publicKeys };
    plane.list.members.push(ghosts[0].listed(undefined), ghosts[1].listed(stranger), copied);
    await live(leader);
    expect(plane.key?.packages.map(({ memberId }) => memberId)).toEqual([leader.id, follower.id]);
  });

  it('is not led by a member that is not vouched for, nor for a recovery key that nobody handed over to', async () => {
    plane.list.members[0] = leader.listed(undefined);
    await expect(live(leader)).rejects.toThrow('vouched for this member');
    plane.list.members[0] = leader.listed(proof.privateKey);
    plane.list.proofKey = rawKey(generateKeyPairSync('ed25519').publicKey);
    await expect(live(leader)).rejects.toThrow('nobody handed over to');
    expect(plane.key).toBeUndefined();
  });

  it('brings a follower no key of a stranger, none unsigned, and none whose halves differ', async () => {
    const ghost = await Member.make(oldKey);
    made.push(ghost);
    plane.list.members.push(ghost.listed(undefined));
    await bringOther(ghost);
    await expect(live(follower)).rejects.toThrow('nobody vouched for');
    await bringOther(leader, { signature: signed(follower.keys.identity, 'x') });
    await expect(live(follower)).rejects.toThrow('did not sign');
    await bringOther(leader);
    const { modulus } = oldKey.publicKey;
    const publicKey = { ...otherKey.publicKey, modulus: `${modulus.slice(0, -4)}${otherKey.publicKey.modulus.slice(-4)}` }; // prettier-ignore
    plane.key = { ...plane.key!, publicKey, signature: signed(leader.keys.identity, rotationKeyInput(rotationId, GATEWAY, publicKey)) }; // prettier-ignore
    await expect(live(follower)).rejects.toThrow('do not belong together');
    expect((await loadKeys(follower.folder)).sealing.ids).toEqual([oldKey.id]);
    await bringOther(leader);
    await live(follower);
    expect((await loadKeys(follower.folder)).sealing.ids).toEqual([otherKey.id, oldKey.id]);
  });

  it('keeps what a credential is bound to, skips one that nobody can open, and leaves a changed one alone', async () => {
    plane = Object.assign(plane, { needed: [leader.id] });
    const [[bound = '', sealed = ''] = []] = [...plane.credentials];
    const foreign = randomUUID();
    plane.credentials.set(foreign, await sealCredential(otherKey.publicKey, [{ name: 'Password', value: 'x' }]));
    // As the first agents wrote it, by the sealed text alone.
    const line = JSON.stringify({ credential: sha256(sealed), target: sha256('target') });
    await leader.folder.write('bindings.jsonl', `${line}\n`);
    expect(await live(leader)).toBe('distributing');
    await live(leader);
    expect([...plane.resealed]).toHaveLength(3);
    expect(plane.resealed.has(foreign)).toBe(false);
    expect(plane.triedBy).toEqual(new Map([[foreign, [leader.id]]]));
    const after = await BindingLedger.open(leader.folder);
    const mark = markOf(plane.credentials.get(bound)!, (await loadKeys(leader.folder)).sealing.newest);
    expect(mark.credential).not.toBe(sha256(sealed));
    expect(await after.bind(mark, sha256('elsewhere'))).toBe(false);
    expect(await after.bind(mark, sha256('target'))).toBe(true);
    await after.close();
  });

  it('has every other member try what one cannot open, whoever leads and also when nobody does', async () => {
    const foreign = randomUUID();
    const password = [{ name: 'Password', value: 'neap' }];
    plane.credentials.set(foreign, await sealCredential(otherKey.publicKey, password));
    await (await loadKeys(follower.folder)).sealing.add(otherKey);
    await live(leader);
    await live(follower);
    await live(leader);
    expect(plane.triedBy).toEqual(new Map([[foreign, [leader.id]]]));
    plane.state = 'grace';
    await live(follower);
    expect(plane.resealed.has(foreign)).toBe(true);
    expect(await leader.opens(plane.credentials.get(foreign)!)).toBe('neap');
    await live(leader, false);
    expect(plane.triedBy).toEqual(new Map([[foreign, [leader.id]]]));
  });

  it('takes a key that it missed, and drops none before it has tried what others gave up', async () => {
    const missedKey = await generateSealingKey();
    const [open, missed] = [randomUUID(), randomUUID()];
    const password = (value: string) => [{ name: 'Password', value }];
    plane.credentials.clear();
    plane.credentials.set(open, await sealCredential(oldKey.publicKey, password('spring')));
    plane.credentials.set(missed, await sealCredential(missedKey.publicKey, password('neap')));
    for (const id of [open, missed]) plane.triedBy.set(id, [leader.id]);
    await bringOther(leader);
    plane.state = 'done';
    const earlierId = randomUUID();
    const receiving = Buffer.from(follower.keys.publicKeys.receiving, 'base64url');
    const sealed = await hpkeSeal(receiving, rotationKeyInfo(earlierId, GATEWAY, follower.id), missedKey.pkcs8);

    plane.earlier = [{ rotationId: earlierId, publicKey: missedKey.publicKey, sealed }];
    await live(follower);
    for (const [id, value] of [
      [open, 'spring'],
      [missed, 'neap'],
    ] as const) {
      expect(await follower.opens(plane.credentials.get(id)!)).toBe(value);
    }
    expect((await loadKeys(follower.folder)).sealing.ids).toEqual([otherKey.id]);
  });

  it('takes no missed key whose halves differ, and keeps its own until a quicker change is settled', async () => {
    const open = randomUUID();
    plane.credentials.clear();
    plane.credentials.set(open, await sealCredential(oldKey.publicKey, [{ name: 'Password', value: 'spring' }]));
    plane.triedBy.set(open, [leader.id]);
    await bringOther(leader);
    plane.state = 'done';
    const earlierId = randomUUID();
    const receiving = Buffer.from(follower.keys.publicKeys.receiving, 'base64url');
    const sealed = await hpkeSeal(receiving, rotationKeyInfo(earlierId, GATEWAY, follower.id), oldKey.pkcs8);
    const modulus = `${oldKey.publicKey.modulus.slice(0, -4)}${otherKey.publicKey.modulus.slice(-4)}`;
    plane.earlier = [{ rotationId: earlierId, publicKey: { ...oldKey.publicKey, modulus }, sealed }];
    await expect(live(follower)).rejects.toThrow('do not belong together');
    plane.earlier = [];
    const calls = plane.for(follower.id);
    plane.for = () => ({ ...calls, replace: () => Promise.resolve(false) }) as unknown as RotationCalls;
    expect(await live(follower)).toBe('resealing');
    expect((await loadKeys(follower.folder)).sealing.ids).toEqual([otherKey.id, oldKey.id]);
  });

  it('hands the key to a member that joined since, and brings nothing again to the others', async () => {
    await live(leader);
    const first = plane.key!.packages;
    const joined = await Member.make(oldKey);
    made.push(joined);
    plane.list.members.push(joined.listed(proof.privateKey));
    const again: RotationKey[] = [];
    const calls = plane.for(leader.id);
    plane.for = () => ({ ...calls, bringKey: (_: string, body: RotationKey) => Promise.resolve(void again.push(body)) }) as RotationCalls; // prettier-ignore
    await live(leader);
    expect(first).toHaveLength(2);
    expect(again.at(-1)?.packages.map(({ memberId }) => memberId)).toContain(joined.id);
    expect(again.at(-1)?.publicKey).toEqual(plane.key!.publicKey);
  });
});

function markOf(sealed: string, { privateKey }: SealingKey): SealedMark {
  return { credential: sha256(sealed), content: contentOf(sealed, privateKey) };
}
