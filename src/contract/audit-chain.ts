import { readAuditCheckpoint, CheckpointError, type AuditKey } from './audit-checkpoint.js';
import type { AuditExportLine } from './audit-export.js';
import { FIRST_PREV_HASH, hashEntry, type ExportedAuditEntry } from './audit-entry.js';

/** What can be wrong with a chain, or with the file it was read from. */
export type ChainFaultKind = 'hash' | 'gap' | 'order' | 'link' | 'checkpoint' | 'unchained' | 'unreadable';

export interface ChainFault {
  readonly kind: ChainFaultKind;
  /** Of the entry where it was noticed; null where there is none. */
  readonly seq: number | null;
  readonly text: string;
}

/** What verifying found. */
export interface ChainReport {
  readonly isIntact: boolean;
  readonly entries: number;
  readonly firstSeq: number | null;
  readonly lastSeq: number | null;
  readonly checkpoints: number;
  /** Last entry that a good checkpoint covers: up to there nobody without the audit key can have changed anything. */
  readonly checkpointSeq: number | null;
  /** Entries older than the chain, which nothing protects. */
  readonly unchained: number;
  readonly faultCount: number;
  /** The first hundred. */
  readonly faults: readonly ChainFault[];
}

export interface ChainExpectations {
  readonly tenantId: string;
  readonly key: AuditKey;
  /** Where reading begins. From 1 on, the chain's beginning is checked too. */
  readonly fromSeq: number;
}

const MAX_FAULTS = 100;
const ZEROS = FIRST_PREV_HASH.toString('base64url');

/** Checks a tenant's chain entry by entry, in order of `seq`, each checkpoint after its entry. Memory does not grow. */
export class ChainVerifier {
  private readonly faults: ChainFault[] = [];
  private faultCount = 0;
  private entries = 0;
  private checkpoints = 0;
  private checkpointSeq: number | null = null;
  private unchained = 0;
  private newestUnchainedId = 0;
  private first: { readonly seq: number; readonly id: number } | undefined;
  private last: { readonly seq: number; readonly hash: string } | undefined;

  constructor(private readonly expected: ChainExpectations) {}

  line(line: AuditExportLine): void {
    if (line.kind === 'entry') this.entry(line);
    else if (line.kind === 'checkpoint') this.checkpoint(line.jws);
    else this.end(line);
  }

  entry(entry: ExportedAuditEntry): void {
    const { seq, hash, prevHash } = entry;
    if (seq === null || hash === null || prevHash === null) return this.unchainedEntry(entry);
    this.entries += 1;
    if (entry.tenantId !== this.expected.tenantId) this.fault('link', seq, 'it belongs to another tenant');
    this.checkPlace(seq, prevHash);
    const computed = hashEntry({ ...entry, seq }, Buffer.from(prevHash, 'base64url')).toString('base64url');
    if (computed !== hash) this.fault('hash', seq, 'its content is not what was recorded');
    if (!this.first) this.begin(seq, entry.id);
    this.last = { seq, hash };
  }

  checkpoint(jws: string): void {
    this.checkpoints += 1;
    const { last, expected } = this;
    try {
      const { tenantId, seq, hash } = readAuditCheckpoint(jws, expected.key);
      if (tenantId !== expected.tenantId) this.fault('checkpoint', seq, 'the checkpoint is of another tenant');
      else if (seq !== last?.seq)
        this.fault('checkpoint', seq, 'the entry that the checkpoint stands for is not there');
      else if (hash !== last.hash) this.fault('checkpoint', seq, 'the entry differs from the one that was signed for');
      else this.checkpointSeq = seq;
    } catch (error) {
      if (!(error instanceof CheckpointError)) throw error;
      this.fault('checkpoint', last?.seq ?? null, `the checkpoint cannot be relied on: ${error.message}`);
    }
  }

  /** @param end where the chain is said to stand; without a hash, where reading was to stop */
  end(end: { readonly seq: number; readonly hash: string | null }): void {
    const { last, expected } = this;
    const lastSeq = last?.seq ?? 0;
    if (end.seq >= expected.fromSeq && lastSeq < end.seq) {
      this.fault('gap', end.seq, `entries ${Math.max(lastSeq + 1, expected.fromSeq)} to ${end.seq} are missing`);
    } else if (last && lastSeq > end.seq) {
      this.fault('order', lastSeq, `it lies beyond the chain's end, which is ${end.seq}`);
    } else if (last && end.hash !== null && last.hash !== end.hash) {
      this.fault('link', lastSeq, 'it is not the entry that the chain ended with');
    }
  }

  /** For what could not even be read. */
  unreadable(text: string): void {
    this.fault('unreadable', this.last?.seq ?? null, text);
  }

  report(): ChainReport {
    const { faultCount, faults, entries, checkpoints, checkpointSeq, unchained, first, last } = this;
    return {
      isIntact: faultCount === 0,
      entries,
      firstSeq: first?.seq ?? null,
      lastSeq: last?.seq ?? null,
      checkpoints,
      checkpointSeq,
      unchained,
      faultCount,
      faults,
    };
  }

  private checkPlace(seq: number, prevHash: string): void {
    const { last, expected } = this;
    const wanted = last ? last.seq + 1 : expected.fromSeq;
    if (seq > wanted) {
      this.fault(
        'gap',
        seq,
        seq === wanted + 1 ? `entry ${wanted} is missing` : `entries ${wanted} to ${seq - 1} are missing`,
      );
    } else if (seq < wanted) {
      this.fault('order', seq, `entry ${wanted} was to come here`);
    } else if (last ? prevHash !== last.hash : seq === 1 && prevHash !== ZEROS) {
      this.fault('link', seq, 'it does not follow from the entry before');
    }
  }

  private begin(seq: number, id: number): void {
    this.first = { seq, id };
    if (this.newestUnchainedId > id) this.strayEntry(this.newestUnchainedId);
  }

  private unchainedEntry({ id, seq, hash, prevHash }: ExportedAuditEntry): void {
    if (seq !== null || hash !== null || prevHash !== null)
      this.fault('hash', seq, 'its place in the chain is half erased');
    this.unchained += 1;
    if (this.first && id > this.first.id) this.strayEntry(id);
    this.newestUnchainedId = Math.max(this.newestUnchainedId, id);
  }

  private strayEntry(id: number): void {
    this.fault('unchained', null, `entry with the id ${id} is newer than the chain but not part of it`);
  }

  private fault(kind: ChainFaultKind, seq: number | null, text: string): void {
    this.faultCount += 1;
    if (this.faults.length < MAX_FAULTS) this.faults.push({ kind, seq, text });
  }
}
