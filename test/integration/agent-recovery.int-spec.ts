import { createHash, createPublicKey, generateKeyPairSync, randomUUID, verify } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memberCertificateInput } from '../../src/contract/recovery.js';
import { sealCredential } from '../../src/contract/sealed-credential.js';
import { loadKeys, readKeys } from '../../src/gateway-agent/key-store.js';
import { LockFile } from '../../src/gateway-agent/lock-file.js';
import { FixedMachineIdentity } from '../../src/gateway-agent/machine-identity.js';
import { getMemberRecord, pinRecovery } from '../../src/gateway-agent/member-record.js';
import { beAdmitted } from '../../src/gateway-agent/recovery/admission.js';
import { changeRecoveryKey } from '../../src/gateway-agent/recovery/change-recovery-key.js';
import { drill } from '../../src/gateway-agent/recovery/drill.js';
import { splitIntoShares, verifyShares } from '../../src/gateway-agent/recovery/recovery-shares.js';
import { RecoveryTrust } from '../../src/gateway-agent/recovery/recovery-trust.js';
import { setUpRecovery } from '../../src/gateway-agent/recovery-key.js';
import { reprotect } from '../../src/gateway-agent/reprotect.js';
import { ResultStore } from '../../src/gateway-agent/result-store.js';
import type { AdmissionSettings } from '../../src/gateway-agent/settings.js';
import { readStoredKeys } from '../../src/gateway-agent/stored-keys.js';
import type { GatewayDomain } from '../support/agent-gateway-domain.js';
import { TestFolder } from '../support/agent-folder.js';
import { AgentUnderTest, RECOVERY_KEY, ScriptedTerminal } from '../support/agent-under-test.js';

const NEW_KEY = 'spring tide over the causeway';

