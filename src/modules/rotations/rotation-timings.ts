/** How long a leader leads without a word. Each of its calls begins the time anew. */
export const LEASE_MS = 60_000;

/** How long the old key still opens credentials after the last one was sealed anew: callers may have the old public key at hand. */
export const GRACE_MS = 24 * 60 * 60_000;

/** A member that was not heard of for longer does not hold a rotation up: it gets the key from its package later. */
export const ABSENT_MS = 10 * 60_000;

/** Credentials handed out at once. The leader opens and seals each in a few milliseconds. */
export const BATCH = 50;

/** How often rotations are looked at that nobody calls for. */
export const SWEEP_MS = 15_000;
