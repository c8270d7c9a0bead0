import type { HeaderList } from '../../../contract/operations.js';
import type { ODataTarget } from '../../../contract/targets.js';
import type { ConnectorRequest } from '../connector.js';
import type { SourceAnswer, SourceClient } from '../http/source-client.js';
import { joinPath } from '../http/target-path.js';
import { SourceError } from '../source-error.js';
import { readCsdl } from './csdl-reader.js';
import type { EdmModel } from './edm-model.js';
import { readText, serviceFailure, type Asked } from './odata-failure.js';
import { XmlError } from './xml-reader.js';

/** Longest description of a service, in bytes; the largest known ones have about 15 MB. */
const MAX_METADATA_BYTES = 32 * 1024 * 1024;
/** A number and a byte order mark. */
const MAX_COUNT_BYTES = 64;

/** Long numbers come as texts from services that know the word; from others as the digits that they are. */
const JSON_TYPE = 'application/json;odata.metadata=minimal;IEEE754Compatible=true';
const VERSION: HeaderList = [
  ['odata-version', '4.0'],
  ['odata-maxversion', '4.01'],
  // An answer that is unpacked here could be any number of times as long as what was sent.
  ['accept-encoding', 'identity'],
];

export interface ServiceCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path and query below the service's address, encoded, beginning with a slash. */
  readonly path: string;
  readonly headers?: HeaderList;
  /** JSON text. */
  readonly body?: string;
}

/** One connection's service, for one request. */
export class ODataService {
  constructor(
    private readonly client: SourceClient,
    private readonly request: ConnectorRequest,
    private readonly target: ODataTarget,
  ) {}

  /**
   * Asks for JSON.
   *
   * @throws SourceError for every answer that is no success, and what the way to the source can fail with
   */
  async send(call: ServiceCall, asked: Asked): Promise<SourceAnswer> {
    const answer = await this.pass(call, JSON_TYPE);
    if (answer.status < 200 || answer.status > 299) throw await serviceFailure(answer, asked);
    if (answer.status !== 204) await assertBody(answer, 'application/json', asked.isWrite);
    return answer;
  }

  /** The number that a path with `$count` tells; undefined where the service tells none. */
  async count(path: string, asked: Asked): Promise<number | undefined> {
    const answer = await this.pass({ method: 'GET', path }, 'text/plain');
    if (answer.status !== 200) throw await serviceFailure(answer, asked);
    const text = await readText(answer.body, MAX_COUNT_BYTES);
    return /^\ufeff?\d{1,15}$/.test(text ?? '') ? Number(text?.replace('\ufeff', '')) : undefined;
  }

  /** @throws SourceError SOURCE_FAILED for a service that does not describe itself as OData 4 */
  async metadata(): Promise<EdmModel> {
    const answer = await this.pass({ method: 'GET', path: '/$metadata' }, 'application/xml');
    if (answer.status === 404) {
      await answer.body.return(undefined);
      throw notOData('There is no OData service at this address.', { status: answer.status });
    }
    if (answer.status !== 200)
      throw await serviceFailure(answer, { missing: 'table', table: '$metadata', isWrite: false });
    await assertBody(answer, 'application/xml', false);
    const text = await readText(answer.body, MAX_METADATA_BYTES);
    if (text === undefined)
      throw notOData("The source's description of itself is too long.", { limitBytes: MAX_METADATA_BYTES });
    try {
      return readCsdl(text);
    } catch (cause) {
      if (!(cause instanceof XmlError)) throw cause;
      throw notOData("The source's description of itself is not that of OData 4.", { problem: cause.message }, cause);
    }
  }

  /**
   * The path of the page that an answer names as the next, if it is one of this service.
   *
   * @param at path below the service's address that the answer came from
   * @throws SourceError SOURCE_FAILED for any other place
   */
  nextPath(link: string, at: string): string {
    const { origin, path } = joinPath(this.target.url, at);
    const elsewhere = (cause?: unknown): SourceError =>
      new SourceError('SOURCE_FAILED', "The source's next page lies at another address, which is not followed.", {
        hop: 'source',
        ...(cause === undefined ? {} : { cause }),
      });
    if (!URL.canParse(link, origin + path)) throw elsewhere();
    const url = new URL(link, origin + path);
    const base = new URL(this.target.url).pathname.replace(/\/+$/, '');
    if (url.origin !== origin || url.username !== '' || url.password !== '' || !url.pathname.startsWith(`${base}/`)) {
      throw elsewhere();
    }
    const below = url.pathname.slice(base.length) + url.search;
    try {
      joinPath(this.target.url, below);
    } catch (cause) {
      throw elsewhere(cause);
    }
    return below;
  }

  private pass({ method, path, headers = [], body }: ServiceCall, accept: string): Promise<SourceAnswer> {
    const { request, target } = this;
    const bytes = body === undefined ? undefined : Buffer.from(body);
    const described: HeaderList = bytes
      ? [
          ['content-type', 'application/json'],
          ['content-length', String(bytes.length)],
        ]
      : [];
    return this.client.send({
      request,
      target,
      place: joinPath(target.url, path),
      method,
      headers: [...VERSION, ['accept', accept], ...headers, ...described],
      body: bytes && only(bytes),
    });
  }
}

export function headerOf({ headers }: SourceAnswer, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

/** @throws SourceError SOURCE_FAILED for a body that is something else, a page for people for instance */
async function assertBody(answer: SourceAnswer, wanted: string, isWrite: boolean): Promise<void> {
  const type = (headerOf(answer, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const coding = headerOf(answer, 'content-encoding') ?? 'identity';
  const isWanted = type === wanted || (wanted === 'application/xml' && type === 'text/xml');
  if (isWanted && coding === 'identity') return;
  await answer.body.return(undefined);
  throw new SourceError('SOURCE_FAILED', "The source's answer is not of the kind that OData has.", {
    hop: 'source',
    outcome: isWrite ? 'unknown' : 'not-executed',
    details: { mediaType: type.slice(0, 100), encoding: coding.slice(0, 100) },
  });
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function notOData(message: string, details: Readonly<Record<string, string | number>>, cause?: unknown): SourceError {
  return new SourceError('SOURCE_FAILED', message, {
    hop: 'source',
    details,
    ...(cause === undefined ? {} : { cause }),
  });
}
