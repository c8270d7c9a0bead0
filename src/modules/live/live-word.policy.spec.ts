import { describe, expect, it } from 'vitest';
import { mayBeTold, newsFor } from './live-word.policy.js';
import { PendingChanges } from './pending-changes.js';

const thing = (id: string, tenantId: string, holderIds: string[] | null = []) => ({ id, tenantId, holderIds });

function noted(...notes: (readonly [id: string, tenantId?: string])[]) {
  const pending = new PendingChanges();
  for (const [id, tenantId] of notes) pending.note('gateways', id, tenantId);
  const changes = pending.take().get('gateways');
  if (changes === undefined) throw new Error('nothing was noted');
  return changes;
}

describe('what people of a tenant are told', () => {
  it('is the one thing that changed, whether or not its tenant was named', () => {
    const g1 = thing('g1', 'a');
    expect(newsFor('a', noted(['g1']), [g1])).toBe(g1);
    expect(newsFor('a', noted(['g1', 'a'], ['g1']), [g1])).toBe(g1);
  });

  it('is that something changed, where it is more than one thing, a thing that is gone, or nobody knows what', () => {
    const g1 = thing('g1', 'a');
    expect(newsFor('a', noted(['g1'], ['g2']), [g1, thing('g2', 'a')])).toBe('*');
    expect(newsFor('a', noted(['gone', 'a']), [])).toBe('*');
    expect(newsFor('a', noted(['gone', 'a'], ['g1']), [g1])).toBe('*');
    expect(newsFor('a', noted(['g1'], ['*', 'a']), [g1])).toBe('*');
    expect(newsFor('a', noted(['*']), [])).toBe('*');
  });

  it('is nothing of another tenant, and no id of one', () => {
    const [own, foreign] = [thing('g1', 'a'), thing('g9', 'b')];
    expect(newsFor('a', noted(['g9']), [foreign])).toBeUndefined();
    expect(newsFor('a', noted(['g9', 'b'], ['*', 'b']), [foreign])).toBeUndefined();
    expect(newsFor('a', noted(['g9'], ['g1']), [foreign, own])).toBe(own);
  });

  it('names an id to administrators of the tenant, to holders of a role, and to all where everybody sees it', () => {
    const someone = { isTenantAdministrator: false, holderIds: new Set(['me', 'my-group']) };
    expect(mayBeTold(someone, thing('g1', 'a', ['other']))).toBe(false);
    expect(mayBeTold(someone, thing('g1', 'a', ['other', 'my-group']))).toBe(true);
    expect(mayBeTold(someone, thing('e1', 'a', null))).toBe(true);
    expect(mayBeTold({ ...someone, isTenantAdministrator: true }, thing('g1', 'a'))).toBe(true);
  });
});
