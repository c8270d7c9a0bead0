import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Egress } from '../egress.js';
import { SourceError } from '../source-error.js';

/** Which backend to interrupt, and how to reach its server. */
export interface CancelTarget {
  readonly host: string;
  readonly port: number;
  readonly processId: number;
  readonly secretKey: number;
  /** The session is encrypted: its key is not sent in the clear, either. */
  readonly isEncrypted: boolean;
}

/** Codes that stand in place of a protocol version (PostgreSQL documentation, "Message Formats"). */
const CANCEL_REQUEST_CODE = 80_877_102;
const SSL_REQUEST_CODE = 80_877_103;

/** Longest wait for the server to take a cancel request, in milliseconds. The request is a courtesy; closing follows anyway. */
const CANCEL_TIMEOUT_MS = 1000;

/**
 * Asks the server to stop what a backend is doing. The server answers by closing, never by a word; a failure to ask
 * leaves nothing to do but close the session, so it only settles.
 */
export async function sendCancelRequest(target: CancelTarget, egress: Egress): Promise<void> {
  const message = Buffer.alloc(16);
  message.writeInt32BE(16, 0);
  message.writeInt32BE(CANCEL_REQUEST_CODE, 4);
  message.writeInt32BE(target.processId, 8);
  message.writeInt32BE(target.secretKey, 12);

  const socket = await reach(target, egress);
  if (!socket) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => socket.destroy(), CANCEL_TIMEOUT_MS);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.on('error', () => socket.destroy());
    if (target.isEncrypted) upgrade(socket, message);
    else socket.end(message);
    // Without a reader the end of the stream is never seen.
    if (!target.isEncrypted) socket.resume();
  });
}

async function reach({ host, port }: CancelTarget, egress: Egress): Promise<Socket | undefined> {
  try {
    return await egress.connect({ host, port, timeoutMs: CANCEL_TIMEOUT_MS });
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}

function upgrade(socket: Socket, message: Buffer): void {
  const request = Buffer.alloc(8);
  request.writeInt32BE(8, 0);
  request.writeInt32BE(SSL_REQUEST_CODE, 4);
  socket.write(request);
  socket.once('data', (answer) => {
    if (answer.toString('latin1') !== 'S') {
      socket.destroy();
      return;
    }
    // A key good for one interruption goes to the address that the checked session already uses.
    const secure = connectTls({ socket, rejectUnauthorized: false }, () => secure.end(message));
    secure.on('error', () => socket.destroy());
    secure.resume();
  });
}
