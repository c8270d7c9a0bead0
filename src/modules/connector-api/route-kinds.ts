import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../common/errors/domain-error.js';
import { OPERATIONS_BY_KIND } from '../../contract/capabilities.js';
import type { OperationName } from '../../contract/operations.js';
import { SOURCE_KINDS, sourceKindSchema, type SourceKind } from '../../contract/targets.js';

const ROUTE = /^\/apim\/([^/]+)\//;

/** Routes of the kinds of source that have an operation, each below the kind's own name. @param rest below the connection */
export function routesOf(operation: OperationName, rest = ''): string[] {
  return SOURCE_KINDS.filter((kind) => OPERATIONS_BY_KIND[kind].includes(operation)).map(
    (kind) => `apim/${kind}/:connectionId${rest}`,
  );
}

/** The kind of source that the route of a request is about. A connection of another kind is not found there. */
export function kindOf({ routeOptions }: FastifyRequest): SourceKind {
  const kind = sourceKindSchema.safeParse(ROUTE.exec(routeOptions.url ?? '')?.[1]);
  if (kind.success) return kind.data;
  throw new DomainError('INTERNAL', {}, { message: 'a route of the connector surface without a kind of source' });
}
