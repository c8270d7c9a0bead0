import { randomUUID } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnosisReportSchema, type DiagnosisReport, type MemberConnection } from '../../src/contract/diagnosis.js';
import { sealCredential } from '../../src/contract/sealed-credential.js';
import { BindingLedger } from '../../src/gateway-agent/binding-ledger.js';
import { CredentialCache } from '../../src/gateway-agent/credential-cache.js';
import { diagnose } from '../../src/gateway-agent/doctor/diagnose.js';
import { doctor } from '../../src/gateway-agent/doctor/doctor.js';
import type { DoctorPlace } from '../../src/gateway-agent/doctor/doctor-place.js';
import { localContext } from '../../src/gateway-agent/doctor/local-context.js';
import { thisMachine, type Machine } from '../../src/gateway-agent/doctor/machine.js';
import { EXIT_CODES } from '../../src/gateway-agent/exit-codes.js';
import { encodeBatch } from '../../src/gateway-agent/journal-file.js';
import { loadKeys } from '../../src/gateway-agent/key-store.js';
import { AgentUnderTest, ScriptedTerminal } from '../support/agent-under-test.js';
import { ConnectProxy } from '../support/connect-proxy.js';
import { HttpsFront } from '../support/https-front.js';
import { makeCertificates } from '../support/service-bus-fixture.js';

const PASSWORD = 'spring tide 1953';

