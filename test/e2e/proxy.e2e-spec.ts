import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgentControlPlane } from '../support/agent-control-plane.js';
import { TestFolder } from '../support/agent-folder.js';
import { AgentReplica } from '../support/agent-replica.js';
import { ConnectProxy } from '../support/connect-proxy.js';
import { TEST_DIST } from '../support/e2e-stack.js';
import { ServiceBusFixture } from '../support/service-bus-fixture.js';
import { TcpForwarder } from '../support/tcp-forwarder.js';
import { until } from '../support/until.js';

/** Names that no name service knows (RFC 6761): whoever goes around the proxy does not get there. */
const CONTROL = 'control.tidegate.invalid';
const RELAY = 'relay.tidegate.invalid';
const LOGIN = { username: 'svc', password: 'needle-of-the-proxy' };

describe('a machine that reaches the cloud through a proxy alone', () => {
  let fixture: ServiceBusFixture;
  let plane: AgentControlPlane;
  let front: TcpForwarder;
  let tls: Server;
  let relay: TcpForwarder;
  let proxy: ConnectProxy;
  let folder: TestFolder;
  const files = { ca: '', joinToken: '', recoveryKey: '' };
  const machine = randomUUID();

  beforeAll(async () => {
    fixture = await ServiceBusFixture.start({}, [CONTROL, RELAY]);
    plane = await AgentControlPlane.start(fixture);
    plane.relayHost = RELAY;
    tls = createServer(fixture.certificates, (socket) => {
      socket.on('error', () => undefined);
      socket.pipe(connect(Number(new URL(plane.url).port), '127.0.0.1').on('error', () => undefined)).pipe(socket);
    });
    await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
    front = await TcpForwarder.start({ port: (tls.address() as AddressInfo).port });
    relay = await TcpForwarder.start({ port: fixture.bus.port });
    // 443 and 5671 of the relay are closed behind the proxy: one transport has to give way to another there too.
    proxy = await ConnectProxy.start({
      login: LOGIN,
      names: { [`${CONTROL}:443`]: front.port, [`${RELAY}:5672`]: relay.port },
    });
    folder = await TestFolder.make();
    for (const [name, text] of [
      ['ca', fixture.certificates.ca],
      ['joinToken', plane.joinToken],
      ['recoveryKey', 'tide gate at low water'],
    ] as const) {
      files[name] = `${folder.path}.${name}`;
      await writeFile(files[name], text, { mode: 0o600 });
    }
  });
  afterAll(async () => {
    await plane.stop();
    await Promise.all([front.stop(), relay.stop(), proxy.stop()]);
    await new Promise((resolve) => tls.close(resolve));
    await fixture.stop();
    await folder[Symbol.asyncDispose]();
  });

  const start = (args: string[], password: string) => {
    const child = spawn(process.execPath, [join(TEST_DIST, 'gateway-agent/main.js'), ...args, '--state', folder.path], {
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'development',
        TIDEGATE_MACHINE_ID: machine,
        HTTPS_PROXY: `http://${LOGIN.username}:${password}@127.0.0.1:${proxy.port}`,
      },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    return { child, ended, said: () => said };
  };
  const register = (password: string) =>
    start(
      [
        'register',
        ...['--control-plane', `https://${CONTROL}/`],
        ...['--name', 'hq', '--region', 'westeurope', '--ca-file', files.ca],
        ...['--join-token-file', files.joinToken, '--recovery-key-file', files.recoveryKey],
      ],
      password,
    );

  it('is told about a wrong password of the proxy, and nothing is left behind', async () => {
    const { ended, said } = register('needle-that-is-wrong');
    expect(await ended).toBe(4);
    expect(said()).toContain(`The proxy http://127.0.0.1:${proxy.port} refuses the user name or the password (407).`);
    expect(said()).toContain('proxy.passwordFile');
    expect(said()).not.toContain('needle');
    expect(front.taken + relay.taken).toBe(0);
    await expect(readdir(folder.path)).resolves.toEqual([]);
  });

  it('registers and serves, and nothing goes around it', async () => {
    const { ended, said } = register(LOGIN.password);
    expect(await ended, said()).toBe(0);
    const agent = start(['run', '--log-level', 'debug'], LOGIN.password);
    try {
      await until('the agent to take reads', () => plane.heartbeats.some(({ receiving }) => receiving), 45_000).catch(
        (cause: unknown) => {
          throw new Error(`the agent said:\n${agent.said()}`, { cause });
        },
      );
      const replica = await AgentReplica.start(plane, fixture);
      const probe = randomUUID();
      await replica.control(probe, { type: 'probe' });
      expect((await replica.answer(probe)).head).toEqual({ status: 'ok' });
      // A source is reached without the proxy: its name is unknown here, and the proxy was never asked for it.
      const asked = await replica.ask({
        operation: { name: 'httpRequest', method: 'GET', path: '/', headers: [] },
        connection: { target: { kind: 'http', url: 'https://source.tidegate.invalid/' } },
      });
      const { head } = await replica.answer(asked);
      expect(head).toMatchObject({ error: { code: 'SOURCE_UNREACHABLE' } });
      await replica.stop();
    } finally {
      agent.child.kill('SIGTERM');
      await agent.ended;
    }
    expect(new Set(proxy.asked)).toEqual(new Set([`${CONTROL}:443`, `${RELAY}:443`, `${RELAY}:5671`, `${RELAY}:5672`]));
    for (const { callers } of [front, relay]) {
      expect(callers.size).toBeGreaterThan(0);
      expect([...callers].filter((port) => !proxy.ownPorts.has(port))).toEqual([]);
    }
    expect(agent.said()).toContain('"transport":"amqp","port":5672');
    expect(agent.said()).not.toContain('needle');
    for (const name of await readdir(folder.path)) {
      const text = await readFile(join(folder.path, name), 'utf8').catch(() => '');
      expect(text).not.toContain('needle');
    }
  });
});
