import { DomainError } from '../../common/errors/domain-error.js';

const BASE = '/apim/http/';

/**
 * What stands after the connection's id, untouched: decoding and encoding again would change what the source sees.
 *
 * @throws DomainError VALIDATION_FAILED for characters that no URL has
 */
export function pathBelowConnection(url: string): string {
  if (!url.startsWith(BASE) || !/^[\x21-\x7e]*$/.test(url) || /[#\\]/.test(url)) {
    throw new DomainError('VALIDATION_FAILED', { problem: 'the address has characters that must be percent-encoded' });
  }
  const rest = url.slice(BASE.length).replace(/^[^/?]*/, '');
  return rest.startsWith('/') ? rest : `/${rest}`;
}
