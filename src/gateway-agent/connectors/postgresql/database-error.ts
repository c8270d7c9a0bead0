/** What the server said of an error, as pg hands it on. */
export interface DatabaseError extends Error {
  readonly severity: string;
  /** SQLSTATE */
  readonly code: string;
  readonly column?: string;
  readonly constraint?: string;
  readonly where?: string;
}

/** Told by its fields: a check of the class would load the driver into every agent. */
export function isDatabaseError(error: unknown): error is DatabaseError {
  return (
    error instanceof Error &&
    'severity' in error &&
    typeof error.severity === 'string' &&
    'code' in error &&
    typeof error.code === 'string'
  );
}
