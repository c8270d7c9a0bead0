import { items } from '../../client/pages.js';
import type { components } from '../../client/schema.js';
import type { TidegateClient } from '../../client/tidegate-client.js';
import { CommandError } from '../exit-codes.js';
import { gather } from '../gather.js';

export type ConnectionType = components['schemas']['SupportedConnectionType'];
type Method = ConnectionType['creationMethods'][number];

/** `connectionDetails` of a body. */
export interface ConnectionDetails {
  type: string;
  creationMethod: string;
  parameters: { dataType: Method['parameters'][number]['dataType']; name: string; value: string | number | boolean }[];
}

/** Where a connection is to lead, from a type and `name=value`. @throws CommandError TYPE_UNKNOWN, PARAMETER_UNKNOWN */
export async function detailsOf(
  client: TidegateClient,
  type: string,
  params: readonly string[],
): Promise<ConnectionDetails> {
  const types = await gather(items(client, '/v1/connections/supportedConnectionTypes'));
  const values = params.map((pair): [string, string] => {
    const at = pair.indexOf('=');
    if (at < 1) throw new CommandError(`--param ${pair} is not name=value.`);
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  return shapeDetails(types, type, Object.fromEntries(values));
}

/**
 * Gives values the names and types of the first method whose parameters fit.
 *
 * @throws CommandError TYPE_UNKNOWN, PARAMETER_UNKNOWN
 */
export function shapeDetails(
  types: readonly ConnectionType[],
  wanted: string,
  values: Readonly<Record<string, string | number | boolean>>,
): ConnectionDetails {
  const type = types.find((one) => isSame(one.type, wanted));
  if (!type) {
    throw new CommandError(`Connections cannot lead to ${wanted}.`, {
      code: 'TYPE_UNKNOWN',
      remedy: `It is one of ${types.map((one) => one.type).join(', ')}.`,
    });
  }
  const names = Object.keys(values);
  const method = type.creationMethods.find(
    ({ parameters }) =>
      names.every((name) => parameters.some((one) => isSame(one.name, name))) &&
      parameters.every(({ name, required }) => !required || names.some((one) => isSame(one, name))),
  );
  if (!method) {
    const known = type.creationMethods.map(({ parameters }) => parameters.map(({ name }) => name).join(', '));
    throw new CommandError(`${type.type} takes other parameters than ${names.join(', ') || 'none'}.`, {
      code: 'PARAMETER_UNKNOWN',
      remedy: `It takes ${known.join('; or ')}.`,
    });
  }
  const parameters = method.parameters.flatMap(({ name, dataType }) => {
    const given = names.find((one) => isSame(one, name));
    const value = given === undefined ? undefined : values[given];
    return value === undefined ? [] : [{ dataType, name, value: typed(value, dataType) }];
  });
  return { type: type.type, creationMethod: method.name, parameters };
}

function typed(value: string | number | boolean, dataType: string): string | number | boolean {
  if (dataType === 'Number' && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) {
    return Number(value);
  }
  if (dataType === 'Boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return dataType === 'Text' ? String(value) : value;
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
