import type { Client, SFTPWrapper } from 'ssh2';
import type { Egress } from '../egress.js';
import { SourceError } from '../source-error.js';
import { fingerprintOf, isSameFingerprint } from './host-key.js';
import { loginFailure, sessionLost } from './sftp-failure.js';
import type { SftpLogin } from './sftp-login.js';

/** Longest wait from the socket to a session at work, in milliseconds. */
const READY_TIMEOUT_MS = 20_000;
/** A session that does not answer is asked this often, and given up after the third silence. */
const KEEP_ALIVE_MS = 5_000;

type Callback<T> = (error: Error | null | undefined, value: T) => void;

/** One signed-in session at an SFTP server. Many requests share it. */
export class SftpSession {
  private isOver = false;
  private readonly ended: Promise<never>;

  private constructor(
    private readonly client: Client,
    readonly sftp: SFTPWrapper,
    private readonly login: SftpLogin,
    onEnd: () => void,
  ) {
    this.ended = new Promise((_, reject) => {
      const end = (error?: unknown): void => {
        this.isOver = true;
        onEnd();
        reject(sessionLost(login.target, error instanceof Error ? error : undefined));
      };
      client.once('close', end);
      sftp.once('close', end);
    });
    // Observed by whatever runs; with nothing running nobody watches it.
    this.ended.catch(() => undefined);
  }

  /**
   * Signs in, if the server is the one that the connection names.
   *
   * @throws SourceError SOURCE_UNREACHABLE, SOURCE_DENIED, SOURCE_FAILED, POLICY_DENIED, VALIDATION_FAILED
   */
  static async open(login: SftpLogin, egress: Egress, onEnd: () => void): Promise<SftpSession> {
    const { target, config, password } = login;
    // Loaded when first needed: an agent without SFTP connections does without.
    const { default: ssh2 } = await import('ssh2');
    const sock = await egress.connect({ host: target.server, port: target.port });
    const client = new ssh2.Client();
    let seen: string | undefined;
    try {
      const sftp = await new Promise<SFTPWrapper>((resolve, reject) => {
        client.on('error', reject);
        client.once('close', () => {
          reject(sessionLost(target));
        });
        client.on('keyboard-interactive', (_name, _instructions, _language, prompts, finish) => {
          // One hidden question is the one for the password; nothing else is answered.
          finish(prompts.length === 1 && prompts[0]?.echo === false ? [password ?? ''] : []);
        });
        client.once('ready', () => {
          client.sftp((error, session) => {
            if (error) reject(error);
            else resolve(session);
          });
        });
        client.connect({
          ...config,
          sock,
          readyTimeout: READY_TIMEOUT_MS,
          keepaliveInterval: KEEP_ALIVE_MS,
          hostVerifier: (key: Buffer) => {
            seen = fingerprintOf(key);
            return isSameFingerprint(seen, target.hostKey);
          },
        });
      });
      return new SftpSession(client, sftp, login, onEnd);
    } catch (error) {
      client.on('error', () => undefined);
      client.destroy();
      sock.destroy();
      if (seen !== undefined && !isSameFingerprint(seen, target.hostKey)) {
        throw new SourceError('SOURCE_DENIED', "The server's key is not the one that the connection names.", {
          hop: 'source',
          details: { server: target.server, port: target.port, seen },
        });
      }
      throw readable(error) ?? loginFailure(error, target);
    }
  }

  get isUsable(): boolean {
    return !this.isOver;
  }

  /**
   * Sends one request.
   *
   * @param late told of an answer that came after the caller had left, so that what it opened is closed
   * @throws SourceError REQUEST_CANCELLED, SOURCE_UNREACHABLE; the server's own errors, with a number as `code`
   */
  async call<T>(signal: AbortSignal, send: (callback: Callback<T>) => void, late?: (value: T) => void): Promise<T> {
    if (signal.aborted) throw new SourceError('REQUEST_CANCELLED', 'The request was cancelled.');
    let isLeft = false;
    let leave = (): void => undefined;
    const left = new Promise<never>((_, reject) => {
      leave = () => {
        reject(new SourceError('REQUEST_CANCELLED', 'The request was cancelled.'));
      };
      signal.addEventListener('abort', leave, { once: true });
    });
    const answer = new Promise<T>((resolve, reject) => {
      send((error, value) => {
        if (error) reject(this.isOver ? sessionLost(this.login.target, error) : error);
        else if (isLeft) late?.(value);
        else resolve(value);
      });
    });
    answer.catch(() => undefined);
    try {
      return await Promise.race([answer, left, this.ended]);
    } finally {
      isLeft = true;
      signal.removeEventListener('abort', leave);
    }
  }

  end(): void {
    this.isOver = true;
    this.client.on('error', () => undefined);
    this.client.destroy();
  }
}

/** What the library refuses before it speaks to anybody: a key that it cannot read. Its words may hold parts of it. */
function readable(error: unknown): SourceError | undefined {
  if (!(error instanceof Error) || !/privateKey|passphrase/i.test(error.message)) return undefined;
  return new SourceError('VALIDATION_FAILED', 'The private key cannot be read, or its passphrase is another one.');
}
