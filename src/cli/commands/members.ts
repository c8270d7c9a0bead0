import type { Command } from 'commander';
import { items } from '../../client/pages.js';
import type { TidegateClient } from '../../client/tidegate-client.js';
import { action, type Call } from '../call.js';
import { CommandError } from '../exit-codes.js';
import { findGateway, findMember, type GatewayMember } from '../find.js';
import { gather } from '../gather.js';
import { wholeNumber } from '../option-values.js';
import type { Column } from '../output/table.js';
import type { Shell } from '../shell.js';
import { orderRollout } from './releases.js';

const COLUMNS: readonly Column<GatewayMember>[] = [
  ['name', ({ displayName }) => displayName],
  ['id', ({ id }) => id],
  ['state', ({ state }) => state],
  ['enabled', ({ enabled }) => enabled],
  ['version', ({ version }) => version],
  ['in flight', ({ inFlight }) => inFlight],
  ['cpu %', ({ load }) => load?.cpuPercent],
  ['last heartbeat', ({ lastHeartbeatAt }) => lastHeartbeatAt],
];

/** Time to finish what a draining member has begun, in seconds. */
const DRAIN_SECONDS = 120;

interface Place {
  readonly client: TidegateClient;
  readonly path: { readonly gatewayId: string; readonly memberId: string };
  readonly member: GatewayMember;
}

/** `members …` */
export function addMembers(program: Command, shell: Shell): void {
  const members = program.command('members').description('list and manage the members of a gateway');
  const verb = <Options extends object = object>(
    words: string,
    description: string,
    work: (call: Call<Options>, place: Place) => Promise<void>,
  ): Command =>
    members
      .command(words)
      .description(description)
      .action(action<Options>(shell, async (call) => work(call, await placeOf(call))));
  members
    .command('list <gateway>')
    .description('list the members of a gateway')
    .action(
      action(shell, async (call) => {
        const client = await call.client();
        const { id: gatewayId } = await findGateway(client, call.word(0));
        const path = { gatewayId };
        const all = await gather(items(client, '/v1/gateways/{gatewayId}/members', { params: { path } }));
        await call.printList(all, COLUMNS);
      }),
    );
  verb('rename <gateway> <member> <name>', 'give a member another name', async (call, place) =>
    show(call, await patch(place, { displayName: call.word(2) })),
  );
  verb('enable <gateway> <member>', 'let a member take work again', async (call, place) =>
    show(call, await patch(place, { enabled: true })),
  );
  verb('disable <gateway> <member>', 'let a member take no work', async (call, place) =>
    show(call, await patch(place, { enabled: false })),
  );
  verb<{ deadline?: number }>(
    'drain <gateway> <member>',
    'let a member finish its work and take no more',
    drain,
  ).option('--deadline <seconds>', `time to finish; ${DRAIN_SECONDS} without it`, wholeNumber);
  verb('resume <gateway> <member>', 'end draining', async (call, { client, path }) =>
    show(call, await client.post('/v1/gateways/{gatewayId}/members/{memberId}/resume', { params: { path } })),
  );
  verb('remove <gateway> <member>', 'take a member out of its gateway', remove);
  members
    .command('update <gateway> [member...]')
    .description('order an update of some members, or of all')
    .requiredOption('--to <version>', 'the release; `tidegate releases list` shows them')
    .action(action<{ to: string }>(shell, (call) => orderRollout(call, call.options.to, call.words.slice(1))));
}

async function placeOf(call: Call): Promise<Place> {
  const client = await call.client();
  const { id: gatewayId } = await findGateway(client, call.word(0));
  const member = await findMember(client, gatewayId, call.word(1));
  return { client, member, path: { gatewayId, memberId: member.id } };
}

function patch({ client, path }: Place, body: { displayName?: string; enabled?: boolean }): Promise<GatewayMember> {
  return client.patch('/v1/gateways/{gatewayId}/members/{memberId}', { params: { path }, body });
}

function show(call: Call, member: GatewayMember): Promise<void> {
  const fields = Object.entries(member).filter(([name]) => name !== 'publicKey');
  return call.printThing(member, fields);
}

async function drain(call: Call<{ deadline?: number }>, { client, path }: Place): Promise<void> {
  const { deadline: deadlineSeconds = DRAIN_SECONDS } = call.options;
  if (deadlineSeconds < 1) throw new CommandError('--deadline is at least one second.');
  const init = { params: { path }, body: { deadlineSeconds } };
  await show(call, await client.post('/v1/gateways/{gatewayId}/members/{memberId}/drain', init));
}

async function remove(call: Call, { client, path, member }: Place): Promise<void> {
  await call.confirm(`Remove the member ${member.displayName}? It comes back only with the recovery key.`);
  await client.delete('/v1/gateways/{gatewayId}/members/{memberId}', { params: { path } });
  await call.printDone(`Removed ${member.displayName}.`, { id: member.id, isRemoved: true });
}
