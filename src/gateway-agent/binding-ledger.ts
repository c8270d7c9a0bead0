import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { parseJson } from './member-record.js';
import type { StateFolder } from './state-folder.js';

const FILE = 'bindings.jsonl';
/** Ciphertexts remembered. The oldest goes first; a gateway with this many credentials is far from anything seen. */
const MAX_BINDINGS = 50_000;

const bindingSchema = z.object({ credential: z.string().length(43), target: z.string().length(43) });

/** SHA-256, base64url. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/**
 * Remembers where each sealed credential was used first. The sealed text says nothing of its target, so this is what
 * stops a control plane from sending a password to a server of its choice.
 */
export class BindingLedger {
  private readonly bindings = new Map<string, string>();

  private constructor(private readonly file: FileHandle) {}

  /** Reads the ledger and rewrites it when it has grown beyond what is kept. */
  static async open(folder: StateFolder): Promise<BindingLedger> {
    const known = new Map<string, string>();
    const lines = (await folder.read(FILE))?.toString('utf8').split('\n') ?? [];
    for (const line of lines) {
      // A line that a crash cut short was never relied upon: the credential was not opened yet.
      const binding = bindingSchema.safeParse(parseJson(line));
      if (binding.success && !known.has(binding.data.credential)) {
        known.set(binding.data.credential, binding.data.target);
      }
    }
    const kept = [...known].slice(-MAX_BINDINGS);
    await folder.write(
      FILE,
      kept.map(([credential, target]) => `${JSON.stringify({ credential, target })}\n`).join(''),
    );
    const ledger = new BindingLedger(await open(folder.file(FILE), 'a', 0o600));
    for (const [credential, target] of kept) ledger.bindings.set(credential, target);
    return ledger;
  }

  /**
   * Binds a sealed credential to a target at first use; later only checks.
   *
   * @param credential hash of the sealed text
   * @param target hash of the target's fingerprint
   * @returns whether the credential may be used there
   */
  async bind(credential: string, target: string): Promise<boolean> {
    const bound = this.bindings.get(credential);
    if (bound !== undefined) return bound === target;
    this.bindings.set(credential, target);
    try {
      await this.file.appendFile(`${JSON.stringify({ credential, target })}\n`);
      await this.file.datasync();
    } catch (error) {
      this.bindings.delete(credential);
      throw error;
    }
    const oldest = this.bindings.keys().next();
    if (this.bindings.size > MAX_BINDINGS && !oldest.done) this.bindings.delete(oldest.value);
    return true;
  }

  /** Binds what a credential was re-sealed to, to where the credential itself was bound. One never used stays unbound. */
  async carryOver(from: string, to: string): Promise<void> {
    const target = this.bindings.get(from);
    if (target !== undefined) await this.bind(to, target);
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}
