import type { FileReport } from './verify-audit.js';

/** For people. */
export function describeReport(report: FileReport): string {
  const { entries, firstSeq, lastSeq, checkpoints, checkpointSeq, unchained, faultCount, faults } = report;
  const chain = entries === 0 ? 'no entries' : `entries ${firstSeq} to ${lastSeq} (${entries})`;
  const lines = [
    `${report.isIntact ? 'Intact' : 'TAMPERED WITH OR DAMAGED'}: ${chain}, tenant ${report.tenantId}`,
    `Checkpoints: ${checkpoints}${checkpointSeq === null ? '' : `, the last good one at entry ${checkpointSeq}`}`,
    `Audit key: ${report.keyFingerprint}${report.isKeyPinned ? '' : ' (as the file says; compare it, or give --key-fingerprint)'}`,
  ];
  if (unchained > 0) lines.push(`Older than the chain and not protected by it: ${unchained}`);
  lines.push(...faults.map(({ kind, seq, text }) => `  ${seq === null ? '' : `entry ${seq}: `}${text} [${kind}]`));
  if (faultCount > faults.length) lines.push(`  and ${faultCount - faults.length} more`);
  return lines.join('\n');
}
