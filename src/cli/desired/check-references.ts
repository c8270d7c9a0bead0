import { shapeDetails } from '../commands/connection-details.js';
import { CommandError } from '../exit-codes.js';
import type { Current } from './current.js';
import type { DescribedFile, Path } from './described-file.js';

/** What a file refers to and what is not there, or is there twice: each with its line. */
export function checkReferences(file: DescribedFile, current: Current): string[] {
  return [
    ...checkNames(file),
    ...checkGateways(file, current),
    ...checkConnections(file, current),
    ...checkRegions(file, current),
  ];
}

/** Things of the same name would undo each other with every application. */
function checkNames({ described, place }: DescribedFile): string[] {
  const { environments = [], gateways = [], connections = [] } = described;
  return [
    ...twice(
      environments.map(({ name }) => name),
      'environments',
      place,
    ),
    ...twice(
      gateways.map(({ name }) => name),
      'gateways',
      place,
    ),
    ...twice(
      connections.map(({ name, gateway }) => `${name} on ${gateway}`),
      'connections',
      place,
    ),
  ];
}

function twice(names: readonly string[], list: string, place: DescribedFile['place']): string[] {
  return names.flatMap((name, at) =>
    names.indexOf(name) === at ? [] : [`${place([list, at])}: ${list}: ${name} is there twice`],
  );
}

function checkGateways({ described, place }: DescribedFile, current: Current): string[] {
  const isKnown = (name: string): boolean => current.gateways.some(({ gateway }) => gateway.displayName === name);
  const missing = (path: Path, name: string): string =>
    `${place(path)}: there is no gateway ${name}: it comes into being when its first agent registers`;
  return [
    ...(described.gateways ?? []).flatMap(({ name, members = [] }, at) => {
      if (!isKnown(name)) return [missing(['gateways', at, 'name'], name)];
      const known = current.gateways.find(({ gateway }) => gateway.displayName === name)?.members ?? [];
      return members.flatMap((member, index) => {
        const count = known.filter(({ displayName }) => displayName === member.name).length;
        if (count === 1) return [];
        const what = count === 0 ? 'no member' : 'more than one member';
        return [`${place(['gateways', at, 'members', index, 'name'])}: ${name} has ${what} ${member.name}`];
      });
    }),
    ...(described.connections ?? []).flatMap(({ gateway }, at) =>
      isKnown(gateway) ? [] : [missing(['connections', at, 'gateway'], gateway)],
    ),
  ];
}

function checkConnections({ described, place }: DescribedFile, current: Current): string[] {
  const environments = new Set([
    ...(described.environments ?? []).map(({ name }) => name),
    ...current.environments.map(({ displayName }) => displayName),
  ]);
  return (described.connections ?? []).flatMap((wanted, at) => {
    const unknown = (wanted.environments ?? []).flatMap((name, index) =>
      environments.has(name)
        ? []
        : [`${place(['connections', at, 'environments', index])}: there is no environment ${name}`],
    );
    const gateway = current.gateways.find(({ gateway: { displayName } }) => displayName === wanted.gateway)?.gateway.id;
    const same = current.connections.filter(
      ({ connection }) => connection.gatewayId === gateway && connection.displayName === wanted.name,
    );
    const ambiguous =
      same.length > 1
        ? [`${place(['connections', at, 'name'])}: ${same.length} connections are called ${wanted.name}`]
        : [];
    try {
      shapeDetails(current.types, wanted.type, wanted.parameters);
      return [...unknown, ...ambiguous];
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      const key = error.code === 'TYPE_UNKNOWN' ? 'type' : 'parameters';
      return [...unknown, ...ambiguous, `${place(['connections', at, key])}: ${error.message} ${error.remedy}`];
    }
  });
}

function checkRegions({ described, place }: DescribedFile, { regions }: Current): string[] {
  return (described.environments ?? []).flatMap(({ region }, at) =>
    regions.includes(region)
      ? []
      : [`${place(['environments', at, 'region'])}: there is no region ${region}; known: ${regions.join(', ')}`],
  );
}
