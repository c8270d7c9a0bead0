/** What stands in every line and says nothing here: whose log it is, one knows. */
const LEFT_OUT = new Set(['level', 'time', 'msg', 'program', 'pid']);

/** A line of an agent's log as people read it: time, level, sentence, then what else it holds. Others stay as they are. */
export function readableLine(line: string): string {
  const entry = entryOf(line);
  if (!entry) return line;
  const shown = (name: string) => textOf(entry[name]);
  const rest = Object.entries(entry)
    .filter(([name]) => !LEFT_OUT.has(name))
    .map(([name, value]) => `${name}=${textOf(value)}`);
  return [shown('time'), shown('level').toUpperCase().padEnd(5), shown('msg'), ...rest].join(' ');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function entryOf(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const read: unknown = JSON.parse(line);
    return typeof read === 'object' && read !== null ? { ...read } : undefined;
  } catch (error) {
    // Cut off in the middle, for one.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
