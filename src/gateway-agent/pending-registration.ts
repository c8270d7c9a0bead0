import { createPrivateKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { registrationRequestSchema, type RegistrationRequest } from '../contract/registration.js';
import { CommandError } from './exit-codes.js';
import { parseJson } from './member-record.js';
import type { StateFolder } from './state-folder.js';
import { readStoredKeys, type StoredKeys } from './stored-keys.js';

const FILE = 'registration.json';
const pendingSchema = z.object({ controlPlane: z.url(), request: registrationRequestSchema, keys: z.unknown() });

/** A registration as it was asked for, with the private halves of the keys in it. */
export interface RegistrationDraft {
  readonly controlPlane: string;
  readonly request: RegistrationRequest;
  readonly keys: StoredKeys;
}

/**
 * Remembers what was asked for while the answer is not known: it was lost, or the command was ended before the member's
 * keys and record were on disk. The gateway may exist by then, and only these keys make it anybody's.
 */
export class PendingRegistration {
  constructor(private readonly folder: StateFolder) {}

  /** @throws CommandError state when the file is damaged */
  async find(): Promise<RegistrationDraft | undefined> {
    const bytes = await this.folder.read(FILE);
    if (!bytes) return undefined;
    const parsed = pendingSchema.safeParse(parseJson(bytes));
    const keys = parsed.success ? readStoredKeys(parsed.data.keys) : undefined;
    if (parsed.success && keys) return { ...parsed.data, keys };
    throw new CommandError(
      'state',
      `The file ${this.folder.file(FILE)}, which an interrupted registration left, is damaged.`,
      'Remove it and register again; a gateway that was registered by then is never online and can be deleted in the portal.',
    );
  }

  async begin(draft: RegistrationDraft): Promise<void> {
    await this.folder.write(FILE, JSON.stringify(draft));
  }

  async done(): Promise<void> {
    await this.folder.remove(FILE);
  }

  async isOpen(): Promise<boolean> {
    return (await this.folder.read(FILE)) !== undefined;
  }
}

/** The key that proves who the member of a draft is. */
export function identityOf({ keys }: RegistrationDraft): KeyObject {
  return createPrivateKey({ key: Buffer.from(keys.identity, 'base64'), format: 'der', type: 'pkcs8' });
}
