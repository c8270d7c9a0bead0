import type { Capabilities } from '../../contract/capabilities.js';
import type { HeartbeatRequest } from '../../contract/membership.js';
import { DomainError } from '../../common/errors/domain-error.js';

/** Bytes of JSON. Ours take one kilobyte; every route carries those of all members, and every heartbeat writes them. */
const MAX_CAPABILITIES_BYTES = 16 * 1024;

/** @throws DomainError PAYLOAD_TOO_LARGE for a list that no agent of ours would send */
export function assertModest(capabilities: Capabilities): void {
  if (Buffer.byteLength(JSON.stringify(capabilities)) <= MAX_CAPABILITIES_BYTES) return;
  throw new DomainError('PAYLOAD_TOO_LARGE', { path: 'capabilities', limitBytes: MAX_CAPABILITIES_BYTES });
}

/** What PostgreSQL stores in no text, as JSON writes it: the character zero, and halves of surrogate pairs. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** @throws DomainError VALIDATION_FAILED for texts that no agent of ours would send and the database would refuse */
export function assertStorable(beat: HeartbeatRequest): void {
  if (UNSTORABLE.test(JSON.stringify(beat))) throw new DomainError('VALIDATION_FAILED', { path: 'heartbeat' });
}
