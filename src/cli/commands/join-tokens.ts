import type { Command } from 'commander';
import { items } from '../../client/pages.js';
import type { components } from '../../client/schema.js';
import { action, type Call } from '../call.js';
import { CommandError } from '../exit-codes.js';
import { findGateway } from '../find.js';
import { gather } from '../gather.js';
import { writePrivateFile } from '../private-file.js';
import type { Column } from '../output/table.js';
import type { Shell } from '../shell.js';

type JoinToken = components['schemas']['JoinToken'];

const COLUMNS: readonly Column<JoinToken>[] = [
  ['id', ({ id }) => id],
  ['gateway', ({ gatewayName }) => gatewayName],
  ['region', ({ region }) => region],
  ['expires', ({ expiresAt }) => expiresAt],
  ['used', ({ consumedAt }) => consumedAt],
];

interface CreateOptions {
  readonly gateway?: string;
  readonly newGateway?: string;
  readonly region?: string;
  readonly output?: string;
  readonly show?: boolean;
}

/** `join-tokens …` */
export function addJoinTokens(program: Command, shell: Shell): void {
  const tokens = program.command('join-tokens').description('let machines register without a person');
  tokens
    .command('create')
    .description('make a token for one registration; it goes into a file, or is shown when asked for')
    .option('--gateway <gateway>', 'for a further member of a gateway')
    .option('--new-gateway <name>', 'for a new gateway of this name')
    .option('--region <region>', 'of the new gateway')
    .option('-o, --output <file>', 'file, readable for you only')
    .option('--show', 'print the token')
    .action(action<CreateOptions>(shell, create));
  tokens
    .command('list')
    .description('list tokens')
    .action(
      action(shell, async (call) =>
        call.printList(await gather(items(await call.client(), '/v1/joinTokens')), COLUMNS),
      ),
    );
  tokens
    .command('revoke <token>')
    .description('make a token useless, by its id')
    .action(
      action(shell, async (call) => {
        const joinTokenId = call.word(0);
        await (await call.client()).delete('/v1/joinTokens/{joinTokenId}', { params: { path: { joinTokenId } } });
        await call.printDone('Revoked.', { id: joinTokenId, isRevoked: true });
      }),
    );
}

async function create(call: Call<CreateOptions>): Promise<void> {
  const { output, show } = call.options;
  if ((output === undefined) === (show !== true)) throw new CommandError('Give --output or --show.');
  const client = await call.client();
  const { token, ...rest } = await client.post('/v1/joinTokens', { body: await bodyOf(call) });
  if (output === undefined) {
    // Alone on standard output: scripts pipe it into a file.
    await (call.options.json === true ? call.printJson({ ...rest, token }) : call.shell.write(`${token}\n`));
  } else {
    await writePrivateFile(output, `${token}\n`);
    await call.printThing({ ...rest, file: output });
  }
}

async function bodyOf(call: Call<CreateOptions>) {
  const { gateway, newGateway, region } = call.options;
  if (gateway !== undefined && newGateway === undefined && region === undefined) {
    return { gatewayId: (await findGateway(await call.client(), gateway)).id };
  }
  if (gateway === undefined && newGateway !== undefined && region !== undefined)
    return { gatewayName: newGateway, region };
  throw new CommandError('Give --gateway, or --new-gateway with --region.');
}
