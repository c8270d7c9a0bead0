/**
 * Names on the bus. Lower case, ids and epochs of fixed width, a slash after every word: one token covers exactly one
 * prefix, and even a plain string comparison of prefixes cannot reach a neighbour.
 *
 * They stand in the contract because both ends and the token rules must agree on them; only the two bus adapters use them.
 */

/** Epochs are written as eight hex digits. */
export function epochSegment(epoch: number): string {
  return epoch.toString(16).padStart(8, '0');
}

/** Prefix of everything that belongs to one epoch of a gateway. */
export function gatewayPrefix(gatewayId: string, epoch: number): string {
  return `gw/${gatewayId}/${epochSegment(epoch)}`;
}

/** Where members compete for reads. */
export function workQueue(gatewayId: string, epoch: number): string {
  return `${gatewayPrefix(gatewayId, epoch)}/work`;
}

/** What one member alone reads: writes, control, parts of bodies. */
export function memberQueue(gatewayId: string, epoch: number, memberId: string): string {
  return `${gatewayPrefix(gatewayId, epoch)}/m/${memberId}`;
}

/** Prefix of all reply queues: agents may send below it and nowhere else. */
export const REPLY_PREFIX = 'rp';

/** Where one replica reads answers. */
export function replyQueue(cell: string, cellEpoch: number, replicaId: string): string {
  return `${REPLY_PREFIX}/${cell}.${epochSegment(cellEpoch)}/${replicaId}`;
}
