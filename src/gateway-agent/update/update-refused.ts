/** Why an ordered update does not happen. Stands in the report and in the log. */
export type RefusalReason =
  | 'no-such-release'
  | 'unknown-key'
  | 'signed-by-root'
  | 'other-release-key'
  | 'other-version'
  | 'older-version'
  | 'too-big-a-step'
  | 'truncated'
  | 'too-long'
  | 'hash-mismatch'
  | 'unsafe-archive'
  | 'download-failed'
  | 'state';

/** An update that this agent does not make. */
export class UpdateRefused extends Error {
  override readonly name = 'UpdateRefused';

  constructor(
    readonly reason: RefusalReason,
    message: string,
    options: ErrorOptions = {},
  ) {
    super(message, options);
  }
}
