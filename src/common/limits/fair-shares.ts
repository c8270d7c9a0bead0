/** How long somebody counts as active after their last request: this and up to as long again. */
const ACTIVE_MS = 30_000;

/** Requests fade out of the count with this time constant: long enough to see a rate, short enough to see it at once. */
const FADE_MS = 4_000;

const MAX_MEMBERS = 100_000;

/** What one member of a group used of late. */
export interface Share {
  readonly group: string;
  /** Requests, faded: a steady rate settles at the rate times four seconds. */
  used: number;
  at: number;
}

/** Members seen in one stretch of time, and how many of each group. */
interface Generation {
  readonly members: Map<string, Share>;
  readonly active: Map<string, number>;
}

const newGeneration = (): Generation => ({ members: new Map(), active: new Map() });

/** Knows how many members of a group are active and how much of the group's limit each of them used of late. */
export class FairShares {
  private young = newGeneration();
  private old = newGeneration();
  private bornAt: number;

  constructor(
    private readonly now: () => number,
    private readonly maxMembers: number = MAX_MEMBERS,
  ) {
    this.bornAt = now();
  }

  get size(): number {
    return this.young.members.size + this.old.members.size;
  }

  /** Notes that a member is active. @param key of the member, unique over all groups */
  seen(group: string, key: string): Share {
    const now = this.now();
    if (now - this.bornAt >= ACTIVE_MS || this.young.members.size >= this.maxMembers / 2) {
      this.old = this.young;
      this.young = newGeneration();
      this.bornAt = now;
    }
    const share = this.young.members.get(key) ?? this.takeOver(key) ?? this.add(key, { group, used: 0, at: now });
    share.used *= Math.exp((share.at - now) / FADE_MS);
    share.at = now;
    return share;
  }

  activeIn(group: string): number {
    return (this.young.active.get(group) ?? 0) + (this.old.active.get(group) ?? 0);
  }

  /** Whether a member used more than there is for each when all active ones ask for the same. */
  isOver({ group, used }: Share, perMinute: number): boolean {
    const active = this.activeIn(group);
    return active > 1 && used > Math.max(1, ((perMinute / 60_000) * FADE_MS) / active);
  }

  private takeOver(key: string): Share | undefined {
    const { members, active } = this.old;
    const share = members.get(key);
    if (!share) return undefined;
    members.delete(key);
    active.set(share.group, (active.get(share.group) ?? 1) - 1);
    return this.add(key, share);
  }

  private add(key: string, share: Share): Share {
    const { members, active } = this.young;
    members.set(key, share);
    active.set(share.group, (active.get(share.group) ?? 0) + 1);
    return share;
  }
}
