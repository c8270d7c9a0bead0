/** One step of a change to the service. Steps are data, so that they can be shown before they are done. */
export type ServiceStep =
  | {
      readonly kind: 'run';
      readonly argv: readonly string[];
      /** What takes it back when a later step fails. */
      readonly undo?: readonly string[];
      /** Exit codes beside 0 that mean it is done: the thing was so already. */
      readonly also?: readonly number[];
      /** For PowerShell, which is started with it. It stands on the command line: secrets it reads from their file. */
      readonly script?: string;
    }
  | { readonly kind: 'write'; readonly path: string; readonly content: string; readonly mode: number }
  | { readonly kind: 'remove'; readonly path: string }
  /** Nothing now; done when a later step fails. */
  | { readonly kind: 'on-failure'; readonly argv: readonly string[] };

/** Steps as a person would do them, for `--print`. */
export function describeSteps(steps: readonly ServiceStep[]): string {
  return steps.flatMap(describe).join('\n');
}

function describe(step: ServiceStep): string[] {
  switch (step.kind) {
    case 'run':
      return [commandLine(step.argv), ...(step.script === undefined ? [] : indent(step.script))];
    case 'write':
      return [`write ${step.path} (mode ${step.mode.toString(8)})`, ...indent(step.content)];
    case 'remove':
      return [`remove ${step.path}`];
    case 'on-failure':
      return [];
  }
}

function indent(text: string): string[] {
  return text.split('\n').flatMap((line) => (line === '' ? [] : [`    ${line}`]));
}

/** A command as it is typed. */
export function commandLine(argv: readonly string[]): string {
  return argv.map((word) => (/^[\w@%+=:,./\\-]+$/.test(word) ? word : `"${word.replaceAll('"', '\\"')}"`)).join(' ');
}
