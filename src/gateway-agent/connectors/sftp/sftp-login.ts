import { createHash } from 'node:crypto';
import type { ConnectConfig } from 'ssh2';
import type { SftpTarget } from '../../../contract/targets.js';
import type { ConnectorRequest } from '../connector.js';
import { SourceError } from '../source-error.js';

/** Nothing that rests on SHA-1, MD5, CBC or keys of 1024 bits. @see RFC 9142 */
const ALGORITHMS: NonNullable<ConnectConfig['algorithms']> = {
  kex: [
    'curve25519-sha256',
    'curve25519-sha256@libssh.org',
    'ecdh-sha2-nistp256',
    'ecdh-sha2-nistp384',
    'ecdh-sha2-nistp521',
    'diffie-hellman-group16-sha512',
    'diffie-hellman-group18-sha512',
    'diffie-hellman-group14-sha256',
  ],
  serverHostKey: [
    'ssh-ed25519',
    'ecdsa-sha2-nistp256',
    'ecdsa-sha2-nistp384',
    'ecdsa-sha2-nistp521',
    'rsa-sha2-512',
    'rsa-sha2-256',
  ],
  cipher: ['aes256-gcm@openssh.com', 'aes128-gcm@openssh.com', 'aes256-ctr', 'aes192-ctr', 'aes128-ctr'],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
  compress: ['none'],
};

/** How one connection signs in at its server. */
export interface SftpLogin {
  readonly connectionId: string;
  readonly target: SftpTarget;
  /** Stands for place and credential together; the secret itself is no key of a map. */
  readonly id: string;
  readonly config: ConnectConfig;
  /** For servers that ask for the password in a dialogue instead of taking it. */
  readonly password: string | undefined;
}

/** @throws SourceError VALIDATION_FAILED when the credential does not hold what its type says */
export function readLogin(request: ConnectorRequest, target: SftpTarget): SftpLogin {
  const { connectionId, credentialType, secret } = request;
  const username = secret.get('username') ?? '';
  if (username === '') throw malformed('The credential has no field username.');
  const [password, key, passphrase] = [secret.get('password'), secret.get('key'), secret.get('passphrase')];
  const parts = JSON.stringify([connectionId, target, credentialType, username, password, key, passphrase]);
  const id = createHash('sha256').update(parts).digest('base64');
  const common = { username, algorithms: ALGORITHMS };
  if (credentialType === 'Basic') {
    if (password === undefined) throw malformed('The credential has no field password.');
    const config = { ...common, password, tryKeyboard: true } satisfies ConnectConfig;
    return {
      connectionId,
      target,
      id,
      password,
      config: { ...config, authHandler: ['password', 'keyboard-interactive'] },
    };
  }
  if (credentialType !== 'Key') {
    throw new SourceError('VALIDATION_FAILED', 'An SFTP server is reached with a password or a private key.', {
      details: { credentialType },
    });
  }
  if (key === undefined || key === '') throw malformed('The credential has no field key.');
  const config: ConnectConfig = {
    ...common,
    privateKey: key,
    authHandler: ['publickey'],
    ...(passphrase === undefined ? {} : { passphrase }),
  };
  return { connectionId, target, id, password: undefined, config };
}

function malformed(message: string): SourceError {
  return new SourceError('VALIDATION_FAILED', message);
}
