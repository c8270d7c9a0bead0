import type { Command } from 'commander';
import { action, type Call } from '../call.js';
import { findConnection, findEnvironment, findGateway } from '../find.js';
import { oneOf, several } from '../option-values.js';
import { sealReference } from '../sealed.js';
import type { Shell } from '../shell.js';
import { credentialOf, CREDENTIAL_TYPES, type CredentialWords } from './credential-options.js';
import { detailsOf } from './connection-details.js';

const ENCRYPTIONS = ['Encrypted', 'Any', 'NotEncrypted'] as const;
const PRIVACY_LEVELS = ['None', 'Private', 'Organizational', 'Public'] as const;

interface ChangeOptions extends CredentialWords {
  readonly param?: readonly string[];
  readonly privacy?: (typeof PRIVACY_LEVELS)[number];
  readonly encryption?: (typeof ENCRYPTIONS)[number];
  readonly skipTest?: boolean;
}

interface CreateOptions extends ChangeOptions {
  readonly gateway: string;
  readonly type: string;
  readonly environment?: readonly string[];
}

interface UpdateOptions extends ChangeOptions {
  readonly name?: string;
}

/** `connections create` and `connections update` */
export function addConnectionChanges(connections: Command, shell: Shell): void {
  const create = connections
    .command('create <name>')
    .description('make a connection; its credential is sealed here, and only the gateway can open it')
    .requiredOption('--gateway <gateway>', 'the gateway that reaches the source')
    .requiredOption('--type <type>', 'what it leads to; `tidegate connections types` shows them')
    .option('--environment <environment>', 'an environment that may use it; may be given several times', several);
  withChanges(create).action(action<CreateOptions>(shell, createConnection));
  const update = connections
    .command('update <connection>')
    .description('change a connection; another address, encryption or kind of credential needs the credential anew')
    .option('--name <name>', 'its new name');
  withChanges(update).action(action<UpdateOptions>(shell, updateConnection));
}

function withChanges(command: Command): Command {
  return command
    .option('--param <name=value>', 'a parameter of the type; may be given several times', several)
    .option('--privacy <level>', PRIVACY_LEVELS.join(', '), oneOf(...PRIVACY_LEVELS))
    .option('--encryption <kind>', ENCRYPTIONS.join(', '), oneOf(...ENCRYPTIONS))
    .option('--credential <type>', CREDENTIAL_TYPES.join(', '), oneOf(...CREDENTIAL_TYPES))
    .option('--username <name>', 'of a Basic or Windows credential')
    .option('--secret-file <path>', 'file that holds the password or key')
    .option('--secret-env <name>', 'environment variable that holds it; without either it is asked for')
    .option('--skip-test', 'store it without letting the gateway sign in at the source');
}

async function createConnection(call: Call<CreateOptions>): Promise<void> {
  const { gateway: gatewayWord, type, param = [], environment = [], privacy, encryption, skipTest } = call.options;
  const client = await call.client();
  const gateway = await findGateway(client, gatewayWord);
  const environmentIds: string[] = [];
  for (const word of environment) environmentIds.push((await findEnvironment(client, word)).id);
  const displayName = call.word(0);
  const connectionDetails = await detailsOf(client, type, param);
  const sealing = { client, shell: call.shell, gatewayId: gateway.id, whose: displayName };
  const credentials = await sealReference(sealing, credentialOf(call.options, 'Anonymous'));
  const connection = await client.post('/v1/connections', {
    body: {
      connectivityType: 'OnPremisesGateway',
      gatewayId: gateway.id,
      displayName,
      connectionDetails,
      credentialDetails: {
        credentials,
        ...(encryption !== undefined && { connectionEncryption: encryption }),
        ...(skipTest === true && { skipTestConnection: true }),
      },
      environmentIds,
      ...(privacy !== undefined && { privacyLevel: privacy }),
    },
  });
  await call.printThing(connection);
}

async function updateConnection(call: Call<UpdateOptions>): Promise<void> {
  const { name, param = [], privacy, encryption, skipTest, credential, username } = call.options;
  const client = await call.client();
  const known = await findConnection(client, call.word(0));
  const isResealed = credential !== undefined || username !== undefined;
  const sealing = { client, shell: call.shell, gatewayId: known.gatewayId, whose: known.displayName };
  const credentials = isResealed
    ? await sealReference(sealing, credentialOf(call.options, known.credentialDetails.credentialType))
    : undefined;
  const connectionDetails =
    param.length === 0 ? undefined : await detailsOf(client, known.connectionDetails.type, param);
  const credentialDetails = {
    ...(credentials !== undefined && { credentials }),
    ...(encryption !== undefined && { connectionEncryption: encryption }),
    ...(skipTest === true && { skipTestConnection: true }),
  };
  const body = {
    ...(name !== undefined && { displayName: name }),
    ...(privacy !== undefined && { privacyLevel: privacy }),
    ...(connectionDetails !== undefined && { connectionDetails }),
    ...(Object.keys(credentialDetails).length > 0 && { credentialDetails }),
  };
  const path = { connectionId: known.id };
  await call.printThing(await client.patch('/v1/connections/{connectionId}', { params: { path }, body }));
}
