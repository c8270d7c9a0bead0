import { createReadStream } from 'node:fs';
import type { Command } from 'commander';
import { items } from '../../client/pages.js';
import type { components } from '../../client/schema.js';
import { action, type Call } from '../call.js';
import { CommandError } from '../exit-codes.js';
import { findEnvironment, type Environment } from '../find.js';
import { gather } from '../gather.js';
import { readDocument } from '../read-document.js';
import type { Column } from '../output/table.js';
import type { Shell } from '../shell.js';

const COLUMNS: readonly Column<Environment>[] = [
  ['name', ({ displayName }) => displayName],
  ['id', ({ id }) => id],
  ['region', ({ region }) => region],
];

type Region = components['schemas']['RegionMap']['environmentRegions'][number];

const REGIONS: readonly Column<Region>[] = [
  ['environment region', ({ key }) => key],
  ['name', ({ displayName }) => displayName],
  ['gateway regions', ({ gatewayRegions }) => gatewayRegions.map(({ key, isServed }) => (isServed ? key : `(${key})`))],
];

interface CreateOptions {
  readonly region: string;
  readonly id?: string;
}

/** `environments …` and `regions` */
export function addEnvironments(program: Command, shell: Shell): void {
  const environments = program.command('environments').description('list and manage environments');
  environments
    .command('list')
    .description('list the environments of the tenant')
    .action(
      action(shell, async (call) =>
        call.printList(await gather(items(await call.client(), '/v1/environments')), COLUMNS),
      ),
    );
  environments
    .command('create <name>')
    .description('add an environment')
    .requiredOption('--region <region>', 'its region; `tidegate regions` shows them')
    .option('--id <id>', 'its id in Power Platform; made up without it')
    .action(
      action<CreateOptions>(shell, async (call) => {
        const { region, id } = call.options;
        const body = { displayName: call.word(0), region, ...(id !== undefined && { id }) };
        await call.printThing(await (await call.client()).post('/v1/environments', { body }));
      }),
    );
  environments
    .command('import <file>')
    .description(
      'add and change environments from a list: JSON, or CSV where the name ends in .csv; - is standard input',
    )
    .action(action(shell, importList));
  environments
    .command('delete <environment>')
    .description('delete an environment; connections are no longer bound to it')
    .action(action(shell, remove));
  program
    .command('regions')
    .description('show which gateway regions serve which environment regions; in brackets: not served here')
    .action(
      action(shell, async (call) => {
        const map = await (await call.client()).get('/v1/regions');
        await (call.options.json === true ? call.printJson(map) : call.printList(map.environmentRegions, REGIONS));
      }),
    );
}

async function importList(call: Call): Promise<void> {
  const path = call.word(0);
  const text = await readDocument(path === '-' ? call.shell.input : createReadStream(path), path);
  const isCsv = path.toLowerCase().endsWith('.csv');
  const client = await call.client();
  const init = isCsv
    ? { body: text as never, bodySerializer: () => text, headers: { 'content-type': 'text/csv' } }
    : { body: parse(text, path) as never };
  await call.printThing(await client.post('/v1/environments/import', init));
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CommandError(`${path} is no JSON.`, { code: 'FILE_MALFORMED', cause });
  }
}

async function remove(call: Call): Promise<void> {
  const client = await call.client();
  const { id: environmentId, displayName } = await findEnvironment(client, call.word(0));
  await call.confirm(`Delete the environment ${displayName}? Its apps and flows no longer reach their connections.`);
  await client.delete('/v1/environments/{environmentId}', { params: { path: { environmentId } } });
  await call.printDone(`Deleted ${displayName}.`, { id: environmentId, isDeleted: true });
}
