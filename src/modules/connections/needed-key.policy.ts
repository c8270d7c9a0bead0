import type { ConnectionRoute } from './connections.types.js';

/**
 * The sealing key without which a member cannot work for the connection; undefined for one without a credential. Where
 * nobody said which key it was sealed to, it is the one that callers are given.
 */
export function neededKeyOf({
  connection,
  gateway,
}: {
  readonly connection: Pick<ConnectionRoute['connection'], 'credential' | 'sealingKeyId'>;
  readonly gateway: Pick<ConnectionRoute['gateway'], 'sealingKeyId'>;
}): string | undefined {
  return connection.credential === undefined ? undefined : (connection.sealingKeyId ?? gateway.sealingKeyId);
}
