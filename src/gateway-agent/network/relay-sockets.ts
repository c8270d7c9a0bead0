import type { TLSSocket } from 'node:tls';
import { WebSocket as WebSocketClient, type ClientOptions } from 'ws';
import { AmqpSocket, type RelaySocketShape } from './amqp-socket.js';
import type { Network } from './network.js';
import type { RelayPlace } from './relay-place.js';

const WEB_SOCKET_PATH = '/$servicebus/websocket';
/** Longest wait for the answer to the upgrade, in milliseconds. */
const UPGRADE_TIMEOUT_MS = 6_000;
/** An AMQP frame in one message, with room for many: the relay sends nothing longer. */
const MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

/**
 * The sockets of one client of the relay. The client of Azure takes a class of WebSockets and nothing else of its surroundings:
 * neither a proxy nor TLS settings for AMQP over TLS. So both transports are handed to it as that class, and every socket
 * comes from the network's one door.
 */
export class RelaySockets {
  private readonly open = new Set<TLSSocket>();
  private ready: TLSSocket | undefined;

  constructor(
    private readonly network: Network,
    private readonly place: RelayPlace,
  ) {}

  /** Opens the first one before there is a client, whose own words for a failure say little. @throws NetworkError */
  async prepare(signal?: AbortSignal): Promise<void> {
    this.ready = await this.dial(signal);
  }

  /** What the client makes its connections with. */
  get shape(): new (url: string, protocols?: string | string[]) => RelaySocketShape {
    const take = () => this.take();
    if (this.place.transport === 'amqp') {
      return class extends AmqpSocket {
        constructor(readonly url: string) {
          super(take);
        }
      };
    }
    const { host, port } = this.place;
    const address = `wss://${host.includes(':') ? `[${host}]` : host}:${port}${WEB_SOCKET_PATH}`;
    return class extends WebSocketClient {
      constructor(_: string, protocols?: string | string[]) {
        super(address, protocols, {
          createConnection: connector(take),
          handshakeTimeout: UPGRADE_TIMEOUT_MS,
          maxPayload: MAX_MESSAGE_BYTES,
          perMessageDeflate: false,
        });
      }
    };
  }

  /** Cuts what is open: the other side does not answer any more, so there is nobody to say goodbye to. */
  cut(): void {
    for (const socket of this.open) socket.destroy();
  }

  private async take(): Promise<TLSSocket> {
    const { ready } = this;
    this.ready = undefined;
    return ready && !ready.destroyed ? ready : this.dial();
  }

  private async dial(signal?: AbortSignal): Promise<TLSSocket> {
    const { host, port, transport } = this.place;
    const alpn = transport === 'websockets' ? { alpn: ['http/1.1'] } : {};
    const socket = await this.network.secure({ host, port, signal, ...alpn });
    this.open.add(socket);
    // Whoever takes it listens too; until then an error must not end the program.
    socket.on('error', () => undefined);
    socket.once('close', () => this.open.delete(socket));
    return socket;
  }
}

type CreateConnection = NonNullable<ClientOptions['createConnection']>;

/** Node's HTTP client takes a connection that comes later, through a callback; its types know the immediate one only. */
function connector(take: () => Promise<TLSSocket>): CreateConnection {
  const connect = (_: unknown, done: (error: unknown, socket?: TLSSocket) => void) => {
    take().then(
      (socket) => {
        done(null, socket);
      },
      (error: unknown) => {
        done(error);
      },
    );
  };
  return connect as unknown as CreateConnection;
}
