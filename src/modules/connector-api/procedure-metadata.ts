import type { Procedure, ProcedureField } from '../../contract/procedure.js';
import { SCHEMA_TYPES } from './table-metadata.js';

type Json = Readonly<Record<string, unknown>>;

/** What a procedure takes and gives, as JSON schemas under the names that designers of flows look for. */
export function procedureMetadata({ name, displayName, inputs, outputs, columns }: Procedure) {
  const required = inputs.filter((input) => input.required).map((input) => input.name);
  return {
    name,
    title: displayName,
    schema: {
      inputparameters: { type: 'object', ...(required.length > 0 && { required }), properties: propertiesOf(inputs) },
      procedureresultschema: {
        type: 'object',
        properties: {
          ResultSets: {
            type: 'object',
            properties: columns === undefined ? {} : { Table1: rowsOf(propertiesOf(columns)) },
          },
          OutputParameters: { type: 'object', properties: propertiesOf(outputs) },
          ReturnCode: { type: 'integer', format: 'int32' },
        },
      },
    },
  };
}

/** What a query takes, from what its caller says of its parameters. Its rows are known only once it has run. */
export function queryMetadata(formalParameters: Readonly<Record<string, string>>) {
  const parameters = Object.entries(formalParameters).map(([name, type]) => [
    name.replace(/^@/, ''),
    { ...schemaOfWord(type), title: name, description: type },
  ]);
  return {
    name: 'sql',
    title: 'sql',
    schema: {
      actualparameters: { type: 'object', properties: Object.fromEntries(parameters) as Json },
      queryresults: {
        type: 'object',
        properties: {
          ResultSets: { type: 'object', properties: { Table1: rowsOf({}) } },
          OutputParameters: { type: 'object', properties: {} },
        },
      },
    },
  };
}

function propertiesOf(fields: readonly ProcedureField[]): Json {
  return Object.fromEntries(
    fields.map(({ name, type, sourceType }) => [name, { title: name, description: sourceType, ...SCHEMA_TYPES[type] }]),
  );
}

function rowsOf(properties: Json): Json {
  return { type: 'array', items: { type: 'object', properties } };
}

/** Types of SQL as people write them. */
function schemaOfWord(word: string): Json {
  const type = word.toLowerCase();
  if (/^(?:small|big)?int(?:eger)?|^int[248]$|serial/.test(type)) return { type: 'integer' };
  if (/^(?:numeric|decimal|real|float|double|money|number)/.test(type)) return { type: 'number' };
  if (/^(?:bool|bit$)/.test(type)) return { type: 'boolean' };
  return { type: 'string' };
}
