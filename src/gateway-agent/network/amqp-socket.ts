import type { TLSSocket } from 'node:tls';

type Listener = ((...args: never[]) => unknown) | null;

/** What the AMQP library uses of a WebSocket. */
export interface RelaySocketShape {
  onopen: Listener;
  onmessage: Listener;
  onclose: Listener;
  onerror: Listener;
  send(data: Uint8Array): void;
  close(): void;
}

/** AMQP over TLS in the shape of a WebSocket: bytes go through as they are. */
export class AmqpSocket implements RelaySocketShape {
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: Buffer }) => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: ((error: unknown) => void) | null = null;
  private socket: TLSSocket | undefined;
  private isClosed = false;

  constructor(take: () => Promise<TLSSocket>) {
    take().then(
      (socket) => {
        this.opened(socket);
      },
      (error: unknown) => {
        this.end(error);
      },
    );
  }

  send(data: Uint8Array): void {
    this.socket?.write(data);
  }

  close(): void {
    if (this.socket) this.socket.end();
    else this.end(undefined);
  }

  private opened(socket: TLSSocket): void {
    if (this.isClosed) {
      socket.destroy();
      return;
    }
    this.socket = socket;
    let failure: unknown;
    socket.setNoDelay(true);
    socket.on('data', (data: Buffer) => this.onmessage?.({ data }));
    socket.on('error', (error) => {
      failure = error;
    });
    socket.on('close', () => {
      this.end(failure);
    });
    if (socket.destroyed) this.end(failure);
    else this.onopen?.();
  }

  /** Told once: as a failure or as an end, never as both. */
  private end(failure: unknown): void {
    if (this.isClosed) return;
    this.isClosed = true;
    if (failure === undefined) this.onclose?.();
    else this.onerror?.(failure);
  }
}
