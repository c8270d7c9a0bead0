/** How the program ends; scripts and service managers may rely on these numbers. */
export const EXIT_CODES = {
  ok: 0,
  /** A defect: something nobody foresaw. */
  unexpected: 1,
  /** Wrong command line, settings or recovery key. */
  usage: 2,
  /** The control plane said no, and will say no again. */
  refused: 3,
  /** The control plane or the sign-in service could not be reached. */
  unreachable: 4,
  /** The state folder: locked, unreadable, damaged, not writable. */
  state: 5,
  /** No gateway is registered in this state folder, or (status) no agent is running. */
  idle: 6,
  /** Something signed did not come from the root that this agent trusts. */
  untrusted: 7,
  /** (doctor) There is a fault. */
  faulty: 8,
  /** (policy test) The policy of this machine does not allow it. */
  denied: 9,
} as const;
export type ExitReason = keyof typeof EXIT_CODES;

/** An expected failure of a command: what is wrong, and what to do about it. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    readonly reason: ExitReason,
    message: string,
    readonly remedy: string,
    options: ErrorOptions = {},
  ) {
    super(message, options);
  }

  get exitCode(): number {
    return EXIT_CODES[this.reason];
  }
}

/** `code` of a system error, or undefined: Node's own way to tell ENOENT from EACCES. */
export function systemErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
