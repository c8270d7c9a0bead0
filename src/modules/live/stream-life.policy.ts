/**
 * A stream ends so long before its token, so that whoever comes again brings a new one: the portal renews a token in its
 * last minute, and would otherwise come again with the old one.
 */
const EARLY_MS = 30_000;
/** Streams that began together do not end together. */
const SPREAD_MS = 15_000;
/** For a token that is about to run out. */
const SHORTEST_MS = 1_000;
/** Whatever the token says. */
const LONGEST_MS = 60 * 60_000;

/**
 * How long a stream lives, in milliseconds; never longer than its token.
 *
 * @param leftMs until the token ends
 * @param chance from 0 to 1
 */
export function streamLifeMs(leftMs: number, chance: number): number {
  const early = leftMs - EARLY_MS - chance * SPREAD_MS;
  return Math.max(0, Math.min(LONGEST_MS, leftMs, Math.max(SHORTEST_MS, early)));
}
