/** The embedded database cannot run here. The message says why and what to do. */
export class PostgresError extends Error {
  override readonly name = 'PostgresError';
}
