import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LockFile } from '../../src/gateway-agent/lock-file.js';
import { machineLockPath } from '../../src/gateway-agent/machine-lock.js';
import { loadKeys } from '../../src/gateway-agent/key-store.js';
import { deriveRecoveryKeys, openRecoveryBundle } from '../../src/gateway-agent/recovery-key.js';
import { reportStatus } from '../../src/gateway-agent/status-report.js';
import { unregister } from '../../src/gateway-agent/unregister.js';
import { AgentControlPlane } from '../support/agent-control-plane.js';
import { AgentUnderTest, RECOVERY_KEY } from '../support/agent-under-test.js';

describe('registering', () => {
  let test: AgentUnderTest;
  beforeEach(async () => {
    test = await AgentUnderTest.prepare();
  });
  afterEach(() => test[Symbol.asyncDispose]());

  it('makes a gateway with a join token, unattended, and keeps keys only this account can read', async () => {
    const terminal = await test.register();
    const files = await readdir(test.folder.path);
    expect(files.sort()).toEqual(['ca.pem', 'keys.json', 'member.json']);
    for (const file of files) expect((await stat(test.folder.file(file))).mode & 0o777).toBe(0o600);
    expect((await stat(test.folder.path)).mode & 0o777).toBe(0o700);
    expect(terminal.printed.join('\n')).toContain('Strength of the recovery key');
    const record = await readFile(test.folder.file('member.json'), 'utf8');
    for (const secret of [RECOVERY_KEY, test.plane.joinToken]) {
      expect([record, ...terminal.printed].join('\n')).not.toContain(secret);
    }
  });

  it('hands over nothing of which the recovery key is not the only key', async () => {
    await test.register();
    const sent = test.plane.registration;
    if (!sent) throw new Error('nothing was sent');
    const keys = await loadKeys(test.folder);
    const salt = Buffer.from(sent.recovery.kdf.salt, 'base64url');
    const opened = await openRecoveryBundle(await deriveRecoveryKeys(RECOVERY_KEY, salt), sent.recovery.bundle);
    expect(opened.equals(keys.sealing.newest.pkcs8)).toBe(true);
    const text = JSON.stringify(sent);
    for (const encoding of ['base64', 'base64url', 'hex'] as const) {
      expect(text).not.toContain(keys.sealing.newest.pkcs8.subarray(-64).toString(encoding));
    }
    expect(text).not.toContain(RECOVERY_KEY);
    expect(Buffer.from(sent.sealingKey.modulus, 'base64')).toHaveLength(384);
  });

  it('pins the root that the join token names', async () => {
    const other = await AgentControlPlane.start(test.fixture);
    const foreign = `${test.plane.joinToken.split('.')[0] ?? ''}.${other.joinToken.split('.')[1] ?? ''}`;
    await expect(test.register({}, [foreign, RECOVERY_KEY])).rejects.toMatchObject({
      reason: 'untrusted',
      exitCode: 7,
    });
    expect(test.plane.registration).toBeUndefined();
    await other.stop();
  });

  it('shows a recovery key that it made, once', async () => {
    const terminal = await test.register({ recoveryKey: { from: 'generator' } }, [test.plane.joinToken]);
    expect(terminal.printed.filter((line) => line.includes('Recovery key'))).toHaveLength(1);
  });

  const refusals: [string, () => Promise<unknown>, object][] = [
    ['a region nobody serves', () => test.register({ region: 'atlantis' }), { reason: 'refused', remedy: expect.stringContaining('westeurope') as string }],
    ['a recovery key that is too short', () => test.register({}, [test.plane.joinToken, 'short']), { reason: 'usage', exitCode: 2 }],
    ['a common recovery key', () => test.register({}, [test.plane.joinToken, 'Password123']), { reason: 'usage' }],
    ['no recovery key', () => test.register({}, [test.plane.joinToken]), { reason: 'usage' }],
    ['a join token that is not whole', () => test.register({}, ['tgj_abc', RECOVERY_KEY]), { reason: 'usage' }],
    ['a join token that was used', () => test.register({}, [test.plane.joinToken.replace(/^tgj_./, 'tgj_A').replace(/^tgj_A(.)/, 'tgj_B$1'), RECOVERY_KEY]), { reason: 'refused', exitCode: 3 }],
    ['a control plane that is not there', () => test.register({ controlPlane: 'http://127.0.0.1:1/' }), { reason: 'unreachable', exitCode: 4 }],
    ['another root than the given one', () => test.register({ rootFingerprint: 'A'.repeat(43) }), { reason: 'untrusted' }],
    ['a CA file that is not there', () => test.register({ caFile: '/nowhere/ca.pem' }), { reason: 'usage' }],
  ]; // prettier-ignore
  it.each(refusals)('is refused for %s, leaving nothing behind', async (_, attempt, expected) => {
    await expect(attempt()).rejects.toMatchObject({ name: 'CommandError', ...expected });
    expect(await readdir(test.folder.path)).toEqual([]);
    expect(test.plane.registration).toBeUndefined();
  });

  it('is refused as the control plane says, with its code and remedy', async () => {
    test.plane.refusals.set('registrations', { status: 409, code: 'GATEWAY_NAME_TAKEN' });
    await expect(test.register()).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('GATEWAY_NAME_TAKEN') as string,
      remedy: 'none',
    });
    expect(await readdir(test.folder.path)).toEqual([]);
  });

  it('removes the folder it made when it fails', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'tidegate-register-'));
    const stateDir = join(parent, 'state');
    await expect(test.register({ stateDir, region: 'atlantis' })).rejects.toMatchObject({ reason: 'refused' });
    expect(await readdir(parent)).toEqual([]);
    await rm(parent, { recursive: true });
  });

  it('takes the gateway back when its keys cannot be kept', async () => {
    // A folder in the place of the file: the rename onto it fails after the control plane has said yes.
    const blocked = test.folder.file('keys.json');
    await mkdir(join(blocked, 'inside'), { recursive: true });
    await expect(test.register()).rejects.toMatchObject({ reason: 'state' });
    expect(test.plane.left).toBe(true);
  });

  it('is refused twice in one state folder', async () => {
    await test.register();
    await expect(test.register()).rejects.toMatchObject({ reason: 'state', exitCode: 5 });
  });

  it('is refused on a machine whose agent runs', async () => {
    const lock = await LockFile.acquire(machineLockPath(await test.machine.fingerprint()), 'test');
    await expect(test.register()).rejects.toMatchObject({ reason: 'state' });
    await lock.release();
    await test.register();
  });
});

