import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import type { SourceKind } from '../../src/contract/targets.js';
import { lettingGo } from '../../src/gateway-agent/connectors/abortable.js';
import type { Connector, ConnectorAnswer, ConnectorRequest } from '../../src/gateway-agent/connectors/connector.js';
import { SourceError } from '../../src/gateway-agent/connectors/source-error.js';

/** Longest line taken, in bytes: one is held whole. */
const MAX_LINE_BYTES = 1024 * 1024;

/** The rows of CSV files of one folder, every column a text. */
export class CsvConnector implements Connector {
  // In the tree it would be one of SOURCE_KINDS, and need no cast.
  readonly kind = 'csv' as SourceKind;

  constructor(private readonly folder: string) {}

  async execute({ operation, signal, limits }: ConnectorRequest): Promise<ConnectorAnswer> {
    if (signal.aborted) throw new SourceError('REQUEST_CANCELLED', 'The request was cancelled before it ran.');
    if (operation.name !== 'listItems') {
      throw new SourceError('OPERATION_UNSUPPORTED', `A CSV file has no operation ${operation.name}.`, {
        details: { operation: operation.name },
      });
    }
    // What a request says is never a path: names of tables are plain words here.
    if (!/^\w{1,100}$/.test(operation.table)) {
      throw new SourceError('TABLE_NOT_FOUND', 'There is no such file.', { details: { table: operation.table } });
    }
    const file = createReadStream(`${this.folder}/${operation.table}.csv`, { signal });
    const rows = file.pipe(parse({ columns: true, max_record_size: MAX_LINE_BYTES }));
    file.on('error', (error) => rows.destroy(error));
    const most = { rows: limits?.rows ?? Infinity, top: operation.top ?? Infinity };
    const body = lettingGo(write(rows, most), () => {
      file.destroy();
      rows.destroy();
    });
    return { mediaType: 'application/json', body };
  }

  /** Nothing is kept between requests, so there is nothing to forget and nothing to close. */
  async forget(): Promise<void> {}

  async close(): Promise<void> {}
}

/** One row at a time, as fast as the reader takes them. */
async function* write(
  rows: AsyncIterable<unknown>,
  most: { readonly rows: number; readonly top: number },
): AsyncGenerator<Uint8Array> {
  let written = 0;
  yield Buffer.from('[');
  try {
    for await (const row of rows) {
      if (written >= most.top) break;
      if (written >= most.rows) throw new SourceError('POLICY_DENIED', 'The answer has more rows than allowed.');
      yield Buffer.from(`${written === 0 ? '' : ','}${JSON.stringify(row)}`);
      written += 1;
    }
  } catch (error) {
    throw failure(error);
  }
  yield Buffer.from(']');
}

/** Says what went wrong in the contract's words, without a path of the machine in it. */
function failure(error: unknown): unknown {
  if (error instanceof SourceError || !(error instanceof Error)) return error;
  if ('code' in error && error.code === 'ENOENT') return new SourceError('TABLE_NOT_FOUND', 'There is no such file.');
  if (error.name === 'AbortError') return new SourceError('REQUEST_CANCELLED', 'The request was cancelled.');
  return new SourceError('SOURCE_FAILED', 'The file cannot be read.', { hop: 'source', cause: error });
}
