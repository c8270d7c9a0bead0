import type { Socket } from 'node:net';

/** Sockets that are joined in pairs, and what may befall them. */
export class SocketPairs {
  private readonly pairs = new Map<Socket, Socket>();
  private readonly frozen = new Set<Socket>();

  /** Pairs that are open. */
  get size(): number {
    return this.pairs.size;
  }

  join(near: Socket, far: Socket): void {
    this.pairs.set(near, far);
    near.pipe(far);
    far.pipe(near);
    for (const socket of [near, far]) {
      socket.on('error', () => undefined);
      socket.once('close', () => {
        this.pairs.delete(near);
        // What fell into the hole hears nothing of the other side's end either.
        if (this.frozen.has(near)) return;
        near.destroy();
        far.destroy();
      });
    }
  }

  /** The black hole: nothing is read or written any more, and every socket stays open. @returns how many pairs fell in */
  freeze(): number {
    for (const [near, far] of this.pairs) {
      near.unpipe(far);
      far.unpipe(near);
      near.pause();
      far.pause();
      this.frozen.add(near).add(far);
    }
    return this.pairs.size;
  }

  destroy(): void {
    for (const socket of this.frozen) socket.destroy();
    for (const [near, far] of this.pairs) {
      near.destroy();
      far.destroy();
    }
  }
}
