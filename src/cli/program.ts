import { Command } from 'commander';
import { PRODUCT_VERSION } from '../contract/version.js';
import { addAlerts, addRequests } from './commands/alerts.js';
import { addApply } from './commands/apply.js';
import { addAudit } from './commands/audit.js';
import { addCompletion } from './commands/completion.js';
import { addConnections } from './commands/connections.js';
import { addEnvironments } from './commands/environments.js';
import { addExplain } from './commands/explain.js';
import { addGateways } from './commands/gateways.js';
import { addJoinTokens } from './commands/join-tokens.js';
import { addRecovery, addRotations } from './commands/keys.js';
import { addLicences } from './commands/licences.js';
import { addMembers } from './commands/members.js';
import { addReleases } from './commands/releases.js';
import { addRoles } from './commands/roles.js';
import { addSignIn } from './commands/sign-in.js';
import { addBackup, addPolicy } from './commands/tenant.js';
import { EXIT_CODE_TABLE } from './exit-codes.js';
import type { Shell } from './shell.js';

/** In the order in which help lists them. */
const PARTS = [
  addSignIn,
  addApply,
  addGateways,
  addMembers,
  addConnections,
  addRoles,
  addEnvironments,
  addPolicy,
  addLicences,
  addExplain,
  addAlerts,
  addRequests,
  addAudit,
  addJoinTokens,
  addReleases,
  addRotations,
  addRecovery,
  addBackup,
  addCompletion,
];

/** The command tree. Throws what commands throw, and `CommanderError` for wrong usage and after help. */
export function buildProgram(shell: Shell): Command {
  const program = new Command('tidegate')
    .description('The administrators’ command line of Tidegate')
    .option('--json', 'print JSON, errors as well')
    .option('--yes', 'do not ask before what cannot be taken back')
    .option('--url <address>', 'control plane to speak to; TIDEGATE_URL without it')
    .option('--ca-file <path>', 'certificate authority to trust besides the usual ones')
    .helpOption('--help', 'show help')
    .helpCommand('help [command]', 'show help')
    .exitOverride()
    // Errors are reported in one place, as text or JSON.
    .configureOutput({ outputError: () => undefined })
    .addHelpText('after', `\nExit codes\n${describeExitCodes()}`);
  for (const add of PARTS) add(program, shell);
  program
    .command('version')
    .description('show the version; so does `tidegate --version`')
    .action(() => shell.write(`${PRODUCT_VERSION}\n`));
  return program;
}

function describeExitCodes(): string {
  return EXIT_CODE_TABLE.map(([command, code, meaning]) => `  ${command.padEnd(14)}${code}  ${meaning}`).join('\n');
}
