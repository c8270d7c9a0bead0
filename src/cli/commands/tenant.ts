import { createReadStream } from 'node:fs';
import type { Command } from 'commander';
import type { components } from '../../client/schema.js';
import { action, type Call } from '../call.js';
import { CommandError } from '../exit-codes.js';
import { listOrAll, oneOf, wholeNumber } from '../option-values.js';
import { writePrivateFile } from '../private-file.js';
import { readDocument } from '../read-document.js';
import type { Shell } from '../shell.js';
import { parseJson } from '../sign-in/discovery.js';

type Policy = components['schemas']['TenantPolicy'];

interface PolicyOptions {
  readonly installers?: Policy['installers'];
  readonly joinTokenCreators?: Policy['joinTokenCreators'];
  readonly minimumAdministrators?: number;
  readonly licenceRules?: Policy['licenceRules'];
  readonly allowedKinds?: string[] | null;
}

/** `policy …` */
export function addPolicy(program: Command, shell: Shell): void {
  const policy = program.command('policy').description('what holds for all gateways of the tenant');
  policy
    .command('show')
    .description('show the policy')
    .action(action(shell, async (call) => call.printThing(await (await call.client()).get('/v1/tenantPolicy'))));
  policy
    .command('set')
    .description('change the policy; lists of installers and limits are set by `apply`')
    .option('--installers <who>', 'Open or Restricted', oneOf('Open', 'Restricted'))
    .option(
      '--join-token-creators <who>',
      'Installers or TenantAdministrators',
      oneOf('Installers', 'TenantAdministrators'),
    )
    .option('--minimum-administrators <count>', 'fewer raise an alert', wholeNumber)
    .option('--licence-rules <rules>', 'classic or current', oneOf('classic', 'current'))
    .option('--allowed-kinds <kinds>', 'source kinds between commas, or all', listOrAll)
    .action(action<PolicyOptions>(shell, set));
}

async function set(call: Call<PolicyOptions>): Promise<void> {
  const { installers, joinTokenCreators, minimumAdministrators, licenceRules, allowedKinds } = call.options;
  const change = {
    ...(installers !== undefined && { installers }),
    ...(joinTokenCreators !== undefined && { joinTokenCreators }),
    ...(minimumAdministrators !== undefined && { minimumAdministrators }),
    ...(licenceRules !== undefined && { licenceRules }),
    // The words are checked by the API, which knows all kinds.
    ...(allowedKinds !== undefined && { allowedKinds: allowedKinds as Policy['allowedKinds'] }),
  };
  if (Object.keys(change).length === 0) throw new CommandError('Nothing to set.', { remedy: 'See --help.' });
  const client = await call.client();
  const { version } = await client.get('/v1/tenantPolicy');
  await call.printThing(await client.patch('/v1/tenantPolicy', { body: { version, ...change } }));
}

/** `backup …` */
export function addBackup(program: Command, shell: Shell): void {
  const backup = program.command('backup').description('take a backup of the tenant, and bring it back');
  backup
    .command('export')
    .description('write the backup to a file, readable for you only')
    .requiredOption('-o, --output <file>', 'the file')
    .action(
      action<{ output: string }>(shell, async (call) => {
        const { output } = call.options;
        const client = await call.client();
        const text = await client.get('/v1/backup', { parseAs: 'text' });
        await writePrivateFile(output, text);
        await call.printDone(`Written to ${output}. Keep it like a list of all your systems.`, { file: output });
      }),
    );
  backup
    .command('import <file>')
    .description('bring a backup back, where the tenant has nothing yet')
    .action(
      action(shell, async (call) => {
        const path = call.word(0);
        const body = parseJson(await readDocument(createReadStream(path), path));
        if (typeof body !== 'object' || body === null) {
          throw new CommandError(`${path} is no JSON.`, { code: 'FILE_MALFORMED' });
        }
        await call.confirm(`Bring back the tenant from ${path}?`);
        const init = { body: body as Record<string, unknown> };
        await call.printThing(await (await call.client()).post('/v1/backup/restorations', init));
      }),
    );
}
