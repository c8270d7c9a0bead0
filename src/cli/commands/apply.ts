import type { Command } from 'commander';
import { action, type Call } from '../call.js';
import { applyPlan, StoppedPartway } from '../desired/apply-plan.js';
import { showChange, type Change } from '../desired/change.js';
import { describePlan, describeStep } from '../desired/describe-plan.js';
import { readDescribedFile, type DescribedFile } from '../desired/described-file.js';
import { makePlan } from '../desired/plan.js';
import { CommandError, EXIT_CODES } from '../exit-codes.js';
import { several } from '../option-values.js';
import type { Shell } from '../shell.js';
import { readTokenClaims } from '../sign-in/token-claims.js';

interface PlanOptions {
  readonly file: string;
  readonly prune?: boolean;
}

interface ApplyOptions extends PlanOptions {
  readonly reseal?: readonly string[];
  readonly resealAll?: boolean;
}

/** Connections whose credential is sealed anew. */
type Resealed = ReadonlySet<string> | 'all';

/** plan, apply, drift: of a file that describes how things are to be. */
export function addApply(program: Command, shell: Shell): void {
  const verb = (name: string, description: string): Command =>
    program
      .command(name)
      .description(description)
      .requiredOption('-f, --file <file>', 'the file; - is standard input')
      .option('--prune', 'take away what the file does not list, as `prune: true` in the file does');
  const withSealing = (command: Command): Command =>
    command
      .option('--reseal <connection>', 'seal the credential of a connection anew; may be given several times', several)
      .option('--reseal-all', 'seal all credentials of the file anew');
  withSealing(verb('plan', 'show what `apply` would do')).action(action<ApplyOptions>(shell, plan));
  withSealing(verb('apply', 'make everything as a file says')).action(action<ApplyOptions>(shell, apply));
  verb('drift', `check whether everything is as a file says; exit code ${EXIT_CODES.differs} when not`).action(
    action<PlanOptions>(shell, drift),
  );
}

async function plan(call: Call<ApplyOptions>): Promise<void> {
  await print(call, await planOf(call, await fileOf(call), resealedOf(call)));
}

async function drift(call: Call<PlanOptions>): Promise<void> {
  const changes = await planOf(call, await fileOf(call), new Set());
  await print(call, changes);
  if (changes.length > 0) process.exitCode = EXIT_CODES.differs;
}

async function apply(call: Call<ApplyOptions>): Promise<void> {
  const file = await fileOf(call);
  const changes = await planOf(call, file, resealedOf(call));
  const isJson = call.options.json === true;
  if (!isJson) await print(call, changes);
  const deletions = changes.filter((change) => change.action === 'delete').length;
  if (deletions > 0) await call.confirm(`Delete ${deletions} of them?`);
  try {
    await applyPlan(changes, (text) => call.shell.note(text));
  } catch (error) {
    if (error instanceof StoppedPartway) await tellStop(call, error);
    throw error;
  }
  if (isJson) await call.printJson({ isSame: changes.length === 0, done: changes.map(showChange), notDone: [] });
  if (changes.length > 0) await assertSame(call, file);
}

async function tellStop(call: Call, stop: StoppedPartway): Promise<void> {
  if (call.options.json === true) return call.printJson(stop.show());
  call.shell.note(`Stopped: ${stop.done.length} done, ${stop.notDone.length} not done:`);
  for (const change of stop.notDone) call.shell.note(`  ${describeStep(change)}`);
}

/** The service may understand a word otherwise than it was meant: then the next application would change it again. */
async function assertSame(call: Call<PlanOptions>, file: DescribedFile): Promise<void> {
  const rest = await planOf(call, file, new Set());
  if (rest.length === 0) return;
  throw new CommandError(`Everything was sent, but not everything is as the file says:\n${describePlan(rest, false)}`, {
    code: 'STILL_DIFFERENT',
    remedy: 'Somebody else may be changing it; otherwise write it as the service shows it.',
    exitCode: EXIT_CODES.differs,
  });
}

function fileOf(call: Call<PlanOptions>): Promise<DescribedFile> {
  return readDescribedFile(call.options.file, call.shell.input);
}

async function planOf(call: Call<PlanOptions>, file: DescribedFile, resealed: Resealed): Promise<Change[]> {
  const { prune } = call.options;
  const access = await call.access();
  const me = readTokenClaims(await access.token())?.id;
  const options = {
    client: await call.client(),
    shell: call.shell,
    me,
    resealed,
    ...(prune === true && { prune }),
  } as const;
  return makePlan(file, options);
}

function resealedOf({ options: { reseal = [], resealAll } }: Call<ApplyOptions>): Resealed {
  return resealAll === true ? 'all' : new Set(reseal);
}

async function print(call: Call, changes: readonly Change[]): Promise<void> {
  if (call.options.json === true) {
    return call.printJson({ isSame: changes.length === 0, changes: changes.map(showChange) });
  }
  await call.shell.write(`${describePlan(changes, call.shell.hasColours)}\n`);
}
