import { shapeDetails } from '../commands/connection-details.js';
import { sealReference, type SealedCredentials } from '../sealed.js';
import { differences, type Change, type FieldChange } from './change.js';
import { isSamePlace, shownPath } from './connection-path.js';
import type { CurrentConnection, CurrentGateway } from './current.js';
import type { DescribedConnection } from './described.js';
import { toReference } from './described-credential.js';
import { planBindings } from './plan-bindings.js';
import { planRoles } from './plan-roles.js';
import type { Planning } from './planning.js';

/** What the file says of connections; with pruning, the others of the same gateways go. */
export function planConnections(planning: Planning): Change[] {
  const { current, file, isPruned } = planning;
  const wanted = file.described.connections;
  if (!wanted) return [];
  const kept = new Set<string>();
  const changes = wanted.flatMap((described) => {
    const gateway = current.gateways.find(({ gateway: { displayName } }) => displayName === described.gateway);
    if (!gateway) return [];
    const known = findConnection(current.connections, gateway, described);
    if (!known) return creation(planning, gateway, described);
    kept.add(known.connection.id);
    return update(planning, known, described);
  });
  if (!isPruned) return changes;
  const places = new Set(wanted.map(({ gateway }) => gateway));
  const mine = new Set(
    current.gateways.filter(({ gateway }) => places.has(gateway.displayName)).map(({ gateway }) => gateway.id),
  );
  const extra = current.connections.filter(({ connection: { id, gatewayId } }) => mine.has(gatewayId) && !kept.has(id));
  return [...changes, ...extra.map((connection) => removal(planning, connection))];
}

function findConnection(
  connections: readonly CurrentConnection[],
  { gateway }: CurrentGateway,
  { name }: DescribedConnection,
): CurrentConnection | undefined {
  return connections.find(({ connection }) => connection.gatewayId === gateway.id && connection.displayName === name);
}

function creation(planning: Planning, { gateway }: CurrentGateway, wanted: DescribedConnection): Change[] {
  const { client, shell, current, environmentIds, me } = planning;
  const { name, type, parameters, privacyLevel, encryption, skipTest, credential, environments = [] } = wanted;
  const connectionDetails = shapeDetails(current.types, type, parameters);
  let credentials: SealedCredentials | undefined;
  let id = '';
  const create: Change = {
    action: 'create',
    kind: 'connection',
    name: `${name} on ${gateway.displayName}`,
    fields: differences<object>(
      {},
      {
        type: connectionDetails.type,
        path: shownPath(connectionDetails),
        privacyLevel,
        encryption,
        credential: credential.type,
        ...(environments.length > 0 && { environments }),
      },
    ),
    prepare: async () => {
      credentials = await sealReference({ client, shell, gatewayId: gateway.id, whose: name }, toReference(credential));
    },
    run: async () => {
      if (!credentials) throw new Error('the step was not prepared');
      const created = await client.post('/v1/connections', {
        body: {
          connectivityType: 'OnPremisesGateway',
          gatewayId: gateway.id,
          displayName: name,
          connectionDetails,
          credentialDetails: {
            credentials,
            ...(encryption !== undefined && { connectionEncryption: encryption }),
            ...(skipTest === true && { skipTestConnection: true }),
          },
          ...(privacyLevel !== undefined && { privacyLevel }),
          environmentIds: environments.map((environment) => environmentIds.get(environment) ?? ''),
        },
      });
      id = created.id;
    },
  };
  // Whoever makes a connection is its owner at once.
  const owner =
    me === undefined ? [] : [{ id: me, principal: { id: me, type: 'User' as const }, role: 'Owner' as const }];
  const roles = { place: { connectionId: () => id }, name, known: owner, wanted: wanted.roles };
  return [create, ...planRoles(planning, roles)];
}

function update(planning: Planning, { connection, roles }: CurrentConnection, wanted: DescribedConnection): Change[] {
  const { client, shell, current, resealed } = planning;
  const { id: connectionId, gatewayId, credentialDetails } = connection;
  const { name, privacyLevel, encryption, skipTest, credential } = wanted;
  const details = shapeDetails(current.types, wanted.type, wanted.parameters);
  const isMoved = !isSamePlace(details, connection.connectionDetails);
  const bound: FieldChange[] = [
    ...(isMoved ? [{ field: 'path', before: connection.connectionDetails.path, after: shownPath(details) }] : []),
    ...differences(
      { encryption: credentialDetails.connectionEncryption, credential: credentialDetails.credentialType },
      { encryption, credential: credential.type },
    ),
  ];
  // A credential cannot be read back: it is sealed anew where what it is bound to changes, or when that is asked for.
  const isResealed = bound.length > 0 || resealed === 'all' || resealed.has(name);
  const fields = [
    ...bound,
    ...differences({ privacyLevel: connection.privacyLevel }, { privacyLevel }),
    ...(isResealed ? [{ field: 'sealed credential', before: 'cannot be read', after: 'sealed anew' }] : []),
  ];
  let credentials: SealedCredentials | undefined;
  const change: Change = {
    action: 'update',
    kind: 'connection',
    name,
    fields,
    prepare: async () => {
      if (isResealed) {
        credentials = await sealReference({ client, shell, gatewayId, whose: name }, toReference(credential));
      }
    },
    run: async () => {
      await client.patch('/v1/connections/{connectionId}', {
        params: { path: { connectionId } },
        body: {
          ...(privacyLevel !== undefined && { privacyLevel }),
          ...(isMoved && { connectionDetails: details }),
          ...(credentials && {
            credentialDetails: {
              credentials,
              ...(encryption !== undefined && { connectionEncryption: encryption }),
              ...(skipTest === true && { skipTestConnection: true }),
            },
          }),
        },
      });
    },
  };
  return [
    ...(fields.length > 0 ? [change] : []),
    ...planBindings(planning, connection, wanted),
    ...planRoles(planning, { place: { connectionId: () => connectionId }, name, known: roles, wanted: wanted.roles }),
  ];
}

function removal({ client }: Planning, { connection }: CurrentConnection): Change {
  const { id: connectionId, displayName, connectionDetails } = connection;
  return {
    action: 'delete',
    kind: 'connection',
    name: displayName,
    fields: [{ field: 'path', before: connectionDetails.path }],
    run: async () => {
      await client.delete('/v1/connections/{connectionId}', { params: { path: { connectionId } } });
    },
  };
}
