import type { Duplex } from 'node:stream';
import { AmqpConnection } from './amqp-connection.js';
import type { BusNamespace } from './namespace.js';
import { amqp } from './rhea-internals.js';
import type { WebSocketDuplex } from './web-socket-duplex.js';

/** Largest frame accepted, in bytes: a message of the Standard tier fits into one, which spares both sides the pieces. */
const MAX_FRAME_BYTES = 512 * 1024;

/** Milliseconds of silence asked of the peer at most; it is cut after twice that (rhea's doing). */
const IDLE_TIMEOUT_MS = 60_000;

/** What carries the bytes: a TCP or TLS socket, or a WebSocket dressed as one. */
export type Carrier = Duplex | WebSocketDuplex;

/** Speaks AMQP on sockets that a listener hands over. */
export class AmqpEndpoint {
  private readonly open = new Map<Carrier, AmqpConnection>();
  private readonly container = amqp.create_container({
    id: 'tidegate-stand-in',
    autoaccept: false,
    credit_window: 0,
    treat_modified_as_released: false,
    reconnect: false,
    max_frame_size: MAX_FRAME_BYTES,
    idle_time_out: IDLE_TIMEOUT_MS,
  });

  constructor(
    private readonly namespace: BusNamespace,
    private readonly maxConnections: number,
  ) {}

  get connections(): number {
    return this.open.size;
  }

  accept(socket: Carrier): void {
    if (this.open.size >= this.maxConnections) {
      // Cut before a word is spoken: the client of a connection that opens and closes waits a minute for its session.
      this.namespace.events.log('connection-refused', { maxConnections: this.maxConnections });
      socket.destroy();
      return;
    }
    const connection = this.container.create_connection({
      reconnect: false,
      max_frame_size: MAX_FRAME_BYTES,
      idle_time_out: IDLE_TIMEOUT_MS,
    });
    const peer = new AmqpConnection(connection, this.namespace);
    this.open.set(socket, peer);

    const cut = (context: unknown): void => {
      const reason = context instanceof Error ? context.message : 'protocol error';
      this.namespace.events.log('connection-broken', { reason });
      setImmediate(() => socket.destroy());
    };
    for (const event of ['protocol_error', 'error']) connection.on(event, cut);
    for (const event of ['connection_error', 'connection_close', 'session_error', 'sender_error', 'receiver_error'])
      connection.on(event, () => undefined);
    connection.on('disconnected', () => undefined);
    socket.on('drain', () => peer.resume());
    socket.once('close', () => {
      // rhea learns of a socket that we cut only here, and would keep its timers otherwise.
      connection._disconnected();
      this.open.delete(socket);
      peer.dispose();
    });

    const run = connection._process.bind(connection);
    connection._process = () => {
      // One write for all frames of a turn: each would be a TLS record and a system call of its own.
      socket.cork();
      try {
        run();
      } finally {
        socket.uncork();
      }
    };
    connection.accept(socket);
    const { transport } = connection;
    const peekSize = transport.peek_size.bind(transport);
    transport.peek_size = (buffer) => {
      const size = peekSize(buffer);
      if (size !== undefined && size > MAX_FRAME_BYTES) throw new RangeError('a frame is larger than agreed');
      return size;
    };
  }

  checkTokens(now: number): void {
    for (const peer of this.open.values()) peer.checkTokens(now);
  }
}
