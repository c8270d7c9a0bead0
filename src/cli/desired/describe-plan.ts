import { printable, showValue } from '../output/printable.js';
import type { Change } from './change.js';

const SIGNS = { create: '+', update: '~', delete: '-' } as const;
const COLOURS = { create: '\u001b[32m', update: '\u001b[33m', delete: '\u001b[31m' } as const;
const PLAIN = '\u001b[0m';

/** A step in one line. */
export function describeStep({ action, kind, name }: Change): string {
  return printable(`${SIGNS[action]} ${kind} ${name}`);
}

/** A plan for people. */
export function describePlan(changes: readonly Change[], hasColours: boolean): string {
  if (changes.length === 0) return 'Nothing to do: everything is as the file says.';
  const lines = changes.flatMap((change) => {
    const head = describeStep(change);
    return [
      hasColours ? `${COLOURS[change.action]}${head}${PLAIN}` : head,
      ...change.fields.map(({ field, before, after }) => `    ${field}: ${describeField(change, before, after)}`),
    ];
  });
  const count = (action: Change['action']): number => changes.filter((change) => change.action === action).length;
  return [
    ...lines,
    '',
    `${count('create')} to create, ${count('update')} to update, ${count('delete')} to delete.`,
  ].join('\n');
}

function describeField({ action }: Change, before: unknown, after: unknown): string {
  if (action === 'create') return showValue(after);
  return action === 'delete' ? showValue(before) : `${showValue(before)} -> ${showValue(after)}`;
}
