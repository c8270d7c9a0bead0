/** What the command says by its exit code. */
export const EXIT_CODES = { intact: 0, tampered: 1, unusable: 2 } as const;

/** A command that could not be carried out: wrong usage, or nothing that can be read. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
