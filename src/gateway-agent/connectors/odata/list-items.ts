import { lettingGo } from '../abortable.js';
import type { ConnectorAnswer } from '../connector.js';
import { SourceError } from '../source-error.js';
import type { EntitySet } from './edm-model.js';
import { placeOf } from './keyset.js';
import { listQuery, type ListItems, type ListQuery } from './list-query.js';
import type { ODataService } from './odata-service.js';
import { inList, RowPages } from './row-pages.js';
import { resultWriter, rowWriter } from './row-writer.js';

/** Size at which text is handed on as bytes, in characters. */
const CHUNK_SIZE = 64 * 1024;

/** Rows as the reader takes them: the service is read no faster. */
export async function listItems(
  service: ODataService,
  set: EntitySet,
  operation: ListItems,
  maxRows: number | undefined,
): Promise<ConnectorAnswer> {
  const query = listQuery(set, operation);
  const asked = { missing: 'table', table: set.name, isWrite: false } as const;
  const counted = query.countPath === undefined ? undefined : await service.count(query.countPath, asked);
  const answer = await service.send({ method: 'GET', path: query.path }, asked);
  const pages = new RowPages(service, asked);
  const rows = pages.read(answer, query.path);
  // Read already, so that an answer that is no list is an error and not a broken answer.
  const first = await rows.next();
  const isCounted = operation.count === true && counted === undefined;
  const list = new List(
    query,
    { limit: operation.top ?? Infinity, maxRows },
    () => isCounted && pages.count === undefined,
  );
  const body = lettingGo(list.write(first, rows), () => rows.return(undefined));
  return {
    mediaType: 'application/json',
    body,
    trailer: () => {
      const count = counted ?? (isCounted ? pages.count : undefined);
      const { hasMore, continuation } = list;
      return {
        hasMore,
        ...(typeof count === 'number' && { count }),
        ...(continuation === undefined ? {} : { continuation }),
      };
    },
  };
}

class List {
  hasMore = false;
  continuation: string | undefined;

  constructor(
    private readonly query: ListQuery,
    private readonly bounds: { readonly limit: number; readonly maxRows: number | undefined },
    /** Services may tell the number of all rows behind the rows. */
    private readonly isCountAwaited: () => boolean,
  ) {}

  async *write(
    first: IteratorResult<readonly string[], unknown>,
    rest: AsyncGenerator<readonly string[]>,
  ): AsyncGenerator<Uint8Array> {
    const { columns, computed } = this.query;
    const writeRow = computed ? resultWriter(columns, computed.results) : rowWriter(columns);
    let text = '[';
    let written = 0;
    let last: ReadonlyMap<string, string> | undefined;
    try {
      let step = first;
      for (; step.done !== true; step = await rest.next()) {
        for (const row of step.value) {
          if (written >= this.bounds.limit) {
            this.hasMore = true;
            break;
          }
          assertAllowed(written, this.bounds.maxRows);
          const { text: json, members } = inList(() => writeRow(row));
          text += `${written === 0 ? '\n' : ',\n'}${json}`;
          written += 1;
          last = members;
          if (text.length >= CHUNK_SIZE) {
            yield Buffer.from(text);
            text = '';
          }
        }
        if (this.hasMore && !this.isCountAwaited()) break;
      }
    } finally {
      await rest.return(undefined);
    }
    if (this.hasMore && last && this.query.order.length > 0) this.continuation = placeOf(last, this.query.order);
    yield Buffer.from(`${text}]`);
  }
}

/** @throws SourceError POLICY_DENIED for a row more than the machine's operator lets one answer hold */
function assertAllowed(written: number, maxRows: number | undefined): void {
  if (maxRows === undefined || written < maxRows) return;
  throw new SourceError('POLICY_DENIED', 'The answer has more rows than the operator of the gateway allows.', {
    details: { limitRows: maxRows },
  });
}
