import type { LiveTopic } from './live-topics.js';

/** More ids than this within a moment are everything. */
const MAX_IDS = 500;

/** What changed of one topic within a moment. */
export interface TopicChanges {
  /** All of them may have changed, of every tenant. */
  isEverything: boolean;
  /** Something of these tenants changed that has an id; it may be gone. */
  readonly tenantIds: Set<string>;
  /** Something of these tenants changed that nobody names. */
  readonly vagueTenantIds: Set<string>;
  /** Whose they are has to be looked up. */
  readonly ids: Set<string>;
}

/** Collects changes until they are told. */
export class PendingChanges {
  private topics = new Map<LiveTopic, TopicChanges>();

  note(topic: LiveTopic, id: string, tenantId: string | undefined): void {
    const changes = this.of(topic);
    if (tenantId !== undefined) (id === '*' ? changes.vagueTenantIds : changes.tenantIds).add(tenantId);
    else if (id === '*') changes.isEverything = true;
    else if (topic === 'policy') changes.vagueTenantIds.add(id);
    else if (topic === 'releases') changes.isEverything = true;
    if (id !== '*' && topic !== 'policy' && topic !== 'releases') changes.ids.add(id);
    if (changes.ids.size > MAX_IDS) changes.isEverything = true;
  }

  take(): ReadonlyMap<LiveTopic, TopicChanges> {
    const taken = this.topics;
    this.topics = new Map();
    return taken;
  }

  private of(topic: LiveTopic): TopicChanges {
    const known = this.topics.get(topic);
    if (known) return known;
    const fresh = {
      isEverything: false,
      tenantIds: new Set<string>(),
      vagueTenantIds: new Set<string>(),
      ids: new Set<string>(),
    };
    this.topics.set(topic, fresh);
    return fresh;
  }
}
