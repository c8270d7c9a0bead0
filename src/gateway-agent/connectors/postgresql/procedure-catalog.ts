import type { Procedure, ProcedureField } from '../../../contract/procedure.js';
import type { ConnectorAnswer } from '../connector.js';
import { displayNameOf, toTableList } from './catalog.js';
import { LIST_PROCEDURES_SQL } from './catalog-sql.js';
import { contractTypeOf, kindOfOid } from './column-kind.js';
import type { DatabaseWork } from './database-work.js';
import { describeProcedureStatement, readRoutine, routineMissing, type Argument } from './procedure-call.js';
import { Binding } from './statement.js';
import { bytesAnswer } from './table-operations.js';
import { formatTableName } from './table-name.js';

/** Functions and procedures that the login may call, each name once. */
export async function listProcedures(work: DatabaseWork): Promise<ConnectorAnswer> {
  const rows = await work.read(new Binding().statement(LIST_PROCEDURES_SQL, true));
  return bytesAnswer(JSON.stringify(toTableList(rows)));
}

/** What one of them takes and gives. */
export async function getProcedure(work: DatabaseWork, name: string): Promise<ConnectorAnswer> {
  const [row] = await work.read(describeProcedureStatement(name));
  if (!row) throw routineMissing(name);
  const { schema, name: own, isProcedure, inputs, requiredCount, results } = readRoutine(row);
  const fields = results?.map(fieldOf);
  const procedure: Procedure = {
    name: formatTableName(schema, own),
    displayName: displayNameOf(schema, own),
    inputs: inputs
      .map((argument, index) => ({ ...fieldOf(argument), required: index < requiredCount }))
      // A call names what it gives.
      .filter(({ name: each }) => each !== ''),
    outputs: isProcedure ? (fields ?? []) : [],
    ...(!isProcedure && fields && { columns: fields }),
  };
  return bytesAnswer(JSON.stringify(procedure));
}

function fieldOf({ name, oid, castType, isArray }: Argument): ProcedureField {
  return { name, type: contractTypeOf(kindOfOid(oid), isArray), sourceType: castType };
}
