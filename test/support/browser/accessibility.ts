import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** WCAG 2.2, level AA, with all that it includes. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The rules among them that ask for colours: to all others every appearance of a page is the same. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * Elements by which Fluent's focus management notices Tab at the edge of a group: hidden, and whoever reaches one is moved
 * on at once, so that nobody ever stands on it.
 *
 * @see https://tabster.io/docs/concept
 */
const FOCUS_SENTINELS = '[data-tabster-dummy]';

/** @returns what axe finds wrong, one line for each rule and place */
export async function violationsOn(page: Page, asked: 'everything' | 'colours' = 'everything'): Promise<string[]> {
  // Without the further page that results of frames would need: there are none. Only what is wrong is told with its
  // place: the places of all that is right took half of the time.
  const axe = new AxeBuilder({ page })
    .exclude(FOCUS_SENTINELS)
    .setLegacyMode()
    .options({ resultTypes: ['violations'] });
  const { violations, passes } = await (
    asked === 'colours' ? axe.withRules(COLOUR_RULES) : axe.withTags(RULES)
  ).analyze();
  if (passes.length === 0) throw new Error('axe looked at nothing');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id}: ${String(target[0])}: ${(failureSummary ?? '').split('\n').at(1)?.trim()}`,
    ),
  );
}
