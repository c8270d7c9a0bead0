import { describe, expect, it } from 'vitest';
import type { HeldPlan } from '../identity/directory.types.js';
import { judge } from './licences.policy.js';

const PLANS = {
  premium: ['ea2cf03b-ac60-46ae-9c1d-eeaeb63cec86', 'POWERAPPS_PER_USER', 'POWERAPPS_PER_USER'],
  automate: ['375cd0ad-c407-49fd-866a-0bff4f8a9a4d', 'POWER_AUTOMATE_ATTENDED_RPA', 'POWERAUTOMATE_ATTENDED_RPA'],
  e1: ['0f9b09cb-62d1-4ff4-9129-43f4996f83f4', 'FLOW_O365_P1', 'STANDARDPACK'],
  e1Apps: ['92f7a6f3-b89b-4bbd-8c30-809e6da5ad1c', 'POWERAPPS_O365_P1', 'STANDARDPACK'],
  basic: ['0f9b09cb-62d1-4ff4-9129-43f4996f83f4', 'FLOW_O365_P1', 'O365_BUSINESS_ESSENTIALS'],
  e3: ['76846ad7-7776-4c40-a281-a386362dd1b9', 'FLOW_O365_P2', 'ENTERPRISEPACK'],
  mail: ['9aaf7827-d63c-4b61-89c3-182f06f82e5c', 'EXCHANGE_S_STANDARD', 'STANDARDPACK'],
} satisfies Record<string, [string, string, string]>;

const held = (...names: (keyof typeof PLANS)[]): HeldPlan[] =>
  names.map((name) => {
    const [servicePlanId, servicePlanName, skuPartNumber] = PLANS[name];
    return { servicePlanId, servicePlanName, skuPartNumber };
  });

describe('the licence rule', () => {
  it.each([
    [['premium'], true, true],
    [['automate'], true, true],
    [['e1', 'e1Apps'], false, false],
    [['basic'], false, false],
    [['e3'], true, false],
    [['e1', 'automate'], true, true],
    [['mail'], false, false],
    [[], false, false],
  ] as const)('says of %j: classic %s, current %s', (names, classic, current) => {
    expect(judge(held(...names), 'classic').isEligible).toBe(classic);
    expect(judge(held(...names), 'current').isEligible).toBe(current);
  });

  it('names the plan that was enough, and no other', () => {
    expect(judge(held('e1', 'premium', 'mail'), 'classic').plan).toBe('Power Apps Premium (POWERAPPS_PER_USER)');
  });

  it('names every licence that was not enough with its plans, and none of other products', () => {
    expect(judge(held('mail', 'e1Apps', 'e1', 'basic'), 'classic').plan).toBe(
      'Microsoft 365 Business Basic (FLOW_O365_P1); Office 365 E1 (FLOW_O365_P1, POWERAPPS_O365_P1)',
    );
  });

  it('says `none` where nothing is held that it judges', () => {
    expect(judge(held('mail'), 'classic').plan).toBe('none');
  });

  it('reads plan ids without regard to case and trusts no name', () => {
    const [plan] = held('premium');
    if (!plan) throw new Error('no plan');
    expect(judge([{ ...plan, servicePlanId: plan.servicePlanId.toUpperCase() }], 'classic').isEligible).toBe(true);
    expect(judge([{ ...plan, servicePlanId: 'not-a-plan' }], 'classic').isEligible).toBe(false);
  });
});
