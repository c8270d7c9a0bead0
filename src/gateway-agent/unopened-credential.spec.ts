import { describe, expect, it } from 'vitest';
import { isSealedToRetired } from './unopened-credential.js';

describe('a credential that does not open here', () => {
  it.each([
    ['was sealed to a key that is gone', { keyId: 'old', currentKeyId: 'new' }, ['new'], true],
    ['may have been sealed to an older key, as nobody said', { currentKeyId: 'new' }, ['new'], true],
    ['is damaged, when its key is here', { keyId: 'old', currentKeyId: 'new' }, ['new', 'old'], false],
    ['is damaged, when it is sealed to the key of today', { keyId: 'new', currentKeyId: 'new' }, ['new'], false],
    ['tells nothing while this member lacks the key of today', { keyId: 'older', currentKeyId: 'new' }, ['old'], false],
    ['tells nothing when the control plane says nothing', undefined, ['new'], false],
  ])('%s', (_name, sealedTo, held, expected) => {
    expect(isSealedToRetired(sealedTo, held)).toBe(expected);
  });
});
