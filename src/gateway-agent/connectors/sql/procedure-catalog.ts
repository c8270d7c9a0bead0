import type { Procedure, ProcedureField } from '../../../contract/procedure.js';
import type { ConnectorAnswer } from '../connector.js';
import { SourceError } from '../source-error.js';
import { lookup, toTableList } from './catalog.js';
import type { Argument, Routine } from './catalog-table.js';
import { contractTypeOf } from './column-kind.js';
import type { DatabaseWork } from './database-work.js';
import { bytesAnswer } from './table-operations.js';
import { formatTableName } from './table-name.js';

/** Functions and procedures that the login may call, each name once. */
export async function listProcedures(work: DatabaseWork): Promise<ConnectorAnswer> {
  const rows = await work.read(work.dialect.catalog.listProcedures());
  return bytesAnswer(JSON.stringify(toTableList(rows, work.dialect)));
}

/** What one of them takes and gives. */
export async function getProcedure(work: DatabaseWork, name: string): Promise<ConnectorAnswer> {
  const [routine] = await findRoutines(work, name);
  if (!routine) throw routineMissing(name);
  const { schema, name: own, isProcedure, inputs, requiredCount, results } = routine;
  const fields = results?.map(fieldOf);
  const procedure: Procedure = {
    name: formatTableName(schema, own),
    displayName: work.dialect.catalog.displayName(schema, own),
    inputs: inputs
      .map((argument, index) => ({ ...fieldOf(argument), required: index < requiredCount }))
      // A call names what it gives.
      .filter(({ name: each }) => each !== ''),
    outputs: isProcedure ? (fields ?? []) : [],
    ...(!isProcedure && fields && { columns: fields }),
  };
  return bytesAnswer(JSON.stringify(procedure));
}

/** All that a name can mean, best match first. */
export async function findRoutines(work: DatabaseWork, name: string): Promise<readonly Routine[]> {
  const { catalog } = work.dialect;
  const fragment = lookup(
    name,
    () => routineMissing(name),
    (candidates) => catalog.describeProcedure(candidates),
  );
  return catalog.readProcedures(await work.read(fragment));
}

export function routineMissing(name: string): SourceError {
  return new SourceError('PROCEDURE_NOT_FOUND', 'The data source has no such procedure, or the login may not see it.', {
    details: { procedure: name.slice(0, 256) },
  });
}

function fieldOf({ name, kind, isArray, castType }: Argument): ProcedureField {
  return { name, type: contractTypeOf(kind, isArray), sourceType: castType };
}
