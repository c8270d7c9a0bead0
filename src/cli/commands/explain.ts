import type { Command } from 'commander';
import type { components } from '../../client/schema.js';
import { action, type Call } from '../call.js';
import { findConnection, findEnvironment, findGateway } from '../find.js';
import { printable } from '../output/printable.js';
import type { Shell } from '../shell.js';

type Rule = components['schemas']['Explanation']['rules'][number];
type Operation = components['schemas']['Explanation']['operation'];

interface ExplainOptions {
  readonly user: string;
  readonly gateway?: string;
  readonly connection?: string;
  readonly environment?: string;
  readonly operation: string;
}

/** `explain` */
export function addExplain(program: Command, shell: Shell): void {
  program
    .command('explain')
    .description('say why somebody may or may not use a gateway or connection')
    .requiredOption('--user <id or name>', 'the person')
    .option('--gateway <gateway>', 'the gateway')
    .option('--connection <connection>', 'the connection')
    .option('--environment <environment>', 'from where')
    .option('--operation <operation>', 'what they want to do, such as listItems', 'listItems')
    .action(action<ExplainOptions>(shell, explain));
}

async function explain(call: Call<ExplainOptions>): Promise<void> {
  const { user, gateway, connection, environment, operation } = call.options;
  const client = await call.client();
  const gatewayId = gateway === undefined ? undefined : (await findGateway(client, gateway)).id;
  const connectionId = connection === undefined ? undefined : (await findConnection(client, connection)).id;
  const environmentId = environment === undefined ? undefined : (await findEnvironment(client, environment)).id;
  const answer = await client.post('/v1/explain', {
    body: {
      user,
      operation: operation as Operation,
      ...(gatewayId !== undefined && { gatewayId }),
      ...(connectionId !== undefined && { connectionId }),
      ...(environmentId !== undefined && { environmentId }),
    },
  });
  if (call.options.json === true) return call.printJson(answer);
  const verdict = answer.isAllowed ? 'may' : `may not (${answer.decidedBy ?? 'unknown'})`;
  const lines = [`${answer.user.displayName} ${verdict}: ${answer.operation}`, ...answer.rules.flatMap(describeRule)];
  await call.shell.write(`${lines.map(printable).join('\n')}\n`);
}

/** Whole: what decides and what can be done stand at the end of sentences. */
function describeRule({ rule, verdict, reason, remedy }: Rule): string[] {
  const head = `  ${verdict.padEnd(8)} ${rule.padEnd(14)} ${reason}`;
  return remedy === undefined ? [head] : [head, `${' '.repeat(26)}What to do: ${remedy}`];
}
