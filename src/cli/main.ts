#!/usr/bin/env node
import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { describeReport } from './describe-report.js';
import { CommandError, EXIT_CODES } from './exit-codes.js';
import { verifyAudit } from './verify-audit.js';

const HELP = `tidegate: the administrators' command line

  audit verify FILE|-             check an export of GET /v1/audit/export
    --key-fingerprint sha256:…    what the audit key must be; without it the file's own word is taken
    --json                        the report as JSON

Exit codes
  ${EXIT_CODES.intact}  intact
  ${EXIT_CODES.tampered}  tampered with, damaged or cut short
  ${EXIT_CODES.unusable}  wrong usage, or a file that cannot be read`;

/** @throws CommandError */
function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        'key-fingerprint': { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (cause) {
    throw new CommandError(cause instanceof Error ? cause.message : 'unknown option', { cause });
  }
}

/** @returns the exit code */
async function execute(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args);
  const [noun, verb, file, ...rest] = positionals;
  if (values.help || noun === 'help') {
    process.stdout.write(`${HELP}\n`);
    return EXIT_CODES.intact;
  }
  if (noun !== 'audit' || verb !== 'verify' || file === undefined || rest.length > 0) throw new CommandError(HELP);
  const pinned = values['key-fingerprint'];
  if (pinned !== undefined && !/^sha256:[\w-]{43}$/.test(pinned)) {
    throw new CommandError('--key-fingerprint is sha256: and 43 characters.');
  }
  const input: AsyncIterable<Buffer> = file === '-' ? process.stdin : createReadStream(file);
  const report = await verifyAudit(input, pinned);
  process.stdout.write(`${values.json ? JSON.stringify(report) : describeReport(report)}\n`);
  return report.isIntact ? EXIT_CODES.intact : EXIT_CODES.tampered;
}

try {
  process.exitCode = await execute(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'unknown failure'}\n`);
  process.exitCode = EXIT_CODES.unusable;
}
