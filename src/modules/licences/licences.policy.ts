import type { HeldPlan } from '../identity/directory.types.js';
import type { RuleSet } from '../tenant-policy/tenant-policy.types.js';
import type { JudgedPlan, Verdict } from './licences.types.js';
import { PLAN_TIERS, TIERS } from './plans.data.js';
import { PRODUCT_NAMES } from './products.data.js';

/** Whether the plans held include the gateway: one that does is enough, whatever else is held. */
export function judge(plans: readonly HeldPlan[], ruleSet: RuleSet): Verdict {
  const decidedBy = plans.find(({ servicePlanId }) => isSufficient(servicePlanId, ruleSet));
  return {
    isEligible: decidedBy !== undefined,
    ruleSet,
    plan: decidedBy ? nameLicences([decidedBy]) : nameLicences(plans.filter(isJudged)) || 'none',
  };
}

/** Each plan by itself, those of other products left out. */
export function judgeEach(plans: readonly HeldPlan[], ruleSet: RuleSet): JudgedPlan[] {
  return plans.filter(isJudged).map((plan) => ({ ...plan, isSufficient: isSufficient(plan.servicePlanId, ruleSet) }));
}

function isSufficient(servicePlanId: string, ruleSet: RuleSet): boolean {
  const tier = PLAN_TIERS.get(servicePlanId.toLowerCase());
  return tier !== undefined && TIERS[tier][ruleSet];
}

/** Plans of other products (mail, telephony) say nothing about the gateway and are not named. */
export function isJudged({ servicePlanId }: HeldPlan): boolean {
  return PLAN_TIERS.has(servicePlanId.toLowerCase());
}

/** `Office 365 E1 (FLOW_O365_P1, POWERAPPS_O365_P1)`, one entry a licence. */
function nameLicences(plans: readonly HeldPlan[]): string {
  const bySku = new Map<string, string[]>();
  for (const { skuPartNumber, servicePlanName } of plans) {
    bySku.set(skuPartNumber, [...(bySku.get(skuPartNumber) ?? []), servicePlanName]);
  }
  const entries = [...bySku].map(([sku, names]) => `${PRODUCT_NAMES.get(sku) ?? sku} (${names.sort().join(', ')})`);
  return entries.sort().join('; ');
}
