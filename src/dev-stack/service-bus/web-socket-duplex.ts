import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';

/**
 * A WebSocket with the few methods of a socket that rhea calls. Frames of one turn go out as one WebSocket message.
 */
export class WebSocketDuplex extends EventEmitter {
  private corked = 0;
  private waiting: Buffer[] = [];

  constructor(private readonly webSocket: WebSocket) {
    super();
    webSocket.binaryType = 'nodebuffer';
    webSocket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) this.emit('data', data);
      else this.destroy();
    });
    webSocket.on('error', (error) => this.emit('error', error));
    webSocket.on('close', () => {
      this.emit('end');
      this.emit('close');
    });
  }

  /** Bytes not yet taken by the network. */
  get writableLength(): number {
    return this.webSocket.bufferedAmount;
  }

  write(data: Buffer): boolean {
    this.waiting.push(data);
    if (this.corked === 0) this.flush();
    return true;
  }

  cork(): void {
    this.corked++;
  }

  uncork(): void {
    if (--this.corked === 0) this.flush();
  }

  end(): void {
    this.flush();
    this.webSocket.close();
  }

  destroy(): void {
    this.webSocket.terminate();
  }

  get_id_string(): string {
    return 'websocket';
  }

  private flush(): void {
    const [only, ...more] = this.waiting;
    if (!only) return;
    const data = more.length === 0 ? only : Buffer.concat(this.waiting);
    this.waiting = [];
    if (this.webSocket.readyState === this.webSocket.OPEN)
      this.webSocket.send(data, { binary: true }, () => this.emit('drain'));
  }
}
