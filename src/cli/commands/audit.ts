import { createReadStream } from 'node:fs';
import type { Command } from 'commander';
import { items } from '../../client/pages.js';
import type { components } from '../../client/schema.js';
import { action, type Call } from '../call.js';
import { describeReport } from '../describe-report.js';
import { CommandError, VERIFY_EXIT_CODES } from '../exit-codes.js';
import { findGateway } from '../find.js';
import { gather } from '../gather.js';
import { wholeNumber } from '../option-values.js';
import { writePrivateFile } from '../private-file.js';
import type { Column } from '../output/table.js';
import type { Shell } from '../shell.js';
import { verifyAudit } from '../verify-audit.js';

type Entry = components['schemas']['AuditEntry'];

const COLUMNS: readonly Column<Entry>[] = [
  ['at', ({ at }) => at],
  ['action', ({ action: name }) => name],
  ['result', ({ result }) => result],
  ['by', ({ actor }) => actor.id],
  ['subject', ({ subject }) => `${subject.type} ${subject.id ?? ''}`.trim()],
  ['trace', ({ traceId }) => traceId],
];

const DEFAULT_LIMIT = 100;

interface SearchOptions {
  readonly from?: string;
  readonly to?: string;
  readonly actor?: string;
  readonly gateway?: string;
  readonly code?: string;
  readonly action?: string;
  readonly limit: number;
}

interface ExportOptions {
  readonly fromSeq?: number;
  readonly toSeq?: number;
  readonly output?: string;
}

/** `audit …` */
export function addAudit(program: Command, shell: Shell): void {
  const audit = program.command('audit').description('the record of changes and refusals');
  audit
    .command('search')
    .description('search the record, newest first')
    .option('--from <time>', 'ISO 8601')
    .option('--to <time>', 'ISO 8601')
    .option('--actor <id>', 'who did it')
    .option('--gateway <gateway>', 'what concerns a gateway')
    .option('--code <code>', 'what was refused with a code')
    .option('--action <action>', 'such as connection.created')
    .option('--limit <count>', 'at most so many', wholeNumber, DEFAULT_LIMIT)
    .action(action<SearchOptions>(shell, search));
  audit
    .command('export')
    .description('write the record with its chain, as JSON lines, to a file or standard output')
    .option('--from-seq <number>', 'first entry', wholeNumber)
    .option('--to-seq <number>', 'last entry', wholeNumber)
    .option('-o, --output <file>', 'file, readable for you only')
    .action(action<ExportOptions>(shell, exportRecord));
  audit
    .command('verify <file>')
    .description('check an export; - is standard input')
    .option('--key-fingerprint <sha256:…>', 'what the audit key must be; without it the file is taken at its word')
    .action(action<{ keyFingerprint?: string }>(shell, verify));
}

async function search(call: Call<SearchOptions>): Promise<void> {
  const { from, to, actor, gateway, code, action: name, limit } = call.options;
  const client = await call.client();
  const gatewayId = gateway === undefined ? undefined : (await findGateway(client, gateway)).id;
  const query = {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(actor !== undefined && { actorId: actor }),
    ...(gatewayId !== undefined && { gatewayId }),
    ...(code !== undefined && { code }),
    ...(name !== undefined && { action: name }),
  };
  await call.printList(await gather(items(client, '/v1/audit', { params: { query } }), limit), COLUMNS);
}

async function exportRecord(call: Call<ExportOptions>): Promise<void> {
  const { fromSeq, toSeq, output } = call.options;
  const query = { ...(fromSeq !== undefined && { fromSeq }), ...(toSeq !== undefined && { toSeq }) };
  const client = await call.client();
  const init = { params: { query }, parseAs: 'stream' } as const;
  const stream = (await client.get('/v1/audit/export', init)) as unknown as AsyncIterable<Uint8Array>;
  if (output === undefined) {
    for await (const chunk of stream) await call.shell.write(chunk);
  } else {
    await writePrivateFile(output, stream);
    await call.printDone(`Written to ${output}.`, { file: output });
  }
}

async function verify(call: Call<{ keyFingerprint?: string }>): Promise<void> {
  const { keyFingerprint, json } = call.options;
  if (keyFingerprint !== undefined && !/^sha256:[\w-]{43}$/.test(keyFingerprint)) {
    throw new CommandError('--key-fingerprint is sha256: and 43 characters.');
  }
  const path = call.word(0);
  const input: AsyncIterable<Buffer> = path === '-' ? call.shell.input : createReadStream(path);
  const report = await verifyAudit(input, keyFingerprint);
  await call.shell.write(`${json === true ? JSON.stringify(report) : describeReport(report)}\n`);
  if (!report.isIntact) process.exitCode = VERIFY_EXIT_CODES.tampered;
}
