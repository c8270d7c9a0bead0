import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../common/errors/domain-error.js';

/** The versions of `Microsoft.Web` in which these resources are spoken of here. */
const API_VERSIONS = ['2016-06-01'] as const;

/** A date, and `-preview` or its like behind it: what a version looks like. */
const VERSION = /^\d{4}-\d\d-\d\d(-[a-z]+)?$/;

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Resource Manager answers no request that does not name the version of the API it was written for. */
@Injectable()
export class ApiVersionGuard implements CanActivate {
  /** @throws DomainError API_VERSION_MISSING, API_VERSION_INVALID, API_VERSION_UNSUPPORTED */
  canActivate(context: ExecutionContext): boolean {
    const { query } = context.switchToHttp().getRequest<FastifyRequest<{ Querystring: Query }>>();
    const version = query['api-version'];
    const supported = API_VERSIONS.join(', ');
    if (version === undefined || version === '') throw new DomainError('API_VERSION_MISSING', { supported });
    if (API_VERSIONS.some((one) => one === version)) return true;
    // Sent twice, it is a list.
    const shown = [version].flat().join(', ').slice(0, 100);
    const isVersion = VERSION.test(shown);
    const message = isVersion
      ? `Microsoft.Web is not known in version '${shown}'. The supported api-versions are '${supported}'.`
      : `The api-version '${shown}' is invalid. The supported versions are '${supported}'.`;
    throw new DomainError(isVersion ? 'API_VERSION_UNSUPPORTED' : 'API_VERSION_INVALID', { supported }, { message });
  }
}
