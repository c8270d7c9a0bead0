import type { Command } from 'commander';
import { items } from '../../client/pages.js';
import type { components } from '../../client/schema.js';
import { action, type Call } from '../call.js';
import { findConnection, findEnvironment, findGateway, type Connection } from '../find.js';
import { gather } from '../gather.js';
import type { Column } from '../output/table.js';
import type { Shell } from '../shell.js';
import { addConnectionChanges } from './connection-changes.js';

type ConnectionType = components['schemas']['SupportedConnectionType'];

const COLUMNS: readonly Column<Connection>[] = [
  ['name', ({ displayName }) => displayName],
  ['id', ({ id }) => id],
  ['type', ({ connectionDetails }) => connectionDetails.type],
  ['path', ({ connectionDetails }) => connectionDetails.path],
  ['credential', ({ credentialDetails }) => credentialDetails.credentialType],
  ['gateway', ({ gatewayId }) => gatewayId],
];

const TYPES: readonly Column<ConnectionType>[] = [
  ['type', ({ type }) => type],
  ['parameters', ({ creationMethods: [method] }) => method?.parameters.map(({ name }) => name)],
  ['credentials', ({ supportedCredentialTypes }) => supportedCredentialTypes],
  ['encryption', ({ supportedConnectionEncryptionTypes }) => supportedConnectionEncryptionTypes],
];

const BINDING = '/v1/connections/{connectionId}/environments/{environmentId}';

/** `connections …` */
export function addConnections(program: Command, shell: Shell): void {
  const connections = program.command('connections').description('list and manage connections');
  connections
    .command('list')
    .description('list the connections that you see')
    .option('--gateway <gateway>', 'only those of a gateway')
    .action(action<{ gateway?: string }>(shell, list));
  connections
    .command('show <connection>')
    .description('show a connection, by name or id')
    .action(action(shell, async (call) => call.printThing(await findConnection(await call.client(), call.word(0)))));
  connections
    .command('types')
    .description('show what connections can lead to')
    .action(
      action(shell, async (call) => {
        const types = items(await call.client(), '/v1/connections/supportedConnectionTypes');
        await call.printList(await gather(types), TYPES);
      }),
    );
  addConnectionChanges(connections, shell);
  connections
    .command('test <connection>')
    .description('let the gateway sign in at the source')
    .action(action(shell, test));
  connections
    .command('bind <connection> <environment>')
    .description('let the apps and flows of an environment use a connection')
    .action(action(shell, (call) => bind(call, true)));
  connections
    .command('unbind <connection> <environment>')
    .description('end that')
    .action(action(shell, (call) => bind(call, false)));
  connections
    .command('delete <connection>')
    .description('delete a connection with its credential')
    .action(action(shell, remove));
}

async function list(call: Call<{ gateway?: string }>): Promise<void> {
  const client = await call.client();
  const { gateway } = call.options;
  const gatewayId = gateway === undefined ? undefined : (await findGateway(client, gateway)).id;
  const all = await gather(items(client, '/v1/connections'));
  const shown = gatewayId === undefined ? all : all.filter((connection) => connection.gatewayId === gatewayId);
  await call.printList(shown, COLUMNS);
}

async function test(call: Call): Promise<void> {
  const client = await call.client();
  const { id: connectionId } = await findConnection(client, call.word(0));
  const init = { params: { path: { connectionId } } };
  await call.printThing(await client.post('/v1/connections/{connectionId}/testConnection', init));
}

async function bind(call: Call, isBound: boolean): Promise<void> {
  const client = await call.client();
  const connection = await findConnection(client, call.word(0));
  const environment = await findEnvironment(client, call.word(1));
  const [one, other] = [connection.displayName, environment.displayName];
  const path = { connectionId: connection.id, environmentId: environment.id };
  if (isBound) {
    await client.put(BINDING, { params: { path } });
  } else {
    await call.confirm(`Unbind ${one} from ${other}? Its apps and flows stop there.`);
    await client.delete(BINDING, { params: { path } });
  }
  await call.printDone(`${one} is ${isBound ? '' : 'no longer '}bound to ${other}.`, { ...path, isBound });
}

async function remove(call: Call): Promise<void> {
  const client = await call.client();
  const { id: connectionId, displayName } = await findConnection(client, call.word(0));
  await call.confirm(`Delete the connection ${displayName} with its credential?`);
  await client.delete('/v1/connections/{connectionId}', { params: { path: { connectionId } } });
  await call.printDone(`Deleted ${displayName}.`, { id: connectionId, isDeleted: true });
}
