import { z } from 'zod';
import type { RootStanding } from '../contract/next-root.js';
import { key32Schema, rootKeySchema, type RootKey } from '../contract/registration.js';
import { CommandError } from './exit-codes.js';
import { parseJson } from './member-record.js';
import { verifyAnnouncement } from './root-announcement.js';
import { rootFingerprint } from './root-fingerprint.js';
import type { StateFolder } from './state-folder.js';
import { TrustError } from './trust-error.js';

const FILE = 'roots.json';
const MINUTE_MS = 60_000;

/**
 * A root that is heard of late is not followed sooner than a week after, whatever its announcement says: whoever could sign
 * with the old root for a moment could date it back.
 */
const LATE_NOTICE_MS = 7 * 24 * 60 * MINUTE_MS;
/** Who trusted this control plane as late as that trusts what it announces at the same time. */
const JUST_PINNED_MS = 60 * MINUTE_MS;

const pinsSchema = z.object({
  version: z.literal(1),
  /** Fingerprint of the root in the member's record: pins of an earlier registration count no more. */
  base: key32Schema,
  pinnedAt: z.iso.datetime(),
  current: rootKeySchema,
  next: z
    .object({ root: rootKeySchema, fingerprint: key32Schema, announcedAt: z.int(), usableFrom: z.iso.datetime() })
    .optional(),
});
type Pins = z.infer<typeof pinsSchema>;

/** What a registration says of the root. */
export interface RegisteredRoot {
  readonly root: RootKey;
  /** ISO date of the registration. */
  readonly registeredAt: string;
}

/**
 * The roots this agent trusts: the one that holds, and the next once the one that holds announced it. Generations only
 * rise, over restarts too: with the first certificate by the next root the one before is refused for good.
 */
export class PinnedRoots {
  private writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly folder: StateFolder,
    private pins: Pins,
    private readonly now: () => number,
  ) {}

  /** @throws CommandError state when the file is damaged */
  static async open(
    folder: StateFolder,
    registered: RegisteredRoot,
    now: () => number = Date.now,
  ): Promise<PinnedRoots> {
    const { root, registeredAt } = registered;
    const base = await rootFingerprint(root);
    const bytes = await folder.read(FILE);
    const parsed = bytes && pinsSchema.safeParse(parseJson(bytes));
    if (parsed?.success === false) throw damaged(folder);
    const known = parsed?.data.base === base ? parsed.data : undefined;
    return new PinnedRoots(folder, known ?? { version: 1, base, pinnedAt: registeredAt, current: root }, now);
  }

  /** Trusts a root because a person said so, instead of all that was trusted. @throws CommandError state */
  static async replace(
    folder: StateFolder,
    registered: RegisteredRoot,
    current: RootKey,
    now: () => number = Date.now,
  ): Promise<void> {
    const base = await rootFingerprint(registered.root);
    const pins: Pins = { version: 1, base, pinnedAt: new Date(now()).toISOString(), current };
    await folder.write(FILE, toText(pins));
  }

  get current(): RootKey {
    return this.pins.current;
  }

  get standing(): RootStanding {
    const { current, next } = this.pins;
    if (!next) return { generation: current.generation };
    const { fingerprint, usableFrom } = next;
    return { generation: current.generation, next: { fingerprint, usableFrom } };
  }

  /** The root that a certificate of this generation is held against. @throws TrustError with its refusal */
  rootOf(generation: number): RootKey {
    const { current, next } = this.pins;
    if (generation === current.generation) return current;
    this.assertNotOlder(generation);
    if (next?.root.generation !== generation) {
      throw new TrustError('a replica certificate of a root that was never announced here', {}, 'root-unknown');
    }
    if (this.now() < Date.parse(next.usableFrom)) {
      const text = `a replica certificate of the next root, which is followed from ${next.usableFrom}`;
      throw new TrustError(text, {}, 'root-not-yet');
    }
    return next.root;
  }

  /** A certificate by this generation was good: the one before is over. @throws TrustError; CommandError state */
  accept(generation: number): Promise<void> {
    return this.inTurn(async () => {
      const { current, next, version, base, pinnedAt } = this.pins;
      if (generation === current.generation) return;
      this.assertNotOlder(generation);
      if (next?.root.generation !== generation) throw new TrustError('a root that is not pinned', {}, 'root-unknown');
      await this.write({ version, base, pinnedAt, current: next.root });
    });
  }

  /**
   * Pins the root that the current one announces. A later announcement takes the place of an earlier one.
   *
   * @returns whether something was pinned that was not before
   * @throws TrustError announcement-refused; CommandError state
   */
  async announce(jws: string): Promise<boolean> {
    const { next: root, iat: announcedAt, notBefore } = await verifyAnnouncement(jws, this.current);
    const fingerprint = await rootFingerprint(root);
    let pinned = false;
    await this.inTurn(async () => {
      const { next, current, pinnedAt } = this.pins;
      if (root.generation !== current.generation + 1 || next?.fingerprint === fingerprint) return;
      if (next && announcedAt <= next.announcedAt) {
        throw new TrustError('another next root was announced later', {}, 'announcement-refused');
      }
      const now = this.now();
      const isNew = now - Date.parse(pinnedAt) < JUST_PINNED_MS;
      const usableFrom = new Date(Math.max(notBefore * 1000, isNew ? 0 : now + LATE_NOTICE_MS)).toISOString();
      await this.write({ ...this.pins, next: { root, fingerprint, announcedAt, usableFrom } });
      pinned = true;
    });
    return pinned;
  }

  private assertNotOlder(generation: number): void {
    if (generation >= this.pins.current.generation) return;
    throw new TrustError('a replica certificate of an older root', {}, 'root-rolled-back');
  }

  private async write(pins: Pins): Promise<void> {
    await this.folder.write(FILE, toText(pins));
    this.pins = pins;
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.writing.then(work);
    this.writing = done.catch(() => undefined);
    return done;
  }
}

function toText(pins: Pins): string {
  return `${JSON.stringify(pins, undefined, 2)}\n`;
}

function damaged(folder: StateFolder): CommandError {
  return new CommandError(
    'state',
    `The file ${folder.file(FILE)} is damaged.`,
    'Restore the state folder from a backup, or run `tidegate-agent trust --root-fingerprint TEXT` with the fingerprint that the control plane’s operator names.',
  );
}
