import type { Operation } from '../../../contract/operations.js';
import type { ConnectorAnswer } from '../connector.js';
import type { SourceAnswer } from '../http/source-client.js';
import { SourceError } from '../source-error.js';
import { MAX_ROW_BYTES } from './collection-reader.js';
import type { EntitySet } from './edm-model.js';
import { entityBody, etagOf } from './entity-body.js';
import { entityPath } from './entity-key.js';
import { readText, type Asked } from './odata-failure.js';
import type { ODataService } from './odata-service.js';
import { inList } from './row-pages.js';
import { rowWriter } from './row-writer.js';

type Op<N extends Operation['name']> = Extract<Operation, { name: N }>;

/** The row as it is afterwards, with what the service filled in. */
const WITH_ROW: [string, string] = ['prefer', 'return=representation'];
/** Without it a service may take a change of a row that is not there for a new one. */
const ONLY_EXISTING = '*';

export async function getItem(service: ODataService, set: EntitySet, { key }: Op<'getItem'>): Promise<ConnectorAnswer> {
  const asked: Asked = { missing: 'item', table: set.name, isWrite: false };
  return oneItem(set, await service.send({ method: 'GET', path: entityPath(set, key) }, asked), false);
}

export async function createItem(
  service: ODataService,
  set: EntitySet,
  { row }: Op<'createItem'>,
): Promise<ConnectorAnswer> {
  const asked: Asked = { missing: 'table', table: set.name, isWrite: true };
  const path = `/${encodeURIComponent(set.name)}`;
  const answer = await service.send({ method: 'POST', path, headers: [WITH_ROW], body: entityBody(set, row) }, asked);
  // A service may keep the row to itself.
  return answer.status === 204 ? jsonAnswer('{}') : oneItem(set, answer, true);
}

export async function updateItem(
  service: ODataService,
  set: EntitySet,
  { key, row }: Op<'updateItem'>,
): Promise<ConnectorAnswer> {
  const etag = etagOf(row);
  const path = entityPath(set, key);
  const body = entityBody(set, row);
  if (body === '{}') throw new SourceError('VALIDATION_FAILED', 'The update names no column.');
  const asked: Asked = { missing: 'item', table: set.name, isWrite: true, hasEtag: etag !== undefined };
  const headers: [string, string][] = [WITH_ROW, ['if-match', etag ?? ONLY_EXISTING]];
  const answer = await service.send({ method: 'PATCH', path, headers, body }, asked);
  if (answer.status !== 204) return oneItem(set, answer, true);
  await answer.body.return(undefined);
  try {
    return await oneItem(set, await service.send({ method: 'GET', path }, { ...asked, isWrite: false }), true);
  } catch (error) {
    throw error instanceof SourceError ? executed(error) : error;
  }
}

export async function deleteItem(
  service: ODataService,
  set: EntitySet,
  { key }: Op<'deleteItem'>,
): Promise<ConnectorAnswer> {
  const asked: Asked = { missing: 'item', table: set.name, isWrite: true };
  const headers: [string, string][] = [['if-match', ONLY_EXISTING]];
  const answer = await service.send({ method: 'DELETE', path: entityPath(set, key), headers }, asked);
  await answer.body.return(undefined);
  return { body: (async function* () {})() };
}

/** An answer that is there already. */
export function jsonAnswer(text: string): ConnectorAnswer {
  return {
    mediaType: 'application/json',
    body: (async function* () {
      yield Buffer.from(text);
    })(),
  };
}

async function oneItem(set: EntitySet, answer: SourceAnswer, isWritten: boolean): Promise<ConnectorAnswer> {
  try {
    const text = await readText(answer.body, MAX_ROW_BYTES);
    if (text === undefined) {
      throw new SourceError('SOURCE_FAILED', 'The row is too long.', {
        hop: 'source',
        details: { limitBytes: MAX_ROW_BYTES },
      });
    }
    const write = rowWriter([...set.properties.values()]);
    return jsonAnswer(inList(() => write(text)).text);
  } catch (error) {
    throw isWritten && error instanceof SourceError ? executed(error) : error;
  }
}

/** What went wrong came after the change. */
function executed(error: SourceError): SourceError {
  const { code, message, hop, details } = error;
  return new SourceError(code, message, { hop, details, outcome: 'executed', cause: error });
}
