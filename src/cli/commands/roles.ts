import type { Command } from 'commander';
import { items } from '../../client/pages.js';
import type { components } from '../../client/schema.js';
import type { TidegateClient } from '../../client/tidegate-client.js';
import { action, type Call } from '../call.js';
import { CommandError } from '../exit-codes.js';
import { findConnection, findGateway } from '../find.js';
import { gather } from '../gather.js';
import { listOrAll } from '../option-values.js';
import type { Column } from '../output/table.js';
import { findPrincipal, type PrincipalWords } from '../principal.js';
import type { Shell } from '../shell.js';

type GatewayRole = components['schemas']['GatewayRoleAssignment'];
type ConnectionRole = components['schemas']['ConnectionRoleAssignment'];

const COLUMNS: readonly Column<GatewayRole | ConnectionRole>[] = [
  ['principal', ({ principal }) => principal.displayName],
  ['type', ({ principal }) => principal.type],
  ['id', ({ principal }) => principal.id],
  ['role', ({ role }) => role],
  ['kinds', (assignment) => ('allowedKinds' in assignment ? assignment.allowedKinds : undefined)],
];

interface PlaceOptions {
  readonly gateway?: string;
  readonly connection?: string;
}

interface RoleOptions extends PlaceOptions, PrincipalWords {
  readonly role?: string;
  readonly kinds?: string[] | null;
}

/** The part of the API where the roles of one thing are. */
type Place = { readonly gatewayId: string } | { readonly connectionId: string };

const GATEWAY_ROLES = '/v1/gateways/{gatewayId}/roleAssignments';
const GATEWAY_ROLE = '/v1/gateways/{gatewayId}/roleAssignments/{principalId}';
const CONNECTION_ROLES = '/v1/connections/{connectionId}/roleAssignments';
const CONNECTION_ROLE = '/v1/connections/{connectionId}/roleAssignments/{principalId}';

/** `roles …`, of a gateway or a connection */
export function addRoles(program: Command, shell: Shell): void {
  const roles = program.command('roles').description('who may do what with a gateway or a connection');
  const verb = (words: string, description: string): Command =>
    roles
      .command(words)
      .description(description)
      .option('--gateway <gateway>', 'roles of a gateway')
      .option('--connection <connection>', 'roles of a connection');
  const named = (command: Command): Command =>
    command
      .option('--user <id or name>', 'a person')
      .option('--service-principal <id>', 'an application')
      .option('--group <id>', 'a security group');
  verb('list', 'list who has a role').action(action<PlaceOptions>(shell, list));
  for (const [word, description, work] of [
    ['add', 'give a role', add],
    ['set', 'change a role', set],
  ] as const) {
    named(verb(word, description))
      .option(
        '--role <role>',
        'gateway: Admin, ConnectionCreatorWithResharing, ConnectionCreator; connection: Owner, UserWithReshare, User',
      )
      .option('--kinds <kinds>', 'of a gateway role: source kinds between commas, or all', listOrAll)
      .action(action<RoleOptions>(shell, work));
  }
  named(verb('remove', 'take a role away')).action(action<RoleOptions>(shell, remove));
}

async function list(call: Call<PlaceOptions>): Promise<void> {
  const client = await call.client();
  const path = await placeOf(call, client);
  const all =
    'gatewayId' in path
      ? await gather(items(client, GATEWAY_ROLES, { params: { path } }))
      : await gather(items(client, CONNECTION_ROLES, { params: { path } }));
  await call.printList<GatewayRole | ConnectionRole>(all, COLUMNS);
}

async function add(call: Call<RoleOptions>): Promise<void> {
  const client = await call.client();
  const path = await placeOf(call, client);
  const { role, kinds } = call.options;
  if (role === undefined) throw new CommandError('Give --role.');
  const principal = await findPrincipal(client, call.options);
  // The words are checked by the API, which knows all roles and kinds.
  const assignment =
    'gatewayId' in path
      ? await client.post(GATEWAY_ROLES, {
          params: { path },
          body: {
            principal,
            role: role as GatewayRole['role'],
            ...(kinds !== undefined && { allowedKinds: kinds as never }),
          },
        })
      : await client.post(CONNECTION_ROLES, {
          params: { path },
          body: { principal, role: role as ConnectionRole['role'] },
        });
  await show(call, assignment);
}

async function set(call: Call<RoleOptions>): Promise<void> {
  const client = await call.client();
  const path = await placeOf(call, client);
  const { role, kinds } = call.options;
  const { id: principalId } = await findPrincipal(client, call.options);
  const assignment =
    'gatewayId' in path
      ? await client.patch(GATEWAY_ROLE, {
          params: { path: { ...path, principalId } },
          body: {
            ...(role !== undefined && { role: role as GatewayRole['role'] }),
            ...(kinds !== undefined && { allowedKinds: kinds as never }),
          },
        })
      : await client.patch(CONNECTION_ROLE, {
          params: { path: { ...path, principalId } },
          body: { role: role as ConnectionRole['role'] },
        });
  await show(call, assignment);
}

async function remove(call: Call<RoleOptions>): Promise<void> {
  const client = await call.client();
  const path = await placeOf(call, client);
  const { id: principalId, type } = await findPrincipal(client, call.options);
  await call.confirm(`Take the role of ${type} ${principalId} away?`);
  if ('gatewayId' in path) await client.delete(GATEWAY_ROLE, { params: { path: { ...path, principalId } } });
  else await client.delete(CONNECTION_ROLE, { params: { path: { ...path, principalId } } });
  await call.printDone('The role is taken away.', { ...path, principalId, isRemoved: true });
}

function show(call: Call, assignment: GatewayRole | ConnectionRole): Promise<void> {
  const { principal, role, ...rest } = assignment;
  return call.printThing(assignment, [['role', role], ...Object.entries({ ...principal, ...rest })]);
}

async function placeOf({ options }: Call<PlaceOptions>, client: TidegateClient): Promise<Place> {
  const { gateway, connection } = options;
  if (gateway !== undefined && connection === undefined) return { gatewayId: (await findGateway(client, gateway)).id };
  if (connection !== undefined && gateway === undefined)
    return { connectionId: (await findConnection(client, connection)).id };
  throw new CommandError('Give --gateway or --connection.');
}
