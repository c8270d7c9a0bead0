import type { Fetch } from '../../../../src/client/sender.js';
import type { EligibleFilter } from './use-licences.js';

interface CsvSource {
  readonly send: Fetch;
  readonly origin: string;
}

/**
 * The report as one table: pages as the control plane writes them, the heading once.
 *
 * @throws ApiError
 */
export async function* reportCsv(
  { send, origin }: CsvSource,
  isEligible: EligibleFilter,
): AsyncGenerator<string, void> {
  const filter = isEligible === '' ? '' : `?isEligible=${isEligible}`;
  let address: URL | undefined = new URL(`/v1/licences/report${filter}`, origin);
  for (let isFirst = true; address; isFirst = false) {
    const response: Response = await send(new Request(address, { headers: { accept: 'text/csv' } }));
    const text = await response.text();
    yield isFirst ? text : text.slice(text.indexOf('\r\n') + 2);
    address = nextOf(response.headers.get('link'), address);
  }
}

/** The next page at the origin of this one: behind a proxy the control plane may know itself by another name. */
function nextOf(link: string | null, current: URL): URL | undefined {
  const target = /<([^>]+)>;\s*rel="next"/.exec(link ?? '')?.[1];
  return target === undefined ? undefined : new URL(new URL(target, current).search, current);
}
