import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** WCAG 2.2, level AA, with all that it includes. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * Elements by which Fluent's focus management notices Tab at the edge of a group: hidden, and whoever reaches one is moved
 * on at once, so that nobody ever stands on it.
 *
 * @see https://tabster.io/docs/concept
 */
const FOCUS_SENTINELS = '[data-tabster-dummy]';

/** @returns what axe finds wrong, one line for each rule and place */
export async function violationsOn(page: Page): Promise<string[]> {
  // Without the further page that results of frames would need: there are none.
  const { violations, passes } = await new AxeBuilder({ page })
    .withTags(RULES)
    .exclude(FOCUS_SENTINELS)
    .setLegacyMode()
    .analyze();
  if (passes.length === 0) throw new Error('axe looked at nothing');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id}: ${String(target[0])}: ${(failureSummary ?? '').split('\n').at(1)?.trim()}`,
    ),
  );
}
