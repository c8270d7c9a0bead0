import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ConnectionEncryption } from '../../../contract/targets.js';
import { directEgress } from '../egress.js';
import { SqlServerSession } from './sqlserver-session.js';

/** Kinds of messages, the first byte of each. @see MS-TDS, section 2.2.3.1.1 */
const PRELOGIN = 0x12;
const LOGIN = 0x10;
/** What a server answers about encryption when it has none. @see MS-TDS, section 2.2.6.5 */
const NOT_SUPPORTED = 2;

/** The answer to a first message: a version, and a word about encryption. */
function preloginAnswer(): Buffer {
  const options = Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff]);
  const body = Buffer.concat([options, Buffer.from([15, 0, 0, 0, 0, 0]), Buffer.from([NOT_SUPPORTED])]);
  const head = Buffer.from([4, 1, 0, 0, 0, 0, 1, 0]);
  head.writeUInt16BE(head.length + body.length, 2);
  return Buffer.concat([head, body]);
}

describe('a server, or whoever stands in its place, that says that it has no TLS', () => {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
  });

  async function listen(): Promise<{ port: number; kinds: number[] }> {
    const kinds: number[] = [];
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        kinds.push(bytes[0] ?? -1);
        if (bytes[0] === PRELOGIN) socket.write(preloginAnswer());
        else socket.destroy();
      });
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return { port: (server.address() as AddressInfo).port, kinds };
  }

  const open = (port: number, encryption: ConnectionEncryption) =>
    SqlServerSession.open(
      { host: '127.0.0.1', port, database: 'd', user: 'u', password: 'p', encryption },
      { egress: directEgress, ca: undefined, signal: new AbortController().signal },
    );

  it('gets no login where encryption is demanded', async () => {
    const { port, kinds } = await listen();
    await expect(open(port, 'Encrypted')).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      details: { reason: 'TLS_NOT_OFFERED', server: '127.0.0.1' },
    });
    expect(kinds).toEqual([PRELOGIN]);
  });

  it('gets one in the clear where any will do', async () => {
    const { port, kinds } = await listen();
    await expect(open(port, 'Any')).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
    expect(kinds).toEqual([PRELOGIN, PRELOGIN, LOGIN]);
  });
});
