import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { parseJson } from './member-record.js';
import type { StateFolder } from './state-folder.js';

const FILE = 'bindings.jsonl';
/** Ciphertexts remembered. The oldest goes first; a gateway with this many credentials is far from anything seen. */
const MAX_BINDINGS = 50_000;

const hashSchema = z.string().length(43);
/** Lines of the first agents have no content. */
const bindingSchema = z.object({ credential: hashSchema, content: hashSchema.optional(), target: hashSchema });
type Binding = z.infer<typeof bindingSchema>;

/** What tells one sealed credential from all others. */
export interface SealedMark {
  /** SHA-256 of the whole sealed text: another one after each re-sealing. */
  readonly credential: string;
  /** SHA-256 of what is under the MAC and its keys: a re-sealing leaves it as the client wrote it. */
  readonly content: string;
}

/** SHA-256, base64url. */
export function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('base64url');
}

/**
 * Remembers where each sealed credential was used first. The sealed text says nothing of its target, so this is what
 * stops a control plane from sending a password to a server of its choice.
 *
 * Credentials are known by their content: a rotation changes every sealed text, and a list of which became which would
 * come by way of the control plane, which could keep lines of it back.
 */
export class BindingLedger {
  private readonly targets = { credential: new Map<string, string>(), content: new Map<string, string>() };

  private constructor(private readonly file: FileHandle) {}

  /** Reads the ledger and rewrites it when it has grown beyond what is kept. */
  static async open(folder: StateFolder): Promise<BindingLedger> {
    const kept = await readBindings(folder);
    await folder.write(FILE, kept.map((binding) => `${JSON.stringify(binding)}\n`).join(''));
    const ledger = new BindingLedger(await open(folder.file(FILE), 'a', 0o600));
    for (const binding of kept) ledger.learn(binding);
    return ledger;
  }

  /**
   * What is bound already, for somebody who looks on beside the agent that owns the file.
   *
   * @returns the hash of the target that a credential is bound to; undefined for one that was never used
   */
  static async view(folder: StateFolder): Promise<(mark: SealedMark) => string | undefined> {
    const targets = { credential: new Map<string, string>(), content: new Map<string, string>() };
    for (const { credential, content, target } of await readBindings(folder)) {
      remember(targets.credential, credential, target);
      if (content !== undefined) remember(targets.content, content, target);
    }
    return ({ credential, content }) => targets.content.get(content) ?? targets.credential.get(credential);
  }

  /**
   * Binds a sealed credential to a target at first use; later only checks.
   *
   * @param target hash of the target's fingerprint
   * @returns whether the credential may be used there
   */
  async bind(mark: SealedMark, target: string): Promise<boolean> {
    const bound = this.boundTo(mark);
    if (bound !== undefined && bound !== target) return false;
    const { credential, content } = this.targets;
    if (credential.has(mark.credential) && content.has(mark.content)) return true;
    const forget = this.learn({ ...mark, target });
    try {
      await this.file.appendFile(`${JSON.stringify({ ...mark, target })}\n`);
      await this.file.datasync();
    } catch (error) {
      forget();
      throw error;
    }
    return true;
  }

  /**
   * Notes the content of a credential that is being sealed anew, for one that was bound before contents were kept. One
   * never used stays unbound.
   */
  async carryOver(mark: SealedMark): Promise<void> {
    const target = this.boundTo(mark);
    if (target !== undefined) await this.bind(mark, target);
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private boundTo({ credential, content }: SealedMark): string | undefined {
    return this.targets.content.get(content) ?? this.targets.credential.get(credential);
  }

  /** @returns what undoes it */
  private learn({ credential, content, target }: Binding): () => void {
    const undo = [remember(this.targets.credential, credential, target)];
    if (content !== undefined) undo.push(remember(this.targets.content, content, target));
    return () => {
      for (const step of undo) step();
    };
  }
}

async function readBindings(folder: StateFolder): Promise<Binding[]> {
  const known = new Map<string, Binding>();
  const lines = (await folder.read(FILE))?.toString('utf8').split('\n') ?? [];
  for (const line of lines) {
    // A line that a crash cut short was never relied upon: the credential was not handed out yet.
    const binding = bindingSchema.safeParse(parseJson(line));
    if (!binding.success) continue;
    const before = known.get(binding.data.credential);
    // Where it is bound holds for ever; a later line may only add the content.
    known.set(binding.data.credential, { ...binding.data, ...before });
  }
  return [...known.values()].slice(-MAX_BINDINGS);
}

/** What is known already stays. @returns what undoes it */
function remember(known: Map<string, string>, hash: string, target: string): () => void {
  if (known.has(hash)) return () => undefined;
  known.set(hash, target);
  const oldest = known.keys().next();
  if (known.size > MAX_BINDINGS && !oldest.done) known.delete(oldest.value);
  return () => known.delete(hash);
}
