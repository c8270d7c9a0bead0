import { DomainError } from '../../common/errors/domain-error.js';
import type { GatewayResource, Precondition } from './azure-resources.types.js';

type Versioned = Pick<GatewayResource, 'id' | 'version'>;

/** Names one version of one resource: another one that takes its place later has other tags. */
export function etagOf({ id, version }: Versioned): string {
  return `"${id.slice(0, 8)}-${version}"`;
}

/** @param current as the resource is; null: there is none. @throws DomainError PRECONDITION_FAILED */
export function assertPrecondition({ ifMatch, ifNoneMatch }: Precondition, current: Versioned | null): void {
  const matches = (tags: readonly string[]) =>
    current !== null && tags.some((tag) => tag === '*' || tag === etagOf(current));
  if ((ifMatch && !matches(ifMatch)) || (ifNoneMatch && matches(ifNoneMatch))) {
    throw new DomainError('PRECONDITION_FAILED', current ? { etag: etagOf(current) } : {});
  }
}
