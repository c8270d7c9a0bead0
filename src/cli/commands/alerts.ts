import type { Command } from 'commander';
import { items } from '../../client/pages.js';
import type { components } from '../../client/schema.js';
import { action } from '../call.js';
import { findConnection, findGateway } from '../find.js';
import { gather } from '../gather.js';
import { oneOf, wholeNumber } from '../option-values.js';
import type { Column } from '../output/table.js';
import type { Shell } from '../shell.js';

type Alert = components['schemas']['Alert'];
type RequestRecord = components['schemas']['RequestRecord'];

const ALERTS: readonly Column<Alert>[] = [
  ['id', ({ id }) => id],
  ['severity', ({ severity }) => severity],
  ['state', ({ state }) => state],
  ['kind', ({ kind }) => kind],
  ['what', ({ text }) => text],
  ['since', ({ openedAt }) => openedAt],
];

const REQUESTS: readonly Column<RequestRecord>[] = [
  ['started', ({ startedAt }) => startedAt],
  ['trace', ({ traceId }) => traceId],
  ['operation', ({ operation }) => operation],
  ['status', ({ status }) => status],
  ['code', ({ code }) => code],
  ['caller', ({ callerId }) => callerId],
];

const DEFAULT_LIMIT = 100;

interface RequestOptions {
  readonly status?: 'succeeded' | 'failed' | 'aborted';
  readonly code?: string;
  readonly gateway?: string;
  readonly connection?: string;
  readonly limit: number;
}

/** `alerts …` */
export function addAlerts(program: Command, shell: Shell): void {
  const alerts = program.command('alerts').description('what needs somebody');
  alerts
    .command('list')
    .description('list the alerts that you see')
    .option('--state <state>', 'Open, Acknowledged or Resolved', oneOf('Open', 'Acknowledged', 'Resolved'))
    .action(
      action<{ state?: Alert['state'] }>(shell, async (call) => {
        const { state } = call.options;
        const query = state === undefined ? {} : { state };
        await call.printList(await gather(items(await call.client(), '/v1/alerts', { params: { query } })), ALERTS);
      }),
    );
  alerts
    .command('ack <alert>')
    .description('say that you care for an alert')
    .action(
      action(shell, async (call) => {
        const init = { params: { path: { alertId: call.word(0) } } };
        await call.printThing(await (await call.client()).post('/v1/alerts/{alertId}/acknowledgement', init));
      }),
    );
}

/** `requests …` */
export function addRequests(program: Command, shell: Shell): void {
  const requests = program.command('requests').description('what went through the gateways');
  requests
    .command('list')
    .description('list requests, newest first')
    .option('--status <status>', 'succeeded, failed or aborted', oneOf('succeeded', 'failed', 'aborted'))
    .option('--code <code>', 'those that failed with a code')
    .option('--gateway <gateway>', 'those through a gateway')
    .option('--connection <connection>', 'those over a connection')
    .option('--limit <count>', 'at most so many', wholeNumber, DEFAULT_LIMIT)
    .action(
      action<RequestOptions>(shell, async (call) => {
        const { status, code, gateway, connection, limit } = call.options;
        const client = await call.client();
        const query = {
          ...(status !== undefined && { status }),
          ...(code !== undefined && { code }),
          ...(gateway !== undefined && { gatewayId: (await findGateway(client, gateway)).id }),
          ...(connection !== undefined && { connectionId: (await findConnection(client, connection)).id }),
        };
        await call.printList(await gather(items(client, '/v1/requests', { params: { query } }), limit), REQUESTS);
      }),
    );
  requests
    .command('show <trace>')
    .description('show one request with its way and times')
    .action(
      action(shell, async (call) => {
        const init = { params: { path: { traceId: call.word(0) } } };
        await call.printThing(await (await call.client()).get('/v1/requests/{traceId}', init));
      }),
    );
}
