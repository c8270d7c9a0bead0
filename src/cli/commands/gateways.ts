import type { Command } from 'commander';
import { items } from '../../client/pages.js';
import { action, type Call } from '../call.js';
import { CommandError } from '../exit-codes.js';
import { findGateway, type Gateway } from '../find.js';
import { gather } from '../gather.js';
import { onOff, oneOf, wholeNumber } from '../option-values.js';
import type { Column } from '../output/table.js';
import type { Shell } from '../shell.js';

const COLUMNS: readonly Column<Gateway>[] = [
  ['name', ({ displayName }) => displayName],
  ['id', ({ id }) => id],
  ['region', ({ region }) => region],
  ['members', ({ numberOfMemberGateways }) => numberOfMemberGateways],
  ['version', ({ version }) => version],
  ['load balancing', ({ loadBalancingSetting }) => loadBalancingSetting],
];

/** A status takes longer than one answer seldom; each try waits a second at the other end. */
const STATUS_TRIES = 30;

interface ListOptions {
  readonly region?: string;
  readonly scope?: 'individual' | 'organization';
}

interface SetOptions {
  readonly loadBalancing?: 'Failover' | 'DistributeEvenly';
  readonly cloudConnectionRefresh?: boolean;
  readonly customConnectors?: boolean;
  readonly cpuThreshold?: number;
  readonly memoryThreshold?: number;
}

/** `gateways …` */
export function addGateways(program: Command, shell: Shell): void {
  const gateways = program.command('gateways').description('list and manage gateways');
  gateways
    .command('list')
    .description('list the gateways that you see')
    .option('--region <region>', 'only those of a region')
    .option(
      '--scope <scope>',
      'individual: your own; organization: all of the tenant',
      oneOf('individual', 'organization'),
    )
    .action(
      action<ListOptions>(shell, async (call) => {
        const { region, scope } = call.options;
        const query = { ...(region !== undefined && { region }), ...(scope !== undefined && { scope }) };
        const all = await gather(items(await call.client(), '/v1/gateways', { params: { query } }));
        await call.printList(all, COLUMNS);
      }),
    );
  gateways
    .command('show <gateway>')
    .description('show a gateway, by name or id')
    .action(action(shell, async (call) => show(call, await findGateway(await call.client(), call.word(0)))));
  gateways
    .command('rename <gateway> <name>')
    .description('give a gateway another name')
    .action(action(shell, (call) => change(call, { displayName: call.word(1) })));
  gateways
    .command('set <gateway>')
    .description('change settings of a gateway')
    .option('--load-balancing <setting>', 'Failover or DistributeEvenly', oneOf('Failover', 'DistributeEvenly'))
    .option('--cloud-connection-refresh <on|off>', 'whether cloud connections may be refreshed through it', onOff)
    .option('--custom-connectors <on|off>', 'whether custom connectors may use it', onOff)
    .option('--cpu-threshold <percent>', 'above it a member takes no more work; 0: never', wholeNumber)
    .option('--memory-threshold <percent>', 'above it a member takes no more work; 0: never', wholeNumber)
    .action(action<SetOptions>(shell, set));
  gateways.command('status <gateway>').description('ask whether a gateway answers').action(action(shell, status));
  gateways
    .command('delete <gateway>')
    .description('delete a gateway with its members, connections and roles')
    .action(action(shell, remove));
}

function show(call: Call, gateway: Gateway): Promise<void> {
  const fields = Object.entries(gateway).filter(([name]) => name !== 'publicKey');
  return call.printThing(gateway, fields);
}

type Settings =
  | 'displayName'
  | 'loadBalancingSetting'
  | 'allowCloudConnectionRefresh'
  | 'allowCustomConnectors'
  | 'cpuThreshold'
  | 'memoryThreshold';
type Change = Partial<Pick<Gateway, Settings>>;

async function change(call: Call, body: Change): Promise<void> {
  const client = await call.client();
  const { id: gatewayId } = await findGateway(client, call.word(0));
  await show(call, await client.patch('/v1/gateways/{gatewayId}', { params: { path: { gatewayId } }, body }));
}

async function set(call: Call<SetOptions>): Promise<void> {
  const { loadBalancing, cloudConnectionRefresh, customConnectors, cpuThreshold, memoryThreshold } = call.options;
  const body: Change = {
    ...(loadBalancing !== undefined && { loadBalancingSetting: loadBalancing }),
    ...(cloudConnectionRefresh !== undefined && { allowCloudConnectionRefresh: cloudConnectionRefresh }),
    ...(customConnectors !== undefined && { allowCustomConnectors: customConnectors }),
    ...(cpuThreshold !== undefined && { cpuThreshold }),
    ...(memoryThreshold !== undefined && { memoryThreshold }),
  };
  if (Object.keys(body).length === 0) throw new CommandError('Nothing to set.', { remedy: 'See --help.' });
  await change(call, body);
}

async function status(call: Call): Promise<void> {
  const client = await call.client();
  const { id: gatewayId } = await findGateway(client, call.word(0));
  for (let tries = 0; tries < STATUS_TRIES; tries += 1) {
    const init = { params: { path: { gatewayId } } };
    // Nothing is answered where it takes longer; the next question finds out at least as much.
    const answer = await client.post('/v1/gateways/{gatewayId}/checkStatus', init);
    if (answer !== undefined) return call.printThing(answer);
  }
  throw new CommandError('The gateway has not answered yet.', { code: 'NO_ANSWER', remedy: 'Ask again.' });
}

async function remove(call: Call): Promise<void> {
  const client = await call.client();
  const { id: gatewayId, displayName } = await findGateway(client, call.word(0));
  await call.confirm(`Delete the gateway ${displayName} with its members, connections and roles?`);
  await client.delete('/v1/gateways/{gatewayId}', { params: { path: { gatewayId } } });
  await call.printDone(`Deleted ${displayName}.`, { id: gatewayId, isDeleted: true });
}
