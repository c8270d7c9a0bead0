import { z } from 'zod';
import { parseJson } from '../member-record.js';
import type { StateFolder } from '../state-folder.js';

const FILE = 'admission.json';
const pendingSchema = z.object({ gatewayId: z.guid() });

/**
 * Remembers that this machine asked to be admitted and does not know the answer: it was lost, or the agent ended before
 * the keys were on disk. The gateway may then have a member here whose keys nobody holds, which the next try replaces.
 */
export class PendingAdmission {
  private constructor(
    private readonly folder: StateFolder,
    private readonly found: string | undefined,
  ) {}

  static async open(folder: StateFolder): Promise<PendingAdmission> {
    const bytes = await folder.read(FILE);
    const parsed = pendingSchema.safeParse(bytes ? parseJson(bytes) : undefined);
    return new PendingAdmission(folder, parsed.success ? parsed.data.gatewayId : undefined);
  }

  /** Whether an earlier try at this gateway ended without an answer. */
  isOf(gatewayId: string): boolean {
    return this.found === gatewayId;
  }

  async begin(gatewayId: string): Promise<void> {
    await this.folder.write(FILE, JSON.stringify({ gatewayId }));
  }

  /** The answer was no: what was known before is known still. */
  async refused(): Promise<void> {
    if (this.found === undefined) await this.folder.remove(FILE);
    else await this.begin(this.found);
  }

  async done(): Promise<void> {
    await this.folder.remove(FILE);
  }

  async isOpen(): Promise<boolean> {
    return (await this.folder.read(FILE)) !== undefined;
  }
}
