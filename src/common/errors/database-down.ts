/**
 * SQLSTATE classes and codes that mean "the server, not the statement": connection exceptions (08), shutdowns (57P01 to
 * 57P03), too many connections (53300).
 *
 * @see postgresql.org/docs/current/errcodes-appendix.html
 */
const SERVER_STATES = /^(08...|57P0[1-3]|53300)$/;

/**
 * Prisma's: cannot reach (P1001), timed out (P1002, P1008, P2024), closed (P1017), no transaction in time (P2028), too
 * many connections (P2037).
 *
 * @see prisma.io/docs/orm/reference/error-reference
 */
const PRISMA_CODES = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037']);

/** The driver adapter's. @see @prisma/driver-adapter-utils 7.10, type Error */
const ADAPTER_KINDS = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections']);

/** With these PostgreSQL ends the session, whatever the code. */
const ENDING_SEVERITIES = new Set(['FATAL', 'PANIC']);

/** What pg says without a code. @see pg-pool 3 index.js, pg 8 client.js */
const UNCODED =
  /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error)/;

/** What errors of pg, of the driver adapter and of Prisma hold, as far as they hold it. */
interface DatabaseError {
  readonly code?: unknown;
  readonly kind?: unknown;
  readonly severity?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly meta?: { readonly driverAdapterError?: unknown } | null;
}

/** Deepest nesting seen is three: Prisma's error, the adapter's, its cause. */
const MAX_DEPTH = 5;

/** Whether an error says that the database cannot be reached, looking through what it was caused by. */
export function isDatabaseDown(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > MAX_DEPTH) return false;
  const { code, kind, severity, message, cause, meta } = error as DatabaseError;
  return (
    (typeof code === 'string' && (SERVER_STATES.test(code) || PRISMA_CODES.has(code))) ||
    (typeof kind === 'string' && ADAPTER_KINDS.has(kind)) ||
    (typeof severity === 'string' && ENDING_SEVERITIES.has(severity)) ||
    (typeof message === 'string' && UNCODED.test(message)) ||
    isDatabaseDown(cause, depth + 1) ||
    isDatabaseDown(meta?.driverAdapterError, depth + 1)
  );
}
