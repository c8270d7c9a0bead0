import type { RootRefusal } from '../contract/next-root.js';

/** Something that claims to come from the control plane and does not, or not any more. */
export class TrustError extends Error {
  override readonly name = 'TrustError';

  constructor(
    message: string,
    options: ErrorOptions = {},
    /** Set when it is the root itself that is not followed. */
    readonly refusal?: RootRefusal,
  ) {
    super(message, options);
  }
}
