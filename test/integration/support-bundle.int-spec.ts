import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealCredential } from '../../src/contract/sealed-credential.js';
import { supportBundle, type BundleSettings } from '../../src/gateway-agent/support/support-bundle.js';
import { AgentUnderTest, RECOVERY_KEY, ScriptedTerminal } from '../support/agent-under-test.js';

const PROXY_PASSWORD = 'ebb & flow/17';
const SOURCE_PASSWORD = 'hunter2-and-more';

describe('a support bundle', () => {
  let test: AgentUnderTest;
  let planted: Record<string, string>;
  let out = 0;
  const file = (name: string) => join(test.folder.path, name);
  beforeAll(async () => {
    test = await AgentUnderTest.prepare();
    await test.register();
    const keys = JSON.parse(await readFile(file('keys.json'), 'utf8')) as { identity: string; sealing: string[]; receiving: string; local: string }; // prettier-ignore
    const sealed = await sealCredential(test.plane.registration!.sealingKey, [
      { name: 'username', value: 'reader' },
      { name: 'password', value: SOURCE_PASSWORD },
    ]);
    const token = `Bearer ${randomBytes(16).toString('hex')}`;
    const pem = `-----BEGIN PRIVATE KEY-----\n${keys.identity}\n-----END PRIVATE KEY-----`;
    planted = {
      recoveryKey: RECOVERY_KEY,
      sealed,
      token: token.slice(7),
      identity: keys.identity,
      sealing: keys.sealing[0] ?? '',
      receiving: keys.receiving,
      local: keys.local,
      proxyPassword: PROXY_PASSWORD,
      sourcePassword: SOURCE_PASSWORD,
      joinToken: test.plane.joinToken,
    };
    await writeFile(file('network.yaml'), 'proxy: {url: "http://127.0.0.1:9", username: u, passwordFile: proxy.pw}\nnoProxy: [localhost, 127.0.0.1]\n'); // prettier-ignore
    await writeFile(file('proxy.pw'), PROXY_PASSWORD, { mode: 0o600 });
    await writeFile(file('recovery.key'), RECOVERY_KEY, { mode: 0o600 });
    await writeFile(file('policy.yaml'), `# password: ${SOURCE_PASSWORD}\n`);
    await mkdir(file('logs'));
    await mkdir(file('reports'));
    // What a careless line could hold, in the ways in which it could be written.
    const careless = Object.entries(planted).flatMap(([name, secret]) =>
      forms(secret).flatMap((form) => [
        { level: 'error', event: 'x', [name]: form },
        { level: 'error', event: 'x', row: { password: form } },
        { level: 'error', event: 'x', reason: `the ${name === 'recoveryKey' ? 'recoveryKey="' : 'password='}${form}` },
      ]),
    );
    const lines = [...careless.map((line) => JSON.stringify(line)), pem, `not json ${token}`];
    // Sentences that a program writes show a passphrase of several words only if somebody puts it there without a name.
    const safe = lines.filter((line) => !(line.includes('"reason":"the recoveryKey=') && line.includes(RECOVERY_KEY)));
    await writeFile(file('logs/agent-20261124-0001.log'), `${safe.join('\n')}\n{"level":"info","event":"connected","transport":"amqp"}\n`); // prettier-ignore
    const csv = `"Time","QueryText","Ms"\n"1","select '${SOURCE_PASSWORD}', ""x"" from t","7"\n2,password=${PROXY_PASSWORD},8\n`;
    await writeFile(file('reports/QueryExecutionReport-1.csv'), csv);
  });
  afterAll(() => test[Symbol.asyncDispose]());

  function forms(secret: string): string[] {
    const bytes = Buffer.from(secret);
    return [...new Set([secret, bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex'), encodeURIComponent(secret)])]; // prettier-ignore
  }
  const settings = (changes: Partial<BundleSettings> = {}): BundleSettings => ({
    command: 'support-bundle',
    stateDir: test.folder.path,
    logLevel: 'silent',
    machine: test.machine,
    isProduction: false,
    controlPlane: undefined,
    caFile: undefined,
    out: file(`bundle-${(out += 1)}.tar.gz`),
    isConfirmed: true,
    includesPolicy: false,
    logDir: file('logs'),
    reportDir: file('reports'),
    ...changes,
  });
  async function written(changes: Partial<BundleSettings> = {}) {
    const chosen = settings(changes);
    const terminal = new ScriptedTerminal([]);
    await supportBundle(chosen, terminal);
    return { path: chosen.out, tar: gunzipSync(await readFile(chosen.out)), shown: terminal.printed.join('\n') };
  }
  /** Names and contents, by the format's own rules. */
  function filesOf(tar: Buffer): Map<string, string> {
    const files = new Map<string, string>();
    for (let at = 0; tar[at] !== 0 && at < tar.length;) {
      const name = tar.toString('utf8', at, at + 100).replace(/\0.*$/, '');
      const size = parseInt(tar.toString('utf8', at + 124, at + 136), 8);
      files.set(name, tar.toString('utf8', at + 512, at + 512 + size));
      at += 512 + Math.ceil(size / 512) * 512;
    }
    return files;
  }

  it('holds no secret of this machine, in whatever way it is written', async () => {
    const { tar, shown } = await written({ includesPolicy: true });
    const all = `${tar.toString('latin1')}\n${shown}`;
    for (const [name, secret] of Object.entries(planted))
      for (const form of forms(secret)) expect(all.includes(form), `${name} as ${form.slice(0, 12)}…`).toBe(false);
  });

  it('says what is in it and what was taken out before it is written, and does not write unless somebody agrees', async () => {
    const refused = settings({ isConfirmed: false });
    const terminal = new ScriptedTerminal([]);
    await expect(supportBundle(refused, terminal)).rejects.toMatchObject({ reason: 'usage' });
    await expect(stat(refused.out)).rejects.toMatchObject({ code: 'ENOENT' });
    for (const name of [
      'versions.json',
      'doctor.txt',
      'status.json',
      'configuration.json',
      'logs/agent-20261124-0001.log',
      'reports/QueryExecutionReport-1.csv',
    ])
      // prettier-ignore
      expect(terminal.printed[0]).toContain(name);
    expect(terminal.printed[0]).not.toContain('policy.yaml  ');

    const { path, tar, shown } = await written();
    const files = filesOf(tar);
    const listed = [...shown.matchAll(/^ {2}(\S+) +(\d+) bytes/gm)].map(([, name, size]) => [`tidegate-support/${name}`, Number(size)]); // prettier-ignore
    expect([...files].map(([name, content]) => [name, Buffer.byteLength(content)])).toEqual(listed);
    expect(shown).toMatch(/agent-20261124-0001\.log +\d+ bytes +[1-9]\d* places? taken out/);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await expect(supportBundle({ ...settings(), out: path }, new ScriptedTerminal([]))).rejects.toMatchObject({ reason: 'state' }); // prettier-ignore
  });

  it('is of use: versions, settings, status, findings and harmless lines are all there', async () => {
    const files = filesOf((await written()).tar);
    const json = (name: string) => JSON.parse(files.get(`tidegate-support/${name}`) ?? '') as Record<string, unknown>;
    expect(json('versions.json')).toMatchObject({ contract: 1, node: process.version });
    expect(json('configuration.json')).toMatchObject({ proxy: 'http://127.0.0.1:9', hasProxyLogin: true });
    expect(json('status.json')).toMatchObject({ running: false, gateway: { name: 'hq' } });
    expect(json('doctor.json')).toMatchObject({ findings: expect.any(Array) });
    expect(files.get('tidegate-support/logs/agent-20261124-0001.log')).toContain(
      '"event":"connected","transport":"amqp"',
    );
    expect(files.get('tidegate-support/reports/QueryExecutionReport-1.csv')).toMatch(/^"1",\[removed\],"7"$/m);
  });

  it('can be made where the state is damaged: that is when it is needed', async () => {
    const path = file('keys.json');
    const before = await readFile(path);
    await writeFile(path, before.subarray(0, before.length - 40));
    await chmod(path, 0o600);
    try {
      const { tar } = await written();
      expect(filesOf(tar).get('tidegate-support/doctor.txt')).toMatch(/FAULT +key-store/);
      for (const form of forms(planted['identity'] ?? '')) expect(tar.toString('latin1')).not.toContain(form);
    } finally {
      await writeFile(path, before);
    }
  });
});
