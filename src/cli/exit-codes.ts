/** What a command says by its exit code; `audit verify` has its own. */
export const EXIT_CODES = { done: 0, failed: 1, differs: 2, partly: 3 } as const;

/** What `audit verify` says by its exit code, as it did before there were other commands. */
export const VERIFY_EXIT_CODES = { intact: 0, tampered: 1, unusable: 2 } as const;

/** All of it for help and documentation: command, code, meaning. */
export const EXIT_CODE_TABLE: readonly (readonly [command: string, code: number, meaning: string])[] = [
  ['every command', EXIT_CODES.done, 'done; `drift`: everything is as the file says'],
  ['every command', EXIT_CODES.failed, 'wrong usage, refused, unreachable or declined; nothing was changed by `apply`'],
  ['drift', EXIT_CODES.differs, 'something is not as the file says'],
  ['apply', EXIT_CODES.differs, 'everything was sent, but the service shows something else than the file says'],
  ['apply', EXIT_CODES.partly, 'stopped on the way: some changes were made, the rest was not'],
  ['audit verify', VERIFY_EXIT_CODES.intact, 'the export is intact'],
  ['audit verify', VERIFY_EXIT_CODES.tampered, 'tampered with, damaged or cut short'],
  ['audit verify', VERIFY_EXIT_CODES.unusable, 'wrong usage, or a file that cannot be read'],
];

interface CommandErrorOptions extends ErrorOptions {
  /** For programs that read `--json`. */
  readonly code?: string;
  /** What to do about it. */
  readonly remedy?: string;
  readonly exitCode?: number;
}

/** A command that could not be carried out. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: string;
  readonly remedy: string;
  readonly exitCode: number;

  constructor(
    message: string,
    { code = 'USAGE', remedy = '', exitCode = EXIT_CODES.failed, ...options }: CommandErrorOptions = {},
  ) {
    super(message, options);
    this.code = code;
    this.remedy = remedy;
    this.exitCode = exitCode;
  }
}
