import type { Capabilities } from '../../contract/capabilities.js';
import { DomainError } from '../../common/errors/domain-error.js';

/** Bytes of JSON. Ours take one kilobyte; every route carries those of all members, and every heartbeat writes them. */
const MAX_CAPABILITIES_BYTES = 16 * 1024;

/** @throws DomainError PAYLOAD_TOO_LARGE for a list that no agent of ours would send */
export function assertModest(capabilities: Capabilities): void {
  if (Buffer.byteLength(JSON.stringify(capabilities)) <= MAX_CAPABILITIES_BYTES) return;
  throw new DomainError('PAYLOAD_TOO_LARGE', { path: 'capabilities', limitBytes: MAX_CAPABILITIES_BYTES });
}
