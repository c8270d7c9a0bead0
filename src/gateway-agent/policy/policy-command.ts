import { stringify } from 'yaml';
import { SourceError } from '../connectors/source-error.js';
import { CommandError, EXIT_CODES } from '../exit-codes.js';
import type { CommonSettings } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { PolicyInvalid } from './policy-document.js';
import { PolicyEgress, type Resolve } from './policy-egress.js';
import { loadPolicy, type LoadedPolicy } from './policy-file.js';
import type { PolicyOrder, PolicyTest } from './policy-settings.js';
import { serverOf } from './server-place.js';
import { folderGuard, realOrSelf } from './folder-guard.js';
import { localPathOf } from './places.js';
import { allowed, denied, type Verdict } from './verdict.js';
import type { Policy } from './policy.js';

/**
 * Looks at the policy of this machine: whether it can be read, what it says, and what it says of one request.
 *
 * @returns the exit code
 * @throws CommandError usage, naming line and key of what is wrong with the policy
 */
export async function policyCommand(
  settings: CommonSettings & PolicyOrder,
  terminal: Pick<Terminal, 'print'>,
  resolve?: Resolve,
): Promise<number> {
  const loaded = await load(settings);
  if (settings.action === 'test') {
    const verdict = await verdictOf(loaded.policy, settings.test, resolve);
    terminal.print(settings.json ? JSON.stringify(verdict) : describe(verdict));
    return verdict.isAllowed ? EXIT_CODES.ok : EXIT_CODES.denied;
  }
  const { path, isPresent, policy } = loaded;
  const where = isPresent ? `${path} is valid.` : `There is no ${path}: everything is allowed but loopback, link-local and metadata addresses.`; // prettier-ignore
  if (settings.json)
    terminal.print(JSON.stringify({ path, isPresent, ...(settings.action === 'show' && { policy: policy.text }) }));
  else
    terminal.print(settings.action === 'show' && isPresent ? `# ${path}\n${stringify(policy.text).trimEnd()}` : where);
  return EXIT_CODES.ok;
}

async function load({ stateDir, policyFile }: CommonSettings): Promise<LoadedPolicy> {
  try {
    return await loadPolicy({ stateDir, file: policyFile });
  } catch (cause) {
    if (!(cause instanceof PolicyInvalid)) throw cause;
    const problems = cause.problems.map((problem) => `\n  ${problem}`).join('');
    throw new CommandError('usage', `The policy cannot be used:${problems}`, 'An agent that runs keeps the policy it has; one that starts allows nothing. See docs/policy.md.', { cause }); // prettier-ignore
  }
}

/** As the agent would decide it: names are resolved and links followed, but no source is asked. */
async function verdictOf(policy: Policy, test: PolicyTest, resolve: Resolve | undefined): Promise<Verdict> {
  const { verdict } = policy.ask(test);
  if (!verdict.isAllowed) return verdict;
  let refusal: Verdict | undefined;
  const refused = (given: Verdict) => {
    refusal = given;
  };
  try {
    const egress = new PolicyEgress({ policy: () => policy, refused, ...(resolve && { resolve }) });
    for (const place of serverOf(test.target)) await egress.resolve(place);
    for (const path of test.target.kind === 'filesystem' ? localPathOf(test.target.path, test.operation) : []) {
      if (path !== undefined) await folderGuard(() => policy, refused)(await realOrSelf(path));
    }
  } catch (error) {
    if (refusal) return refusal;
    if (error instanceof SourceError) return denied('hosts', 'the name of the server cannot be resolved');
    throw error;
  }
  return verdict.rule === undefined ? allowed(undefined, verdict.reason) : verdict;
}

function describe({ isAllowed, rule, reason }: Verdict): string {
  return `${isAllowed ? 'allowed' : 'denied'}${rule === undefined ? '' : ` by ${rule}`}: ${reason}`;
}
