import type { Operation } from '../../../contract/operations.js';
import { SourceError } from '../source-error.js';
import { lookupStatement } from './catalog.js';
import { DESCRIBE_PROCEDURE_SQL } from './catalog-sql.js';
import { elementKindOfOid, kindOfOid } from './column-kind.js';
import { quoteIdentifier } from './identifier.js';
import { parameterText, type Json } from './parameter-text.js';
import type { Row } from './row-stream.js';
import { Binding, type Statement } from './statement.js';

type ExecuteProcedure = Extract<Operation, { name: 'executeProcedure' }>;

/** A parameter, or a column of what comes back. */
export interface Argument {
  readonly name: string;
  readonly castType: string;
  readonly oid: number;
  readonly isArray: boolean;
}

/** A function or a procedure as the source's catalogue describes it. */
export interface Routine {
  readonly schema: string;
  readonly name: string;
  readonly isProcedure: boolean;
  readonly isVoid: boolean;
  readonly inputs: readonly Argument[];
  /** Arguments of a procedure that only come back; a call still names them. */
  readonly outputs: readonly Argument[];
  readonly requiredCount: number;
  /** Columns of a function's rows, and values that come back from a procedure; undefined: only the call itself can tell. */
  readonly results: readonly Argument[] | undefined;
}

/** How to call a routine, and where its rows belong in the answer. */
export interface ProcedureCall {
  readonly statement: Statement;
  /** A procedure's one row holds its output parameters; a function's rows are a result set. */
  readonly isProcedure: boolean;
  readonly isVoid: boolean;
}

export function routineMissing(name: string): SourceError {
  return new SourceError('PROCEDURE_NOT_FOUND', 'The data source has no such procedure, or the login may not see it.', {
    details: { procedure: name.slice(0, 256) },
  });
}

export function describeProcedureStatement(name: string): Statement {
  return lookupStatement(DESCRIBE_PROCEDURE_SQL, name, () => routineMissing(name));
}

/** Chooses the routine whose arguments fit and writes its call, names from the catalogue and values bound. */
export function procedureCall(rows: readonly Row[], operation: ExecuteProcedure): ProcedureCall {
  const given = new Map(Object.entries(operation.parameters).map(([name, value]) => [name.replace(/^@/, ''), value]));
  const routines = rows.map(readRoutine);
  if (routines.length === 0) throw routineMissing(operation.procedure);
  const [first] = routines;
  const fitting = routines.filter((routine) => routine.schema === first?.schema && fits(routine, given));
  const [routine] = fitting;
  if (routine === undefined) throw argumentsWrong(first, given);
  if (fitting.length > 1) {
    throw new SourceError('VALIDATION_FAILED', 'Several routines of this name take these parameters.', {
      details: { procedure: routine.name },
    });
  }
  const binding = new Binding();
  const values = routine.inputs
    .filter(({ name }) => given.has(name))
    .map(
      (argument) => `${quoteIdentifier(argument.name)} => ${bindArgument(argument, given.get(argument.name), binding)}`,
    );
  const outputs = routine.outputs.map(({ name, castType }) => `${quoteIdentifier(name)} => NULL::${castType}`);
  const target = `${quoteIdentifier(routine.schema)}.${quoteIdentifier(routine.name)}`;
  const text = routine.isProcedure
    ? `CALL ${target}(${[...values, ...outputs].join(', ')})`
    : `SELECT * FROM ${target}(${values.join(', ')})`;
  return { statement: binding.statement(text, false), isProcedure: routine.isProcedure, isVoid: routine.isVoid };
}

export function readRoutine(row: Row): Routine {
  const names = JSON.parse(row[5] ?? '[]') as readonly string[];
  const modes = JSON.parse(row[6] ?? '[]') as readonly string[];
  const types = JSON.parse(row[7] ?? '[]') as readonly (readonly [number, string, string])[];
  const all = types.map(([oid, castType, category], index) => ({
    mode: modes[index] ?? 'i',
    argument: { name: names[index] ?? '', castType, oid, isArray: category === 'A' },
  }));
  const inputs = all.filter(({ mode }) => 'ibv'.includes(mode)).map(({ argument }) => argument);
  const isProcedure = row[2] === 'p';
  return {
    schema: row[0] ?? '',
    name: row[1] ?? '',
    isProcedure,
    isVoid: row[3] === 't',
    inputs,
    outputs: isProcedure ? all.filter(({ mode }) => mode === 'o').map(({ argument }) => argument) : [],
    // Arguments with a default stand at the end (CREATE FUNCTION demands it).
    requiredCount: inputs.length - Number(row[4] ?? 0),
    results: readResults(
      row,
      all.flatMap(({ mode, argument }) => ('obt'.includes(mode) ? [argument] : [])),
    ),
  };
}

function readResults(row: Row, named: readonly Argument[]): readonly Argument[] | undefined {
  if (named.length > 0 || row[2] === 'p') return named;
  const columns = JSON.parse(row[8] ?? 'null') as readonly (readonly [number, string, string, string])[] | null;
  return columns?.map(([oid, name, castType, category]) => ({ oid, name, castType, isArray: category === 'A' }));
}

function fits(routine: Routine, given: ReadonlyMap<string, Json>): boolean {
  const names = new Set(routine.inputs.map(({ name }) => name));
  return (
    [...given.keys()].every((name) => name !== '' && names.has(name)) &&
    routine.inputs.slice(0, routine.requiredCount).every(({ name }) => given.has(name))
  );
}

function argumentsWrong(routine: Routine | undefined, given: ReadonlyMap<string, Json>): SourceError {
  const names = routine?.inputs.map(({ name }) => name) ?? [];
  const unknown = [...given.keys()].find((name) => !names.includes(name));
  const missing = names.slice(0, routine?.requiredCount).find((name) => !given.has(name));
  const parameter = unknown ?? missing ?? '';
  return new SourceError(
    'VALIDATION_FAILED',
    `The parameter ${parameter} is ${unknown ? 'not known to' : 'missing for'} the procedure.`,
    {
      details: { parameter },
    },
  );
}

function bindArgument(argument: Argument, value: Json | undefined, binding: Binding): string {
  const shape = {
    kind: kindOfOid(argument.oid),
    isArray: argument.isArray,
    elementKind: elementKindOfOid(argument.oid) ?? 'other',
  } as const;
  const text = parameterText(value ?? null, shape);
  if (text === undefined) {
    throw new SourceError('VALIDATION_FAILED', `The value for the parameter ${argument.name} has the wrong shape.`, {
      details: { parameter: argument.name },
    });
  }
  return `${binding.add(text, argument.name)}::${argument.castType}`;
}
