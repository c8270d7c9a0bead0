import type { Command } from 'commander';
import type { components } from '../../client/schema.js';
import type { TidegateClient } from '../../client/tidegate-client.js';
import { action } from '../call.js';
import { findConnection } from '../find.js';
import type { Column } from '../output/table.js';
import type { Shell } from '../shell.js';

type Verdict = components['schemas']['UserVerdict'];

const COLUMNS: readonly Column<Verdict>[] = [
  ['user', ({ user }) => user.upn ?? user.displayName],
  ['id', ({ user }) => user.id],
  ['eligible', ({ isEligible }) => isEligible],
  ['rules', ({ ruleSet }) => ruleSet],
  ['plan', ({ plan }) => plan],
];

/** `licences …` */
export function addLicences(program: Command, shell: Shell): void {
  const licences = program.command('licences').description('whose licences include the gateway');
  licences
    .command('user <user>')
    .description('show what decides about a person, by name or id')
    .option('--refresh', 'ask the directory again')
    .action(
      action<{ refresh?: boolean }>(shell, async (call) => {
        const client = await call.client();
        const init = { params: { path: { idOrUpn: call.word(0) } } };
        const verdict =
          call.options.refresh === true
            ? await client.post('/v1/licences/users/{idOrUpn}/refresh', init)
            : await client.get('/v1/licences/users/{idOrUpn}', init);
        await call.printThing(verdict);
      }),
    );
  licences
    .command('connection <connection>')
    .description('show it for everybody who may use a connection')
    .action(
      action(shell, async (call) => {
        const client = await call.client();
        const { id: connectionId } = await findConnection(client, call.word(0));
        const init = { params: { path: { connectionId } } };
        const answer = await client.get('/v1/connections/{connectionId}/licences', init);
        if (call.options.json === true) return call.printJson(answer);
        await call.printList(answer.value, [...COLUMNS, ['by', (row) => ('via' in row ? row.via : undefined)]]);
        if (answer.isCut) call.shell.note('There are more: the list was cut.');
      }),
    );
  licences
    .command('report')
    .description('show it for everybody who has used the gateway')
    .option('--not-eligible', 'only those whose licences do not include it')
    .action(
      action<{ notEligible?: boolean }>(shell, async (call) => {
        await call.printList(await report(await call.client(), call.options.notEligible === true), COLUMNS);
      }),
    );
}

/** The report is a list as JSON and a table as text, so that the client's own paging does not know it. */
async function report(client: TidegateClient, isNarrowed: boolean): Promise<Verdict[]> {
  const all: Verdict[] = [];
  let continuationToken: string | undefined;
  do {
    const query = {
      ...(isNarrowed && { isEligible: 'false' as const }),
      ...(continuationToken !== undefined && { continuationToken }),
    };
    const page = await client.get('/v1/licences/report', { params: { query } });
    if (typeof page === 'string') break;
    all.push(...page.value);
    ({ continuationToken } = page);
  } while (continuationToken !== undefined);
  return all;
}
