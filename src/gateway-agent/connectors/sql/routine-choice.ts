import type { Operation } from '../../../contract/operations.js';
import { SourceError } from '../source-error.js';
import type { Routine } from './catalog-table.js';
import type { GivenArgument, Json } from './dialect.js';
import { routineMissing } from './procedure-catalog.js';

type ExecuteProcedure = Extract<Operation, { name: 'executeProcedure' }>;

/** A routine with the arguments that a call gives it. */
export interface ChosenRoutine {
  readonly routine: Routine;
  readonly given: readonly GivenArgument[];
}

/**
 * Chooses the routine whose arguments fit.
 *
 * @throws SourceError SOURCE_FAILED, VALIDATION_FAILED
 */
export function chooseRoutine(routines: readonly Routine[], operation: ExecuteProcedure): ChosenRoutine {
  const given = new Map(Object.entries(operation.parameters).map(([name, value]) => [name.replace(/^@/, ''), value]));
  const [first] = routines;
  if (!first) throw routineMissing(operation.procedure);
  const fitting = routines.filter((routine) => routine.schema === first.schema && fits(routine, given));
  const [routine] = fitting;
  if (routine === undefined) throw argumentsWrong(first, given);
  if (fitting.length > 1) {
    throw new SourceError('VALIDATION_FAILED', 'Several routines of this name take these parameters.', {
      details: { procedure: routine.name },
    });
  }
  const chosen = routine.inputs
    .filter(({ name }) => given.has(name))
    .map((argument) => ({ argument, value: given.get(argument.name) ?? null }));
  return { routine, given: chosen };
}

function fits(routine: Routine, given: ReadonlyMap<string, Json>): boolean {
  const names = new Set(routine.inputs.map(({ name }) => name));
  return (
    [...given.keys()].every((name) => name !== '' && names.has(name)) &&
    routine.inputs.slice(0, routine.requiredCount).every(({ name }) => given.has(name))
  );
}

function argumentsWrong(routine: Routine, given: ReadonlyMap<string, Json>): SourceError {
  const names = routine.inputs.map(({ name }) => name);
  const unknown = [...given.keys()].find((name) => !names.includes(name));
  const missing = names.slice(0, routine.requiredCount).find((name) => !given.has(name));
  const parameter = unknown ?? missing ?? '';
  return new SourceError(
    'VALIDATION_FAILED',
    `The parameter ${parameter} is ${unknown === undefined ? 'missing for' : 'not known to'} the procedure.`,
    { details: { parameter } },
  );
}
