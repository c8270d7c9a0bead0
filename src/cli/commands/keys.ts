import type { Command } from 'commander';
import { items } from '../../client/pages.js';
import type { components } from '../../client/schema.js';
import { action } from '../call.js';
import { findConnection, findGateway, findMember } from '../find.js';
import { gather } from '../gather.js';
import type { Column } from '../output/table.js';
import type { Shell } from '../shell.js';

type Schemas = components['schemas'];

const ROTATIONS: readonly Column<Schemas['Rotation']>[] = [
  ['id', ({ id }) => id],
  ['state', ({ state }) => state],
  ['sealed anew', ({ total, remaining }) => `${total - remaining} of ${total}`],
  ['started', ({ startedAt }) => startedAt],
  ['grace until', ({ graceUntil }) => graceUntil],
  ['finished', ({ finishedAt }) => finishedAt],
];

const EXPOSURES: readonly Column<Schemas['Exposure']>[] = [
  ['connection', ({ connectionName }) => connectionName],
  ['id', ({ connectionId }) => connectionId],
  ['member', ({ memberId }) => memberId],
  ['since', ({ since }) => since],
  ['closed', ({ closedAt }) => closedAt],
];

const LOCKS: readonly Column<Schemas['RecoveryLock']>[] = [
  ['caller', ({ callerId }) => callerId],
  ['failures', ({ failures }) => failures],
  ['locked until', ({ lockedUntil }) => lockedUntil],
];

/** `rotations …`: of the key that credentials are sealed to. */
export function addRotations(program: Command, shell: Shell): void {
  const rotations = program
    .command('rotations')
    .description('change the key that the credentials of a gateway are sealed to');
  rotations
    .command('start <gateway>')
    .description('start; nobody has to enter a password again')
    .action(
      action(shell, async (call) => {
        const client = await call.client();
        const { id: gatewayId, displayName } = await findGateway(client, call.word(0));
        await call.confirm(`Change the sealing key of ${displayName}?`);
        const init = { params: { path: { gatewayId } }, body: {} };
        await call.printThing(await client.post('/v1/gateways/{gatewayId}/rotations', init));
      }),
    );
  rotations
    .command('status <gateway> [rotation]')
    .description('list rotations, newest first, or show one')
    .action(
      action(shell, async (call) => {
        const client = await call.client();
        const { id: gatewayId } = await findGateway(client, call.word(0));
        const [, rotationId] = call.words;
        if (rotationId !== undefined) {
          const init = { params: { path: { gatewayId, rotationId } } };
          return call.printThing(await client.get('/v1/gateways/{gatewayId}/rotations/{rotationId}', init));
        }
        const list = items(client, '/v1/gateways/{gatewayId}/rotations', { params: { path: { gatewayId } } });
        await call.printList(await gather(list), ROTATIONS);
      }),
    );
}

/** `recovery …`: what follows from the recovery key, and from its loss. */
export function addRecovery(program: Command, shell: Shell): void {
  const recovery = program.command('recovery').description('recovery keys, locks and what a lost machine could open');
  recovery
    .command('status <gateway>')
    .description('show when the recovery key was last proved')
    .action(
      action(shell, async (call) => {
        const client = await call.client();
        const { id: gatewayId } = await findGateway(client, call.word(0));
        await call.printThing(
          await client.get('/v1/gateways/{gatewayId}/recovery', { params: { path: { gatewayId } } }),
        );
      }),
    );
  recovery
    .command('locks <gateway>')
    .description('list who gave a wrong recovery key')
    .action(
      action(shell, async (call) => {
        const client = await call.client();
        const path = { gatewayId: (await findGateway(client, call.word(0))).id };
        const list = items(client, '/v1/gateways/{gatewayId}/recoveryLocks', { params: { path } });
        await call.printList(await gather(list), LOCKS);
      }),
    );
  recovery
    .command('unlock <gateway> <caller>')
    .description('let somebody try again')
    .action(
      action(shell, async (call) => {
        const client = await call.client();
        const path = { gatewayId: (await findGateway(client, call.word(0))).id, callerId: call.word(1) };
        await client.delete('/v1/gateways/{gatewayId}/recoveryLocks/{callerId}', { params: { path } });
        await call.printDone('The lock is cleared.', { ...path, isCleared: true });
      }),
    );
  recovery
    .command('revoke <gateway> <member>')
    .description('a machine was lost or taken over: cut its member off at once, and change the keys')
    .action(
      action(shell, async (call) => {
        const client = await call.client();
        const { id: gatewayId } = await findGateway(client, call.word(0));
        const { id: memberId, displayName } = await findMember(client, gatewayId, call.word(1));
        await call.confirm(`Cut the member ${displayName} off for good?`);
        const init = { params: { path: { gatewayId, memberId } } };
        await call.printThing(await client.post('/v1/gateways/{gatewayId}/members/{memberId}/compromise', init));
      }),
    );
  recovery
    .command('exposures <gateway>')
    .description('list the connections whose passwords a lost machine could have opened')
    .action(
      action(shell, async (call) => {
        const client = await call.client();
        const path = { gatewayId: (await findGateway(client, call.word(0))).id };
        const list = items(client, '/v1/gateways/{gatewayId}/exposures', { params: { path } });
        await call.printList(await gather(list), EXPOSURES);
      }),
    );
  recovery
    .command('close <gateway> <connection>')
    .description('say that the password of a connection was changed at its source')
    .action(
      action(shell, async (call) => {
        const client = await call.client();
        const { id: gatewayId } = await findGateway(client, call.word(0));
        const path = { gatewayId, connectionId: (await findConnection(client, call.word(1))).id };
        await client.post('/v1/gateways/{gatewayId}/exposures/{connectionId}/closure', { params: { path } });
        await call.printDone('Closed.', { ...path, isClosed: true });
      }),
    );
}
