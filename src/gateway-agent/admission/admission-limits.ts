/** Requests under way at once of one connection: leaves places for others even where one floods. */
export const MAX_PER_CONNECTION = 64;
/** Bytes that requests and answers of all connections may hold in memory, in MiB. */
export const MAX_BUFFERED_MIB = 192;

export interface AdmissionLimits {
  readonly maxInFlight: number;
  readonly maxPerConnection: number;
}
