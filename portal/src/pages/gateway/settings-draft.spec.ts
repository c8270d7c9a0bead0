import { describe, expect, it } from 'vitest';
import { changeOf, differences, rebased, wrongIn, type SettingsDraft } from './settings-draft.js';

const base: SettingsDraft = {
  displayName: 'Plant 7',
  description: '',
  department: 'Works',
  contact: 'ops@contoso.com',
  loadBalancingSetting: 'Failover',
  allowCustomConnectors: true,
  allowCloudConnectionRefresh: false,
  cpuThreshold: 0,
  memoryThreshold: 0,
};

describe('the settings of a gateway', () => {
  it('sends only what is different, and contacts line by line', () => {
    expect(changeOf(base, base)).toEqual({});
    expect(changeOf(base, { ...base, department: '', cpuThreshold: 80 })).toEqual({ department: '', cpuThreshold: 80 });
    expect(changeOf(base, { ...base, contact: ' a@contoso.com \n\nb' })).toEqual({
      contactInformation: ['a@contoso.com', 'b'],
    });
  });

  it('keeps what was typed and takes over what only somebody else changed', () => {
    const draft = { ...base, department: 'Mine', description: 'Mine too' };
    const theirs = { ...base, department: 'Theirs', cpuThreshold: 70 };
    const next = rebased(base, draft, theirs);
    expect(next).toEqual({ ...base, department: 'Mine', description: 'Mine too', cpuThreshold: 70 });
    expect(differences(theirs, next)).toEqual(['description', 'department']);
  });

  it.each([
    [{ displayName: '  ' }, ['displayName']],
    [{ cpuThreshold: 101 }, ['cpuThreshold']],
    [{ memoryThreshold: 1.5 }, ['memoryThreshold']],
    [{ memoryThreshold: Number.NaN }, ['memoryThreshold']],
    [{ cpuThreshold: 100 }, []],
  ])('finds what is wrong in %j', (part, wrong) => {
    expect(wrongIn({ ...base, ...part })).toEqual(wrong);
  });
});
