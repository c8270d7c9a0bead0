import { ChainVerifier, type ChainReport } from '../contract/audit-chain.js';
import { auditKeyFingerprint } from '../contract/audit-checkpoint.js';
import { auditExportHeaderSchema, auditExportLineSchema, type AuditExportHeader } from '../contract/audit-export.js';
import { CommandError } from './exit-codes.js';
import { LineTooLong, linesOf } from './lines.js';

/** What verifying an exported file found. */
export interface FileReport extends ChainReport {
  readonly tenantId: string;
  /** Of the key that the file names. */
  readonly keyFingerprint: string;
  /** Whether that is the key that was asked for, and not only the one the file names. */
  readonly isKeyPinned: boolean;
}

/**
 * @param keyFingerprint what the audit key must be, when it is known from elsewhere
 * @throws CommandError when this is no export at all
 */
export async function verifyAudit(chunks: AsyncIterable<Buffer>, keyFingerprint?: string): Promise<FileReport> {
  const lines = linesOf(chunks);
  const header = await readHeader(lines);
  const fingerprint = auditKeyFingerprint(header.key);
  const verifier = new ChainVerifier(header);
  if (keyFingerprint !== undefined && keyFingerprint !== fingerprint) {
    verifier.unreadable(`the file names another audit key, ${fingerprint}`);
  }
  try {
    let isComplete = false;
    for await (const line of lines) {
      if (isComplete) {
        verifier.unreadable('there is more after the last line');
        break;
      }
      const parsed = auditExportLineSchema.safeParse(parseLine(line));
      if (!parsed.success) verifier.unreadable('a line is not one of an export');
      else {
        verifier.line(parsed.data);
        isComplete = parsed.data.kind === 'end';
      }
    }
    if (!isComplete) verifier.unreadable('the file breaks off before its last line');
  } catch (error) {
    if (!(error instanceof LineTooLong)) throw error;
    verifier.unreadable(error.message);
  }
  return {
    tenantId: header.tenantId,
    keyFingerprint: fingerprint,
    isKeyPinned: keyFingerprint === fingerprint,
    ...verifier.report(),
  };
}

async function readHeader(lines: AsyncGenerator<string>): Promise<AuditExportHeader> {
  let first: IteratorResult<string>;
  try {
    first = await lines.next();
  } catch (cause) {
    throw new CommandError(`The file cannot be read: ${cause instanceof Error ? cause.message : 'unknown'}.`, {
      cause,
    });
  }
  const header = auditExportHeaderSchema.safeParse(first.done === true ? undefined : parseLine(first.value));
  if (!header.success) throw new CommandError('This is not an audit export of a version that this program knows.');
  return header.data;
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
