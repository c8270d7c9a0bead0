import { ApiError } from '../../../../src/client/api-error.js';

/** Failures that say that the credential is not the right one, or sealed to a key that is no more. */
const ABOUT_THE_CREDENTIAL = new Set([
  'CREDENTIALS_INCORRECT',
  'CREDENTIAL_STALE_KEY',
  'CREDENTIAL_UNREADABLE',
  'CREDENTIAL_MALFORMED',
  'CREDENTIAL_REBOUND',
  'RESEAL_REQUIRED',
]);

/** Whether the credential has to be typed once more before trying again. */
export function needsTyping(error: unknown): boolean {
  return error instanceof ApiError && ABOUT_THE_CREDENTIAL.has(error.code);
}
