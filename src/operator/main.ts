#!/usr/bin/env node
import { AzureVault } from '../common/keys/azure-vault.js';
import { serviceCredential } from '../common/keys/service-credential.js';
import { DomainError } from '../common/errors/domain-error.js';
import { PrismaService } from '../common/prisma/prisma.service.js';
import { ConfigError, readConfig, type AppConfig } from '../config/env.js';
import { makeNextRoot, withdrawNextRoot } from './next-root.js';
import { describeRoots, reportRoots } from './root-report.js';

const HELP = `tidegate-operator: for whoever runs the control plane, with its settings in the environment

  root status [--json]   which root is in force, which one is announced, and which members would not follow it
  root make              make the key of the next root in the vault; prints the setting that announces it
  root withdraw          take the announcement of the next root back

Exit codes: 0 done, 1 a dependency failed, 2 wrong usage or settings`;

/** @returns the exit code */
async function execute(args: readonly string[]): Promise<number> {
  const [noun, verb, option, ...rest] = args;
  const isKnown = noun === 'root' && rest.length === 0 && (option === undefined || (verb === 'status' && option === '--json')); // prettier-ignore
  if (!isKnown || verb === undefined || !['status', 'make', 'withdraw'].includes(verb)) {
    process.stderr.write(`${HELP}\n`);
    return 2;
  }
  const config = readConfig();
  const prisma = new PrismaService(config);
  try {
    await prisma.$connect();
    process.stdout.write(`${await answer(verb, option === '--json', { config, prisma })}\n`);
    return 0;
  } finally {
    await prisma.$disconnect();
  }
}

async function answer(
  verb: string,
  isJson: boolean,
  { config, prisma }: { config: AppConfig; prisma: PrismaService },
): Promise<string> {
  if (verb === 'status') {
    const report = await reportRoots(prisma, new Date());
    return isJson ? JSON.stringify(report, undefined, 2) : describeRoots(report);
  }
  if (verb === 'withdraw') {
    const generation = await withdrawNextRoot(prisma);
    return generation === undefined
      ? 'No next root is announced.'
      : `Generation ${generation} is withdrawn. Take TIDEGATE_NEXT_ROOT_KEY out of the settings of every replica.`;
  }
  const { name, key } = await makeNextRoot(prisma, new AzureVault(config.vaultUrl, await serviceCredential(config)));
  return `TIDEGATE_NEXT_ROOT_KEY=${name}/${key.version}`;
}

try {
  process.exitCode = await execute(process.argv.slice(2));
} catch (error) {
  const isOurs = error instanceof ConfigError || error instanceof DomainError;
  process.stderr.write(`${isOurs || !(error instanceof Error) ? String(error) : (error.stack ?? error.message)}\n`);
  process.exitCode = error instanceof ConfigError ? 2 : 1;
}
