import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseResource } from './resource-path.js';
import type { Right, SasRule } from './token.js';
import { allows, readToken, signToken } from './token.js';

const NOW = 1_800_000_000_000;
const LATER = NOW / 1000 + 60;
const RULE: SasRule = { name: 'agents listen', key: 'a2V5', rights: ['Listen'] };

function allowed(signedFor: string, resource: string, right: Right = 'Listen', rule = RULE): boolean {
  const claim = readToken(signToken(rule, signedFor, LATER), [rule], NOW);
  const wanted = parseResource(resource);
  return claim !== undefined && wanted !== undefined && allows(claim, wanted, right);
}

describe('a token reaches', () => {
  it.each([
    ['sb://host/gw/7/', 'sb://host/gw/7/work', true],
    ['sb://host/gw/7', 'sb://host/gw/7', true],
    ['sb://host/gw/7', 'sb://host/gw/70', false],
    ['sb://host/gw/7/', 'sb://host/gw/70/work', false],
    ['sb://host/gw/7/work', 'sb://host/gw/7', false],
    ['sb://host/', 'sb://host/anything/at/all', true],
    ['sb://host', 'sb://host/anything', true],
    ['https://HOST:443/GW/7', 'amqps://host:5671/gw/7/Work', true],
    ['sb://other/gw/7', 'sb://host/gw/7', false],
    ['sb://localhost:5671/gw', 'sb://127.0.0.1/gw/1', true],
    ['host/gw/7', 'sb://host/gw/7', false],
    ['sb://host/gw%2F7', 'sb://host/gw/7', false],
  ])('from %s to %s: %s', (signedFor, resource, expected) => {
    expect(allowed(signedFor, resource)).toBe(expected);
  });
});

describe('a token', () => {
  const refused = (token: string, rules = [RULE]) => expect(readToken(token, rules, NOW)).toBeUndefined();
  const good = signToken(RULE, 'sb://host/q', LATER);

  it('carries the rights of its rule only; Manage holds all', () => {
    expect(allowed('sb://host/q', 'sb://host/q', 'Send')).toBe(false);
    const manage: SasRule = { ...RULE, rights: ['Manage'] };
    for (const right of ['Listen', 'Send', 'Manage'] as const)
      expect(allowed('sb://host/q', 'sb://host/q', right, manage)).toBe(true);
  });

  it('is refused once anything in it was changed', () => {
    expect(readToken(good, [RULE], NOW)).toBeDefined();
    refused(good.replace('%2Fq', '%2Fp'));
    refused(good.replace(`se=${LATER}`, `se=${LATER + 1}`));
    refused(good.replace(/sig=[^&]+/, 'sig=AAAA'));
    refused(good.replace('agents%20listen', 'agents-send'), [RULE, { ...RULE, name: 'agents-send', key: 'b3RoZXI=' }]);
  });

  it('is refused when it has expired, or names an odd expiry', () => {
    refused(signToken(RULE, 'sb://host/q', NOW / 1000));
    const sr = encodeURIComponent('sb://host/q');
    for (const se of ['', 'never', '1e99', '-1']) {
      const sig = createHmac('sha256', RULE.key).update(`${sr}\n${se}`).digest('base64');
      refused(`SharedAccessSignature sr=${sr}&sig=${encodeURIComponent(sig)}&se=${se}&skn=agents%20listen`);
    }
  });

  it('is refused when it is no token', () => {
    for (const text of [
      '',
      'SharedAccessSignature',
      'Bearer x',
      `${good} more`,
      good.replace('sr=', 'sx='),
      '%'.repeat(5000),
    ])
      refused(text);
    refused('SharedAccessSignature sr=%zz&sig=%zz&se=1&skn=%zz');
  });
});
