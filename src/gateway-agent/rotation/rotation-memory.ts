import { z } from 'zod';
import { parseJson } from '../member-record.js';
import { importSealingKey, type SealingKey } from '../sealing-key.js';
import type { StateFolder } from '../state-folder.js';

const FILE = 'rotation.json';
const memorySchema = z.object({
  rotationId: z.guid(),
  /** Private half (PKCS #8, base64) that this member made as the leader and may not have brought yet. */
  made: z.base64().optional(),
  /** Id of the rotation's key, once it is in the key store: older ones go when the rotation is done. */
  adopted: z.string().optional(),
});
type Memory = z.infer<typeof memorySchema>;

/** What a member must not forget of a rotation when it is killed in the middle of it. */
export class RotationMemory {
  private constructor(
    private readonly folder: StateFolder,
    private memory: Memory | undefined,
  ) {}

  static async open(folder: StateFolder): Promise<RotationMemory> {
    const bytes = await folder.read(FILE);
    const parsed = memorySchema.safeParse(bytes ? parseJson(bytes) : undefined);
    return new RotationMemory(folder, parsed.success ? parsed.data : undefined);
  }

  get rotationId(): string | undefined {
    return this.memory?.rotationId;
  }

  /** The key made here for this rotation. */
  async made(rotationId: string): Promise<SealingKey | undefined> {
    const { made } = this.memory?.rotationId === rotationId ? this.memory : {};
    return made === undefined ? undefined : importSealingKey(Buffer.from(made, 'base64'));
  }

  /** Before anybody else hears of the key: lost afterwards, every credential sealed to it would be. */
  async keepMade(rotationId: string, key: SealingKey): Promise<void> {
    await this.save({ rotationId, made: key.pkcs8.toString('base64') });
  }

  async noteAdopted(rotationId: string, keyId: string): Promise<void> {
    if (this.memory?.rotationId === rotationId && this.memory.adopted === keyId) return;
    await this.save({ rotationId, adopted: keyId });
  }

  async forget(): Promise<void> {
    await this.folder.remove(FILE);
    this.memory = undefined;
  }

  private async save(memory: Memory): Promise<void> {
    await this.folder.write(FILE, JSON.stringify(memory));
    this.memory = memory;
  }
}
