import { createRequire } from 'node:module';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import net, { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { installSocketShim } from './amqp-sockets.js';

const require = createRequire(import.meta.url);
const rhea: { create_container: () => { connect(options: object): RheaConnection } } = require('rhea') as never;

interface RheaConnection {
  once(event: string, listener: (context: { error?: Error }) => void): void;
  close(): void;
}

/** The client library's own way to open a socket, as far as it goes without a broker: connected or refused. */
function rheaConnects(options: object): Promise<unknown> {
  return new Promise((resolve) => {
    const connection = rhea.create_container().connect({ reconnect: false, ...options });
    connection.once('disconnected', ({ error }) => {
      resolve(error);
    });
  });
}

describe('the sockets of the AMQP library', () => {
  let plain: Server;
  const portOf = (server: Server) => (server.address() as AddressInfo).port;

  beforeAll(async () => {
    plain = createServer((socket) => socket.on('error', () => undefined).on('data', () => socket.destroy()));
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    plain.close();
  });

  it('still need the shim: the library can do without Nagle, the client does not ask it to', () => {
    const library = readFileSync(require.resolve('rhea/lib/connection.js'), 'utf8');
    expect(library.includes("get_option('tcp_no_delay', false)")).toBe(true);
    const folder = dirname(require.resolve('@azure/core-amqp'));
    const sources = readdirSync(folder).filter((name) => name.endsWith('.js'));
    expect(sources).toContain('ConnectionContextBase.js');
    expect(sources.filter((name) => readFileSync(join(folder, name), 'utf8').includes('tcp_no_delay'))).toEqual([]);
  });

  it('have TCP_NODELAY over plain TCP', async () => {
    installSocketShim();
    const spy = vi.spyOn(net.Socket.prototype, 'setNoDelay');
    await rheaConnects({ host: '127.0.0.1', port: portOf(plain) });
    expect(spy).toHaveBeenCalledWith(true);
    spy.mockRestore();
  });
});