describe('with the recovery key', () => {
  let test: AgentUnderTest;
  let gateway: GatewayDomain;
  const folders: TestFolder[] = [];
  beforeAll(async () => {
    test = await AgentUnderTest.prepare();
    await test.register();
    gateway = test.plane.gateway;
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
    for (const folder of folders) await folder[Symbol.asyncDispose]();
  });

  const newFolder = async () => {
    const folder = await TestFolder.make();
    folders.push(folder);
    return folder;
  };
  const admission = (folder: TestFolder, change: Partial<AdmissionSettings> = {}): AdmissionSettings => {
    const { controlPlane, logLevel, isProduction, joinToken, rootFingerprint, caFile, allowInsecure, tenant } =
      test.registerSettings();
    const common = { controlPlane, logLevel, isProduction, joinToken, rootFingerprint, caFile, allowInsecure, tenant };
    const machine = new FixedMachineIdentity(randomUUID());
    const recoveryKey = { from: 'stdin' } as const;
    const own = { command: 'join', gateway: 'HQ', memberName: 'machine 2', replaces: undefined } as const;
    return { ...common, ...own, stateDir: folder.path, machine, recoveryKey, ...change };
  };
  const admit = (folder: TestFolder, change: Partial<AdmissionSettings> = {}, key = RECOVERY_KEY) =>
    beAdmitted(admission(folder, change), new ScriptedTerminal([test.plane.joinToken, key]));
  const idsOf = () => gateway.members.map(({ id }) => id);
  const speak = (key: string, next?: string) => new ScriptedTerminal([key, ...(next === undefined ? [] : [next])]);
  const drillWith = (key: string, folder = test.folder) =>
    drill({ ...test.registerSettings(), command: 'drill', stateDir: folder.path, recoveryKey: { from: 'stdin' } }, speak(key)); // prettier-ignore
  const changeTo = (next: string) =>
    changeRecoveryKey(
      { ...test.registerSettings(), command: 'change-recovery-key', recoveryKey: { from: 'stdin' }, newRecoveryKey: { from: 'stdin' } },
      speak(RECOVERY_KEY, next),
    ); // prettier-ignore

  it('the first member is certified from its registration on, and pins the recovery key', async () => {
    const { certificate = '', keys } = gateway.members[0]!;
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: gateway.recovery.proofKey }, format: 'jwk' });
    expect(verify(null, Buffer.from(memberCertificateInput(keys)), key, Buffer.from(certificate, 'base64url'))).toBe(true); // prettier-ignore
    const { proofKey, recoveryKey } = gateway.recovery;
    expect((await getMemberRecord(test.folder)).recovery).toEqual({ proofKey, recoveryKey });
  });

  it('a further machine joins, and opens what is sealed to the gateway', async () => {
    const folder = await newFolder();
    const record = await admit(folder);
    const sealed = await sealCredential(gateway.sealingKey, [{ name: 'Password', value: 'ebb' }]);
    const { sealing } = await loadKeys(folder);
    expect(await sealing.open(sealed)).toEqual(new Map([['password', 'ebb']]));
    expect(record).toMatchObject({ gatewayName: 'hq', memberId: gateway.members[1]?.id, gatewayId: gateway.gatewayId });
    expect((await readdir(folder.path)).sort()).toEqual(['keys.json', 'member.json']);
    for (const file of await readdir(folder.path)) expect((await stat(folder.file(file))).mode & 0o777).toBe(0o600);
    await expect(admit(folder)).rejects.toMatchObject({ reason: 'state' });
  });

  it('a wrong key is refused, and nothing is left behind', async () => {
    const before = idsOf();
    const parent = await newFolder();
    const stateDir = join(parent.path, 'state');
    for (const command of ['join', 'takeover'] as const) {
      await expect(admit(parent, { command, stateDir, replaces: 'machine 1' }, 'neap tide')).rejects.toMatchObject({
        reason: 'refused',
        message: expect.stringContaining('RECOVERY_KEY_WRONG') as string,
      });
    }
    expect(await readdir(parent.path)).toEqual([]);
    expect(idsOf()).toEqual(before);
  });

  it('the key of another gateway opens nothing, even where the control plane takes it', async () => {
    const folder = await newFolder();
    const { recovery } = gateway;
    gateway.gullible = true;
    const members = [...gateway.members];
    await expect(admit(folder, {}, 'neap tide')).rejects.toMatchObject({ reason: 'untrusted', exitCode: 7 });
    // The right key, but the sealing key of another gateway in the bundle.
    const pkcs8 = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'der', type: 'pkcs8' }); // prettier-ignore
    const other = (await setUpRecovery(RECOVERY_KEY, pkcs8)).setup;
    gateway.recovery = other;
    await expect(admit(folder)).rejects.toMatchObject({ reason: 'untrusted' });
    gateway.gullible = false;
    gateway.recovery = recovery;
    gateway.members.splice(0, Infinity, ...members);
    expect(await readdir(folder.path)).not.toContain('member.json');
    expect(await readdir(folder.path)).not.toContain('keys.json');
  });

  it.each(['join', 'restore'] as const)('a %s whose answer is lost ends well when it is run again', async (command) => {
    const folder = await newFolder();
    const machine = new FixedMachineIdentity(randomUUID());
    const change = { command, machine, ...(command === 'restore' && { replaces: 'machine 2' }) };
    gateway.losesAnswers = true;
    await expect(admit(folder, change)).rejects.toMatchObject({ reason: 'unreachable' });
    gateway.losesAnswers = false;
    const lost = idsOf();
    const record = await admit(folder, change);
    expect(idsOf()).toEqual([...lost.slice(0, -1), record.memberId]);
    expect((await readdir(folder.path)).sort()).toEqual(['keys.json', 'member.json']);
    gateway.members.splice(2);
  });

  it('a join without a lost answer does not take the place of a member on this machine', async () => {
    const folder = await newFolder();
    await expect(admit(folder, { machine: test.machine })).rejects.toMatchObject({
      message: expect.stringContaining('MEMBER_ALREADY_ON_MACHINE') as string,
    });
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('a new machine takes the place of the member that is named', async () => {
    const folder = await newFolder();
    const [first = '', second = ''] = idsOf();
    await expect(admit(folder, { command: 'restore', replaces: 'machine 9' })).rejects.toMatchObject({
      reason: 'usage',
      remedy: expect.stringContaining(first) as string,
    });
    const { memberId } = await admit(folder, { command: 'restore', replaces: second.toUpperCase() });
    expect(idsOf()).toEqual([first, memberId]);
  });

  it('a member restores itself over its own state, keeping what targets its credentials are bound to', async () => {
    const folder = folders.at(-1)!;
    const before = await getMemberRecord(folder);
    await writeFile(folder.file('bindings.jsonl'), 'kept');
    await writeFile(folder.file('journal.log'), 'of the member before');
    const after = await admit(folder, { command: 'restore', replaces: before.memberId });
    expect(after.memberId).not.toBe(before.memberId);
    expect((await readdir(folder.path)).sort()).toEqual(['bindings.jsonl', 'keys.json', 'member.json']);
  });

  it('a drill is recorded and changes nothing; a wrong key fails it', async () => {
    const before = await readFile(test.folder.file('member.json'), 'utf8');
    await expect(drillWith('neap tide')).rejects.toMatchObject({ reason: 'refused' });
    expect(gateway.drills).toBe(0);
    await drillWith(RECOVERY_KEY);
    expect(gateway.drills).toBe(1);
    expect(await readFile(test.folder.file('member.json'), 'utf8')).toBe(before);
  });

  it('shares of the key stand for it in a drill and in a join, and a wrong set in neither', async () => {
    const folder = await newFolder();
    const settings = { ...test.registerSettings(), command: 'recovery-shares' } as const;
    const split = async (key: string, out: string) => {
      const terminal = speak(key);
      const wanted = { action: 'split', threshold: 2, shares: 3, out: join(folder.path, out) } as const;
      await splitIntoShares({ ...settings, ...wanted, recoveryKey: { from: 'stdin' } }, terminal);
      return terminal.printed.filter((line) => line.endsWith('.txt'));
    };
    const verify = async (paths: string[], stateDir = test.folder.path) => {
      const terminal = speak('');
      await verifyShares({ ...settings, action: 'verify', paths, stateDir }, terminal);
      return terminal.printed;
    };
    const [first = '', second = '', third = ''] = await split(RECOVERY_KEY, 'shares');
    expect(await readFile(third, 'utf8')).toContain(`of the gateway "hq"`);
    const drills = gateway.drills;
    expect(await verify([third, first])).toEqual([
      'They fit together.',
      'They make the recovery key of gateway hq: the drill passed.',
    ]);
    expect(gateway.drills).toBe(drills + 1);
    expect(await verify([third, first], join(folder.path, 'none'))).toEqual(['They fit together.']);
    await expect(verify([second])).rejects.toMatchObject({
      message: expect.stringContaining('1 more share is needed') as string,
    });

    const foreign = await split('neap tide over sand', 'foreign');
    await expect(verify([first, foreign[1]!])).rejects.toMatchObject({ reason: 'usage' });
    await expect(verify(foreign)).rejects.toMatchObject({ reason: 'refused' });
    expect(gateway.drills).toBe(drills + 1);

    const machine = await newFolder();
    const recoveryKey = { from: 'shares', paths: [second, third] } as const;
    const joined = await admit(machine, { recoveryKey, memberName: 'machine 7' });
    expect(idsOf()).toContain(joined.memberId);
    for (const file of await readdir(machine.path)) {
      expect(await readFile(machine.file(file), 'utf8')).not.toContain(RECOVERY_KEY);
    }
    gateway.members.pop();
  });

  it('a drill beside a running agent does not take its place', async () => {
    await test.run();
    const { drills } = gateway;
    const before = test.plane.heartbeats.length;
    const starts = test.plane.startsOf(test.plane.memberId);
    await drillWith(RECOVERY_KEY);
    expect(gateway.drills).toBe(drills + 1);
    test.plane.directive = undefined;
    await test.replica.control(randomUUID(), { type: 'refresh' });
    await expect.poll(() => test.plane.heartbeats.length).toBeGreaterThan(before);
    expect(test.logged('superseded')).toBe(false);
    expect(test.plane.startsOf(test.plane.memberId)).toBe(starts);
    await expect(reprotect(test.folder.path)).rejects.toMatchObject({ reason: 'state' });
    await test.agent.stop();
  });

  it('a running agent that is shown a key which nobody handed over to says so with its heartbeat', async () => {
    const { recovery } = gateway;
    try {
      await test.run();
      const foreign = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x ?? '';
      gateway.recovery = { ...recovery, proofKey: foreign };
      // Before it hands a new sealing key to anybody a leader looks who the members are.
      const rotation = { rotationId: gateway.startRotation(test.plane.memberId), leads: true };
      await test.plane.want({ revision: 100, rotation });
      await test.replica.control(randomUUID(), { type: 'refresh' });
      await expect.poll(() => test.plane.heartbeats.at(-1)?.notices).toEqual(['recovery-key-untrusted']);
      expect(test.plane.heartbeats.at(-1)).toMatchObject({ receiving: true, conditions: [] });
    } finally {
      gateway.recovery = recovery;
      gateway.rotation = undefined;
      test.plane.directive = undefined;
      await test.agent.stop();
    }
  });

  it('a changed key certifies every member anew, but none that the old one did not', async () => {
    const ghost = { ...gateway.members[1]!, id: randomUUID(), name: 'ghost', certificate: undefined };
    gateway.members.push(ghost);
    await expect(changeTo(NEW_KEY)).rejects.toMatchObject({
      reason: 'untrusted',
      message: expect.stringContaining('ghost') as string,
    });
    expect(gateway.handovers).toEqual([]);
    gateway.members.pop();
    await expect(changeTo('short')).rejects.toMatchObject({ reason: 'usage' });
    const members = idsOf();
    await changeTo(NEW_KEY);
    expect([idsOf(), gateway.handovers.length]).toEqual([members, 1]);
    await expect(drillWith(RECOVERY_KEY)).rejects.toMatchObject({ reason: 'refused' });
    await drillWith(NEW_KEY);
    const folder = await newFolder();
    const { sealing } = await loadKeys(test.folder);
    await admit(folder, {}, NEW_KEY);
    expect((await loadKeys(folder)).sealing.ids).toEqual(sealing.ids);
  });

  it('the other members follow to a key that the old one hands over to, and to no other', async () => {
    const folder = folders[0]!;
    const { gatewayId, recovery: pinned } = await getMemberRecord(folder);
    const trust = new RecoveryTrust(gatewayId, pinned, (next) => pinRecovery(folder, next));
    const foreign = Buffer.from(generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x ?? '').toString();
    await expect(trust.follow({ ...gateway.list(), proofKey: foreign })).rejects.toThrow('nobody handed over to');
    const [handover] = gateway.handovers;
    const forged = [{ ...handover!, proofKey: foreign }];
    await expect(trust.follow({ proofKey: foreign, handovers: forged })).rejects.toThrow('nobody handed over to');
    expect((await getMemberRecord(folder)).recovery).toEqual(pinned);
    const { certified } = await trust.sort(gateway.list());
    expect(certified.map(({ id }) => id)).toEqual(idsOf());
    expect((await getMemberRecord(folder)).recovery?.proofKey).toBe(gateway.recovery.proofKey);
    // Back to the key before is no handover.
    await expect(trust.follow({ proofKey: pinned!.proofKey, handovers: [] })).rejects.toThrow('nobody handed over to');
  });

  it('reprotect gives every file to this account alone, and keeps stored answers under a new key', async () => {
    const { folder } = test;
    const before = await readKeys(folder);
    const old = await ResultStore.open(folder, Buffer.from(before.local, 'base64url'), () => true);
    const answer = { head: { status: 'ok' }, trailer: {}, body: Buffer.from('kept') } as const;
    await old.put('r1', answer);
    await writeFile(folder.file('keys.json'), await readFile(folder.file('keys.json')), { mode: 0o644 });
    await reprotect(folder.path);
    const after = await readKeys(folder);
    expect([after.sealing, after.identity]).toEqual([before.sealing, before.identity]);
    expect(after.local).not.toBe(before.local);
    const now = await ResultStore.open(folder, Buffer.from(after.local, 'base64url'), () => true);
    expect(await now.find('r1')).toEqual(answer);
    const lock = await LockFile.acquire(folder.file('agent.lock'), 'test');
    await expect(reprotect(folder.path)).rejects.toMatchObject({ reason: 'state' });
    await lock.release();
  });

  it('a key store of the first agents is read, and one with a changed field is not', async () => {
    const { sealing, ...rest } = await readKeys(test.folder);
    const one = { version: 1, sealing: sealing[0], identity: rest.identity, receiving: rest.receiving, receivingPublic: rest.receivingPublic, local: rest.local }; // prettier-ignore
    const checksum = createHash('sha256')
      .update(JSON.stringify(Object.values(one)))
      .digest('base64url');
    expect(readStoredKeys({ ...one, checksum })?.sealing).toEqual(sealing);
    expect(readStoredKeys({ ...one, local: 'A'.repeat(43), checksum })).toBeUndefined();
  });
});
