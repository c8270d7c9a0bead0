/** The full tier runs the counts that are promised; the short one enough to see a break within minutes. */
export const isFullTier = process.env.TIDEGATE_TEST_TIER === 'full';

/** How often to do something in this tier. */
export function count(full: number, short: number): number {
  return isFullTier ? full : short;
}
