import '../not-in-production.js';
import { generateKeyPair, randomBytes, type JsonWebKey, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import { readPrivateFile, writePrivateFile } from '../private-file.js';
import { VaultFault } from './vault-fault.js';

const KEY_OPERATIONS = ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey'] as const;
const operationsSchema = z.array(z.enum([...KEY_OPERATIONS, 'import', 'export'])).max(8);
const tagsSchema = z.record(z.string().max(256), z.string().max(256));

/** What a caller may say when making a key, and when changing one. */
export const createSchema = z.object({
  kty: z.enum(['RSA', 'RSA-HSM', 'EC', 'EC-HSM']),
  key_size: z.union([z.literal(2048), z.literal(3072), z.literal(4096)]).optional(),
  crv: z.literal('P-256').optional(),
  key_ops: operationsSchema.optional(),
  attributes: z.object({ enabled: z.boolean().optional() }).optional(),
  tags: tagsSchema.optional(),
});
export const updateSchema = createSchema.pick({ key_ops: true, attributes: true, tags: true });

const versionSchema = z.object({
  version: z.string(),
  /** Private key. */
  jwk: z.record(z.string(), z.unknown()),
  /** As asked for: the vault has no hardware, but says the type that it was told. */
  kty: z.string(),
  operations: operationsSchema,
  enabled: z.boolean(),
  /** Seconds since 1970. */
  created: z.number(),
  updated: z.number(),
  tags: tagsSchema,
});
const keySchema = z.object({
  name: z.string(),
  /** Seconds since 1970; a deleted key can be recovered until it is purged. */
  deletedAt: z.number().optional(),
  /** Oldest first. */
  versions: z.array(versionSchema).min(1),
});

export type KeyVersion = z.infer<typeof versionSchema>;
export type StoredKey = z.infer<typeof keySchema>;

const MAX_KEYS = 1_000;
const MAX_VERSIONS = 100;
const generate = promisify(generateKeyPair) as (type: string, options: object) => Promise<{ privateKey: KeyObject }>;

/** The keys of the development vault, in one private file. */
export class KeyStore {
  private saving: Promise<void> = Promise.resolve();

  private constructor(
    private readonly file: string,
    private readonly keys: Map<string, StoredKey>,
  ) {}

  static async load(file: string): Promise<KeyStore> {
    const text = await readPrivateFile(file);
    const keys = text === undefined ? [] : z.array(keySchema).parse(JSON.parse(text));
    return new KeyStore(file, new Map(keys.map((key) => [key.name.toLowerCase(), key])));
  }

  list(): StoredKey[] {
    return [...this.keys.values()].filter(({ deletedAt }) => deletedAt === undefined);
  }

  /** @throws VaultFault KeyNotFound */
  get(name: string, isDeleted = false): StoredKey {
    const key = this.keys.get(name.toLowerCase());
    if (!key || (key.deletedAt !== undefined) !== isDeleted) throw keyNotFound(name);
    return key;
  }

  /** @throws VaultFault KeyNotFound */
  version(name: string, version: string): KeyVersion {
    const { versions } = this.get(name);
    const found = version === '' ? versions.at(-1) : versions.find((candidate) => candidate.version === version);
    if (!found) throw keyNotFound(`${name}/${version}`);
    return found;
  }

  /** A new key, or a new version of one. @throws VaultFault */
  async create(name: string, wanted: z.infer<typeof createSchema>): Promise<KeyVersion> {
    const id = name.toLowerCase();
    const known = this.keys.get(id);
    if (known?.deletedAt !== undefined)
      throw new VaultFault(409, 'Conflict', `Key ${name} is deleted but recoverable.`);
    if (!known && this.keys.size >= MAX_KEYS) throw new VaultFault(429, 'Throttled', 'The development vault is full.');
    const isEc = wanted.kty.startsWith('EC');
    const { privateKey } = isEc
      ? await generate('ec', { namedCurve: 'P-256' })
      : await generate('rsa', { modulusLength: wanted.key_size ?? 2048 });
    const now = Math.floor(Date.now() / 1000);
    const made: KeyVersion = {
      version: randomBytes(16).toString('hex'),
      jwk: { ...privateKey.export({ format: 'jwk' }) },
      kty: wanted.kty,
      operations: wanted.key_ops ?? (isEc ? ['sign', 'verify'] : [...KEY_OPERATIONS]),
      enabled: wanted.attributes?.enabled ?? true,
      created: now,
      updated: now,
      tags: wanted.tags ?? {},
    };
    const versions = [...(this.keys.get(id)?.versions ?? []), made].slice(-MAX_VERSIONS);
    this.keys.set(id, { name: known?.name ?? name, versions });
    await this.save();
    return made;
  }

  /** A new version like the newest. @throws VaultFault */
  async rotate(name: string): Promise<KeyVersion> {
    const { kty, operations, tags, jwk } = this.version(name, '');
    const size = Buffer.from((jwk as JsonWebKey).n ?? '', 'base64url').length * 8;
    return this.create(
      name,
      createSchema.parse({ kty, key_ops: operations, tags, ...(size > 0 ? { key_size: size } : {}) }),
    );
  }

  /** @throws VaultFault KeyNotFound */
  async update(name: string, version: string, changes: z.infer<typeof updateSchema>): Promise<KeyVersion> {
    const found = this.version(name, version);
    found.operations = changes.key_ops ?? found.operations;
    found.enabled = changes.attributes?.enabled ?? found.enabled;
    found.tags = changes.tags ?? found.tags;
    found.updated = Math.floor(Date.now() / 1000);
    await this.save();
    return found;
  }

  /** @throws VaultFault KeyNotFound */
  async remove(name: string): Promise<StoredKey> {
    const key = this.get(name);
    key.deletedAt = Math.floor(Date.now() / 1000);
    await this.save();
    return key;
  }

  /** @throws VaultFault KeyNotFound */
  async recover(name: string): Promise<StoredKey> {
    const key = this.get(name, true);
    delete key.deletedAt;
    await this.save();
    return key;
  }

  /** @throws VaultFault KeyNotFound */
  async purge(name: string): Promise<void> {
    this.get(name, true);
    this.keys.delete(name.toLowerCase());
    await this.save();
  }

  /** One after the other, so that an older state never overwrites a newer one. */
  private save(): Promise<void> {
    const write = (): Promise<void> => writePrivateFile(this.file, JSON.stringify([...this.keys.values()]));
    this.saving = this.saving.then(write, write);
    return this.saving;
  }
}

function keyNotFound(name: string): VaultFault {
  return new VaultFault(404, 'KeyNotFound', `A key with (name/id) ${name} was not found in this key vault.`);
}