describe('doctor', () => {
  let test: AgentUnderTest;
  let front: HttpsFront;
  let source: Server;
  let accepts = true;
  let connection: MemberConnection;
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    test = await AgentUnderTest.prepare();
    await test.register();
    front = await HttpsFront.start(test.plane.url, test.fixture.certificates);
    source = createServer((request, response) => {
      const expected = `Basic ${Buffer.from(`reader:${PASSWORD}`).toString('base64')}`;
      response.writeHead(accepts && request.headers.authorization === expected ? 200 : 401).end();
    });
    connection = await connectionTo(await listen(source));
    test.plane.connections = [connection];
    await use(connection);
    // The source of these tests is on this very machine, which a policy has to allow.
    await test.folder.write('policy.yaml', 'version: 1\nhosts: [127.0.0.1]\n');
    closing.push(() => front.stop());
  });
  afterAll(async () => {
    await Promise.all(closing.map((close) => close()));
    await test[Symbol.asyncDispose]();
  });

  async function listen(server: Server | TcpServer): Promise<number> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => {
      if ('closeAllConnections' in server) server.closeAllConnections();
      server.close();
      return Promise.resolve();
    });
    return (server.address() as AddressInfo).port;
  }
  async function connectionTo(port: number): Promise<MemberConnection> {
    const { sealingKey } = test.plane.registration!;
    return {
      id: randomUUID(),
      displayName: 'orders',
      target: { kind: 'http', url: `http://127.0.0.1:${port}/` },
      credentialType: 'Basic',
      encryption: 'NotEncrypted',
      credential: await sealCredential(sealingKey, [
        { name: 'username', value: 'reader' },
        { name: 'password', value: PASSWORD },
      ]),
    };
  }
  /** As a request over it would: from then on the credential belongs to this target. */
  async function use(used: MemberConnection): Promise<void> {
    const ledger = await BindingLedger.open(test.folder);
    const { sealing } = await loadKeys(test.folder);
    await new CredentialCache(sealing, ledger, () => undefined).secretFor(used);
    await ledger.close();
  }
  async function closedPort(): Promise<number> {
    const server = createTcpServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }

  const secure = () => `https://localhost:${front.port}/`;
  const placeOf = (changes: Partial<DoctorPlace> = {}): DoctorPlace => ({
    stateDir: test.folder.path,
    logLevel: 'silent',
    machine: test.machine,
    isProduction: false,
    controlPlane: undefined,
    caFile: undefined,
    ...changes,
  });
  async function look(changes: Partial<DoctorPlace> = {}, machine: Machine = thisMachine): Promise<DiagnosisReport> {
    await using local = await localContext(placeOf(changes), machine);
    return diagnosisReportSchema.parse(await diagnose(local.context));
  }
  const through = (proxy: { url: string }) => ({ network: { file: undefined, httpsProxy: proxy.url, noProxy: undefined, ports: undefined } }); // prettier-ignore
  const faultsOf = ({ findings }: DiagnosisReport) => findings.filter(({ verdict }) => verdict === 'fail');
  const summary = (report: DiagnosisReport) => report.findings.map(({ check, verdict, seen }) => `${verdict} ${check}: ${seen}`).join('\n'); // prettier-ignore

  /** That this check alone names the fault, what it saw fits, and it says what to do. */
  function expectFault(report: DiagnosisReport, check: string, seen: RegExp): void {
    const faults = faultsOf(report);
    expect(faults.map((fault) => fault.check), summary(report)).toEqual([check]); // prettier-ignore
    expect(faults[0]?.seen).toMatch(seen);
    expect(faults[0]?.remedy).toMatch(/\w{3}/);
    expect(report.verdict).toBe('fail');
  }
  /** With another content of a file, for as long as it takes. */
  async function withFile<T>(name: string, change: (bytes: Buffer) => Uint8Array | string, work: () => Promise<T>): Promise<T> {
    const path = join(test.folder.path, name);
    const before = await readFile(path).catch(() => Buffer.alloc(0));
    await writeFile(path, change(before), { mode: 0o600 });
    try {
      return await work();
    } finally {
      await writeFile(path, before);
    }
  } // prettier-ignore

  it('finds no fault where there is none, and says how far relay and source are', async () => {
    const report = await look({ controlPlane: secure() });
    expect(faultsOf(report), summary(report)).toEqual([]);
    const seen = (check: string) => report.findings.filter((finding) => finding.check === check);
    expect(seen('relay')[0]).toMatchObject({ seen: expect.stringMatching(/^answers this member; a round trip is (?:good|fair|slow)$/) }); // prettier-ignore
    expect(seen('relay')[0]?.latencyMs).toBeGreaterThan(0);
    expect(seen('source')[0]).toMatchObject({ subject: `orders (${connection.id})` });
    expect(seen('source')[0]?.seen).toMatch(/^answers; (?:good|fair|slow)$/);
    expect(seen('control-plane-tls')[0]?.seen).toContain('Stand-in test CA');
    expect(
      report.findings.every(({ verdict }) => verdict !== 'skipped'),
      summary(report),
    ).toBe(true);
    expect(JSON.stringify(report)).not.toContain(PASSWORD);
  });

  it('prints it for people and for programs, and ends with a code that tells', async () => {
    const terminal = new ScriptedTerminal([]);
    expect(await doctor({ ...placeOf(), command: 'doctor', json: true }, terminal)).toBe(EXIT_CODES.ok);
    expect(diagnosisReportSchema.parse(JSON.parse(terminal.printed[0] ?? '')).verdict).toBe('warn');
    const plain = new ScriptedTerminal([]);
    const controlPlane = `http://127.0.0.1:${await closedPort()}/`;
    expect(await doctor({ ...placeOf({ controlPlane }), command: 'doctor', json: false }, plain)).toBe(EXIT_CODES.faulty); // prettier-ignore
    expect(plain.printed[0]).toMatch(/FAULT +control-plane-port .*refused[\s\S]*→ Check the address[\s\S]*1 fault/);
  });

  describe('names the fault, and nothing else as one, when', () => {
    it('the name of the control plane is wrong', async () => {
      expectFault(await look({ controlPlane: 'https://no-such-host.invalid/' }), 'control-plane-dns', /no-such-host/);
    });

    it('the proxy is down', async () => {
      const url = `http://127.0.0.1:${await closedPort()}`;
      expectFault(await look({ controlPlane: secure(), ...through({ url }) }), 'proxy', /proxy .* refused/);
    });

    it('the proxy asks who we are (407)', async () => {
      const proxy = await ConnectProxy.start({ login: { username: 'a', password: 'b' } });
      closing.push(() => proxy.stop());
      expectFault(await look({ controlPlane: secure(), ...through(proxy) }), 'proxy', /407/);
    });

    it('the proxy lets us not pass', async () => {
      const proxy = await ConnectProxy.start({ status: 403 });
      closing.push(() => proxy.stop());
      expectFault(await look({ controlPlane: secure(), ...through(proxy) }), 'proxy', /403/);
    });

    it('a proxy opens TLS with a certificate of its own', async () => {
      const forged = await HttpsFront.start(test.plane.url, await makeCertificates());
      const proxy = await ConnectProxy.start({ names: { [`localhost:${front.port}`]: forged.port } });
      closing.push(() => forged.stop(), () => proxy.stop()); // prettier-ignore
      const report = await look({ controlPlane: secure(), ...through(proxy) });
      expectFault(report, 'control-plane-tls', /not trusted.*issued by "Stand-in test CA"/);
    });

    it('the clock is two hours off', async () => {
      test.plane.clockAheadMs = 2 * 60 * 60_000;
      try {
        expectFault(await look(), 'clock', /7\d\d\d s behind/);
      } finally {
        test.plane.clockAheadMs = 0;
      }
    });

    it('the port is closed', async () => {
      const controlPlane = `https://localhost:${await closedPort()}/`;
      expectFault(await look({ controlPlane }), 'control-plane-port', /refused/);
    });

    it('whoever answers at the port swallows everything', async () => {
      const port = await listen(createTcpServer((socket) => void socket.on('error', () => undefined)));
      expectFault(await look({ controlPlane: `https://localhost:${port}/` }), 'control-plane-tls', /no answer in time/);
    });

    it('the control plane is down behind its load balancer', async () => {
      test.plane.refusals.set('discovery', { status: 503, code: 'DATABASE_UNAVAILABLE' });
      try {
        expectFault(await look(), 'control-plane', /refused by the test/);
      } finally {
        test.plane.refusals.clear();
      }
    });

    it.each([
      ['older', [0], /older than this agent/],
      ['newer', [2, 3], /newer than this agent/],
    ])('the control plane is %s than the agent understands', async (_name, contractVersions, seen) => {
      test.plane.discovered = { contractVersions };
      try {
        expectFault(await look(), 'version', seen);
      } finally {
        test.plane.discovered = {};
      }
    });

    it('another control plane answers than the one that is trusted', async () => {
      const { jwk } = test.plane.rootKey;
      test.plane.discovered = { root: { generation: 2, jwk: { ...jwk, x: jwk.y, y: jwk.x } } };
      try {
        expectFault(await look(), 'control-plane-root', /does not trust/);
      } finally {
        test.plane.discovered = {};
      }
    });

    it('the member was removed', async () => {
      test.plane.refusals.set('tokens', { status: 401, code: 'TOKEN_INVALID' });
      try {
        expectFault(await look(), 'membership', /refused by the test/);
      } finally {
        test.plane.refusals.clear();
      }
    });

    it('the port of the relay is closed', async () => {
      test.plane.relayHost = `localhost:${await closedPort()}`;
      try {
        expectFault(await look(), 'relay-port', /refused/);
      } finally {
        test.plane.relayHost = undefined;
      }
    });

    it('the name of the relay is not known here', async () => {
      test.plane.relayHost = 'no-such-relay.invalid:443';
      try {
        expectFault(await look(), 'relay-dns', /no-such-relay/);
      } finally {
        test.plane.relayHost = undefined;
      }
    });

    it('the relay refuses the token', async () => {
      test.plane.tokenSeconds = -600;
      try {
        expectFault(await look(), 'relay', /refuses the token/);
      } finally {
        test.plane.tokenSeconds = 3600;
      }
    }, 60_000);

    it('a source is down', async () => {
      const gone = await connectionTo(await closedPort());
      await use(gone);
      test.plane.connections = [connection, gone];
      try {
        const report = await look();
        expectFault(report, 'source', /cannot be reached/);
        expect(faultsOf(report)[0]?.subject).toContain(gone.id);
      } finally {
        test.plane.connections = [connection];
      }
    });

    it('a source refuses the password', async () => {
      accepts = false;
      try {
        expectFault(await look(), 'source', /refuse|denied|not accept|sign-in|credential/i);
      } finally {
        accepts = true;
      }
    });

    it('the disk is full', async () => {
      // Free space is asked of a port: filling a real disk, or mounting a small one, needs root.
      const machine: Machine = { ...thisMachine, freeBytes: () => Promise.resolve(50 * 1024 * 1024) };
      expectFault(await look({}, machine), 'disk', /50 MiB free/);
    });

    it('others may read the state folder', async () => {
      await chmod(test.folder.path, 0o755);
      try {
        expectFault(await look(), 'state-folder', /other accounts/);
      } finally {
        await chmod(test.folder.path, 0o700);
      }
    });

    it('others may read the keys', async () => {
      const path = join(test.folder.path, 'keys.json');
      await chmod(path, 0o644);
      try {
        expectFault(await look(), 'state-folder', /keys\.json/);
      } finally {
        await chmod(path, 0o600);
      }
    });

    it('the key store is damaged', async () => {
      const flipped = (bytes: Buffer) => bytes.toString('utf8').replace(/"local":"./, '"local":"_');
      expectFault(await withFile('keys.json', flipped, () => look()), 'key-store', /key store .* is damaged/);
    });

    it('the journal is damaged', async () => {
      const damaged = () => {
        const bytes = Buffer.concat([encodeBatch('{}'), encodeBatch('{}')]);
        return Buffer.concat([bytes.subarray(0, 17), Buffer.from('!'), bytes.subarray(18)]);
      };
      expectFault(await withFile('journal.log', damaged, () => look()), 'journal', /journal of writes .* is damaged/);
    });

    it('the record of the member is damaged', async () => {
      expectFault(await withFile('member.json', () => '{"version":1', () => look()), 'member-record', /is damaged/); // prettier-ignore
    });

    it('the policy cannot be read', async () => {
      const wrong = () => 'version: 1\nreadOnyl: true\n';
      expectFault(await withFile('policy.yaml', wrong, () => look()), 'policy', /line 2: readOnyl is not known/);
    });

    it('the network settings are wrong', async () => {
      expectFault(await withFile('network.yaml', () => 'proxy: 7\n', () => look()), 'network-settings', /network\.yaml/); // prettier-ignore
    });
  });

  it('asks no source that the policy of the machine does not allow', async () => {
    let asked = 0;
    source.on('connection', () => (asked += 1));
    const closed = () => 'version: 1\nhosts: [127.0.0.1]\noperations: [listItems]\n';
    const report = await withFile('policy.yaml', closed, () => look());
    expect(report.findings.find(({ check }) => check === 'source')).toMatchObject({ verdict: 'warn' });
    await withFile('policy.yaml', () => 'version: 1\n', () => look()); // prettier-ignore
    expect(asked).toBe(0);
    await look();
    expect(asked).toBeGreaterThan(0);
  });

  it('does not send a credential that was never used to where the control plane says', async () => {
    const seen: string[] = [];
    const thief = createServer((request, response) => {
      seen.push(String(request.headers.authorization));
      response.writeHead(200).end();
    });
    const port = await listen(thief);
    const fresh = await connectionTo(port);
    const rebound = { ...connection, id: randomUUID(), target: fresh.target };
    test.plane.connections = [fresh, rebound];
    try {
      const report = await look();
      const sources = report.findings.filter(({ check }) => check === 'source');
      expect(sources).toHaveLength(2);
      for (const { seen: said } of sources) expect(said).toContain('not signed in');
      expect(seen).toEqual([]);
    } finally {
      test.plane.connections = [connection];
    }
  });

  it('works before registration, with the address of the control plane, and leaves nothing behind', async () => {
    const stateDir = join(test.folder.path, 'none');
    const caFile = join(test.folder.path, 'ca.pem');
    const named = { stateDir, caFile, controlPlane: secure() };
    const report = await look(named);
    expect(faultsOf(report), summary(report)).toEqual([]);
    expect(report.findings.map(({ check }) => check)).not.toContain('membership');
    const verdictsOf = (check: string, { findings }: DiagnosisReport) =>
      findings.filter((finding) => finding.check === check).map(({ verdict }) => verdict);
    expect(verdictsOf('disk', report)).not.toContain('skipped');
    // Only registration tells the relay; until then somebody has to name it.
    expect(verdictsOf('relay-port', report)).toEqual(['skipped']);
    const reached = await look({ ...named, relayHost: `localhost:${test.fixture.bus.port}` });
    expect(verdictsOf('relay-port', reached), summary(reached)).toEqual(['ok']);
    expectFault(await look({ ...named, relayHost: `localhost:${await closedPort()}` }), 'relay-port', /refused/);
    await expect(readFile(stateDir)).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(localContext(placeOf({ stateDir }))).rejects.toMatchObject({ reason: 'usage' });
  });
});
