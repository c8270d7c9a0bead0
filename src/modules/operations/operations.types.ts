import { z } from 'zod';

export const OPERATION_STATUSES = ['NotStarted', 'Running', 'Succeeded', 'Failed'] as const;
export type OperationStatus = (typeof OPERATION_STATUSES)[number];

export const operationFailureSchema = z.object({ errorCode: z.string(), message: z.string() });

/** Why an operation failed, in the catalogue's words. */
export type OperationFailure = z.infer<typeof operationFailureSchema>;

/** An operation as its creator sees it. */
export interface OperationView {
  readonly id: string;
  readonly status: OperationStatus;
  readonly percentComplete: number | undefined;
  readonly failure: OperationFailure | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Work that may outlast the request that asked for it. Its result is kept as JSON. */
export interface Work<T> {
  /** Noun and verb: `gateway.checkStatus`. */
  readonly kind: string;
  readonly run: () => Promise<T>;
}

/** The result of work that was done in time, or where to ask for it. */
export type Outcome<T> = { readonly result: T } | { readonly operationId: string };