describe('a registered agent', () => {
  let test: AgentUnderTest;
  beforeAll(async () => {
    test = await AgentUnderTest.start();
  });
  afterAll(() => test[Symbol.asyncDispose]());

  it('runs once: a second start in the same folder or on the same machine is refused', async () => {
    const first = test.agent;
    await expect(test.run()).rejects.toMatchObject({ reason: 'state' });
    test.agent = first;
  });

  it('tells its status', async () => {
    const report = await reportStatus(test.folder.path);
    expect(report).toMatchObject({
      running: true,
      gateway: { id: test.plane.gatewayId, name: 'hq' },
      agent: { connected: true, transport: 'websockets', epoch: 1 },
    });
  });

  it('cannot leave while it runs, leaves when stopped, and keeps nothing', async () => {
    await expect(unregister(test.folder.path)).rejects.toMatchObject({ reason: 'state' });
    await test.agent.stop();
    expect((await reportStatus(test.folder.path)).running).toBe(false);
    await unregister(test.folder.path);
    expect(test.plane.left).toBe(true);
    expect(await readdir(test.folder.path)).toEqual([]);
    await expect(unregister(test.folder.path)).rejects.toMatchObject({ reason: 'idle', exitCode: 6 });
  });
});

describe('a damaged state', () => {
  it('is an error with a way out, never a new identity', async () => {
    await using test = await AgentUnderTest.prepare();
    await test.register();
    const path = test.folder.file('keys.json');
    const whole = await readFile(path, 'utf8');
    const otherKey = whole.replace(/"local":"(.)/, (_match, first) => `"local":"${first === 'A' ? 'B' : 'A'}`);
    for (const broken of [whole.slice(0, -20), otherKey, '{}', '']) {
      await writeFile(path, broken);
      await expect(test.run()).rejects.toMatchObject({ name: 'CommandError', reason: 'state' });
      expect(await readFile(path, 'utf8')).toBe(broken);
    }
    await rm(path);
    await expect(test.run()).rejects.toMatchObject({ reason: 'state' });
    await writeFile(path, whole);
    await test.run();
  });

  it('does not include a lock whose owner is gone', async () => {
    await using test = await AgentUnderTest.prepare();
    await test.register();
    const dead = { pid: process.pid, startedAt: 'another boot/1', id: 'x' };
    await writeFile(test.folder.file('agent.lock'), JSON.stringify(dead));
    await test.run();
    expect(JSON.parse(await readFile(test.folder.file('agent.lock'), 'utf8'))).toMatchObject({ pid: process.pid });
  });
});
