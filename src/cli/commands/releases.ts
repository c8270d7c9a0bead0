import type { Command } from 'commander';
import { items } from '../../client/pages.js';
import type { components } from '../../client/schema.js';
import { action, type Call } from '../call.js';
import { findGateway, findMember } from '../find.js';
import { gather } from '../gather.js';
import type { Column } from '../output/table.js';
import type { Shell } from '../shell.js';

type Release = components['schemas']['Release'];
type Rollout = components['schemas']['Rollout'];

const RELEASES: readonly Column<Release>[] = [
  ['version', ({ version }) => version],
  ['published', ({ publishedAt }) => publishedAt],
  ['supported', ({ supported }) => supported],
  ['offered', ({ offered }) => offered],
  ['notes', ({ notes }) => notes],
];

const ROLLOUTS: readonly Column<Rollout>[] = [
  ['id', ({ id }) => id],
  ['version', ({ version }) => version],
  ['state', ({ state }) => state],
  ['done', ({ doneIds, memberIds }) => `${doneIds.length} of ${memberIds.length}`],
  ['started', ({ startedAt }) => startedAt],
  ['reason', ({ reason }) => reason],
];

/** `releases …` */
export function addReleases(program: Command, shell: Shell): void {
  const releases = program.command('releases').description('list releases of the agent and order updates');
  releases
    .command('list')
    .description('list the releases of the agent')
    .action(
      action(shell, async (call) => call.printList((await (await call.client()).get('/v1/releases')).value, RELEASES)),
    );
  releases
    .command('order <gateway> <version> [member...]')
    .description('order an update of all members of a gateway, one after the other, or of some')
    .action(action(shell, (call) => orderRollout(call, call.word(1), call.words.slice(2))));
  releases
    .command('status <gateway>')
    .description('list the updates ordered for a gateway, newest first')
    .action(
      action(shell, async (call) => {
        const client = await call.client();
        const path = { gatewayId: (await findGateway(client, call.word(0))).id };
        const all = await gather(items(client, '/v1/gateways/{gatewayId}/rollouts', { params: { path } }));
        await call.printList(all, ROLLOUTS);
      }),
    );
  releases
    .command('cancel <gateway> <rollout>')
    .description('stop an update before its next member')
    .action(
      action(shell, async (call) => {
        const client = await call.client();
        const path = { gatewayId: (await findGateway(client, call.word(0))).id, rolloutId: call.word(1) };
        const cancel = '/v1/gateways/{gatewayId}/rollouts/{rolloutId}/cancellation';
        await call.printThing(await client.post(cancel, { params: { path } }));
      }),
    );
}

/** Orders an update of a gateway's members; of all where none is named. */
export async function orderRollout(call: Call, version: string, names: readonly string[]): Promise<void> {
  const client = await call.client();
  const { id: gatewayId } = await findGateway(client, call.word(0));
  const memberIds: string[] = [];
  for (const name of names) memberIds.push((await findMember(client, gatewayId, name)).id);
  const body = { version, ...(memberIds.length > 0 && { memberIds }) };
  const init = { params: { path: { gatewayId } }, body };
  await call.printThing(await client.post('/v1/gateways/{gatewayId}/rollouts', init));
}
