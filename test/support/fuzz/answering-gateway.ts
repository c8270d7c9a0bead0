import type { Dispatch, RelayReply } from '../../../src/relay-broker/relay-broker.js';
import type { AgentErrorCode } from '../../../src/contract/errors.js';

const FILE = {
  name: 'a.txt',
  path: '/a.txt',
  isFolder: false,
  size: 1,
  modifiedAt: '2026-01-01T00:00:00.000Z',
  mediaType: 'text/plain',
  etag: '"1"',
};
const COLUMN = { sourceType: 'int4', nullable: false, hasDefault: false, readOnly: false };
const TABLE = {
  name: 'public.orders',
  displayName: 'orders',
  columns: [
    { ...COLUMN, name: 'id', type: 'integer', keyOrder: 1 },
    { ...COLUMN, name: 'name', type: 'string', sourceType: 'text', nullable: true, maxLength: 100 },
  ],
};
const ROW = { id: 1, name: 'first' };

const TRAILER = { count: 1, hasMore: false, continuation: '["1"]' };

/** What a member answers, by operation; what is not here it does not know. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  test: '',
  listTables: [{ name: TABLE.name, displayName: TABLE.displayName }],
  getTable: TABLE,
  listItems: [ROW],
  getItem: ROW,
  createItem: ROW,
  updateItem: ROW,
  deleteItem: '',
  executeQuery: [ROW],
  executeProcedure: { ResultSets: { Table1: [ROW] }, OutputParameters: {}, ReturnCode: 0 },
  queryItems: [ROW],
  pollItems: [ROW],
  listProcedures: [{ name: '[public].[work]', displayName: 'work' }],
  getProcedure: { name: '[public].[work]', displayName: 'work', inputs: [], outputs: [], columns: [] },
  listFolder: [FILE],
  getFile: FILE,
  readFile: 'text',
  writeFile: FILE,
  copyFile: FILE,
  pageFolder: { entries: [FILE], next: 'a.txt' },
  listChanges: { entries: [FILE], state: 'AQE', hasMore: false },
  deleteFile: '',
};

/** Every so many requests the source refuses; the refusals that are the caller's doing take turns. */
const REFUSES_EVERY = 7;
const REFUSALS: readonly AgentErrorCode[] = ['ITEM_NOT_FOUND', 'FILTER_INVALID', 'COLUMN_UNKNOWN', 'SOURCE_CONFLICT'];

/** A gateway that is there and answers everything: what fails beyond it is not the control plane's doing. */
export function answeringGateway(): (dispatch: Dispatch) => Promise<RelayReply> {
  let asked = 0;
  return async ({ envelope, memberId, link }) => {
    asked += 1;
    const { name } = envelope.operation;
    const from = { memberId: memberId ?? [...link.replyKeys.keys()][0] ?? '', attempt: envelope.attempt };
    if (name !== 'test' && asked % REFUSES_EVERY === 0) {
      return refusal(from, REFUSALS[(asked / REFUSES_EVERY) % REFUSALS.length] ?? 'ITEM_NOT_FOUND');
    }
    if (name === 'httpRequest') {
      return reply(from, { status: 'ok', http: { status: 200, headers: [['content-type', 'text/plain']] } }, 'text');
    }
    const answer = ANSWERS[name];
    if (answer === undefined) return refusal(from, 'OPERATION_UNSUPPORTED');
    const isText = typeof answer === 'string';
    const mediaType = isText ? 'text/plain' : 'application/json';
    return reply(from, { status: 'ok', mediaType }, isText ? answer : JSON.stringify(answer));
  };
}

type From = Pick<RelayReply, 'memberId' | 'attempt'>;

function reply(from: From, head: RelayReply['head'], text: string): RelayReply {
  return { ...from, head, body: bytesOf(text), trailer: Promise.resolve(TRAILER) };
}

function refusal(from: From, code: AgentErrorCode): RelayReply {
  const error = { code, hop: 'source', outcome: 'not-executed', message: 'The source refuses.' } as const;
  return reply(from, { status: 'error', error }, '');
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  if (text !== '') yield Buffer.from(text);
}
