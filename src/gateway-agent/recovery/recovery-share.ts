import { createHash } from 'node:crypto';
import { fromBase32, toBase32 } from './base32.js';

/** One part of a recovery key, of which some number makes the whole. Alone it tells nothing of the key but a rough length. */
export interface RecoveryShare {
  /** Tells shares of one split from those of another; 5 random bytes in base32. */
  readonly set: string;
  /** From 1. */
  readonly number: number;
  readonly of: number;
  readonly threshold: number;
  /** Id of the gateway, as far as it was known. */
  readonly gatewayId: string | undefined;
  readonly data: Uint8Array;
}

/** Why a text is no share, in words that follow "The share …". */
export class ShareDamaged extends Error {
  override readonly name = 'ShareDamaged';
}

const CHECKSUM_LABEL = 'tidegate-recovery-share/1';
/** 40 bits: a slip of the finger is found, all but one in 10^12. Whoever changes a share on purpose can make a new one. */
const CHECKSUM_BYTES = 5;
const HEADER =
  /^tidegate-recovery-share v(\d+) set=(\S+) share=(\d+)\/(\d+) threshold=(\d+)(?: gateway=(\S+))? checksum=(\S+)$/i;
const VERSION = 1;
const GROUP = 5;
const GROUPS_A_LINE = 6;

/** A share as it is kept on paper or in a file. */
export function writeShare(share: RecoveryShare, gatewayName?: string): string {
  const { set, number, of, threshold, gatewayId, data } = share;
  const name = gatewayName === undefined ? '' : ` of the gateway ${JSON.stringify(gatewayName)}`;
  const groups = toBase32(data).match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? [];
  const lines: string[] = [];
  while (groups.length > 0) lines.push(groups.splice(0, GROUPS_A_LINE).join(' '));
  return [
    `# Share ${number} of ${of} of the recovery key${name}. Any ${threshold} of them make the key; one alone makes nothing.`,
    `tidegate-recovery-share v${VERSION} set=${set} share=${number}/${of} threshold=${threshold}` +
      `${gatewayId === undefined ? '' : ` gateway=${gatewayId}`} checksum=${checksumOf(share)}`,
    ...lines,
    '',
  ].join('\n');
}

/** Lines that begin with # are for people. @throws ShareDamaged */
export function readShare(text: string): RecoveryShare {
  const [header = '', ...lines] = text
    .split(/\r?\n/)
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter((line) => line !== '' && !line.startsWith('#'));
  const found = HEADER.exec(header);
  if (!found) throw new ShareDamaged('has no line that begins with tidegate-recovery-share and tells what it is');
  const [, version, set = '', number, of, threshold, gateway, checksum = ''] = found;
  if (Number(version) !== VERSION) throw new ShareDamaged(`is of version ${version}, which this agent does not know`);
  const data = fromBase32(lines.join(''));
  if (!data || data.length === 0) throw new ShareDamaged('holds signs that no share has, or lacks some');
  const share: RecoveryShare = {
    set: canonical(set),
    number: Number(number),
    of: Number(of),
    threshold: Number(threshold),
    gatewayId: gateway?.toLowerCase(),
    data,
  };
  if (checksumOf(share) !== canonical(checksum)) {
    throw new ShareDamaged('is damaged: its checksum does not fit. Compare it with the paper, sign by sign');
  }
  return share;
}

function checksumOf({ set, number, of, threshold, gatewayId, data }: RecoveryShare): string {
  const about = JSON.stringify([CHECKSUM_LABEL, set, number, of, threshold, gatewayId ?? null]);
  return toBase32(createHash('sha256').update(about).update(data).digest().subarray(0, CHECKSUM_BYTES));
}

/** The spelling that `toBase32` has for what somebody typed; what is no base32 stays, and fits nothing. */
function canonical(text: string): string {
  const bytes = fromBase32(text);
  return bytes ? toBase32(bytes) : text;
}
