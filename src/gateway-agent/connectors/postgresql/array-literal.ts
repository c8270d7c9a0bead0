/** An array element as text, absent (SQL null), or a nested array. */
export type ArrayElement = string | null | readonly ArrayElement[];

/** Deepest nesting read or written; PostgreSQL's own limit is six dimensions (MAXDIM). */
const MAX_DEPTH = 6;

/** Writes PostgreSQL's array literal. Every element is quoted, so that none can be read as NULL or as syntax. */
export function formatArrayLiteral(elements: readonly ArrayElement[]): string {
  const parts = elements.map((element) => {
    if (element === null) return 'NULL';
    if (typeof element !== 'string') return formatArrayLiteral(element);
    return `"${element.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  });
  return `{${parts.join(',')}}`;
}

/** Reads PostgreSQL's array literal; undefined when the text is not one. */
export function parseArrayLiteral(text: string): ArrayElement[] | undefined {
  // Arrays that do not begin at 1 are printed with their bounds in front: [0:2]={1,2,3}
  const start = text.startsWith('[') ? text.indexOf('=') + 1 : 0;
  const reader = { text, position: start };
  const elements = readArray(reader, 1);
  return elements && reader.position === text.length ? elements : undefined;
}

interface Reader {
  readonly text: string;
  position: number;
}

function readArray(reader: Reader, depth: number): ArrayElement[] | undefined {
  if (reader.text[reader.position] !== '{' || depth > MAX_DEPTH) return undefined;
  reader.position += 1;
  const elements: ArrayElement[] = [];
  if (reader.text[reader.position] === '}') {
    reader.position += 1;
    return elements;
  }
  for (;;) {
    const element = readElement(reader, depth);
    if (element === undefined) return undefined;
    elements.push(element);
    const separator = reader.text[reader.position];
    reader.position += 1;
    if (separator === '}') return elements;
    if (separator !== ',') return undefined;
  }
}

function readElement(reader: Reader, depth: number): ArrayElement | undefined {
  const first = reader.text[reader.position];
  if (first === '{') return readArray(reader, depth + 1);
  if (first === '"') return readQuoted(reader);
  const start = reader.position;
  while (reader.position < reader.text.length && !',}'.includes(reader.text[reader.position] ?? ''))
    reader.position += 1;
  const bare = reader.text.slice(start, reader.position);
  return bare === 'NULL' ? null : bare;
}

function readQuoted(reader: Reader): string | undefined {
  let value = '';
  for (reader.position += 1; reader.position < reader.text.length; reader.position += 1) {
    const character = reader.text[reader.position];
    if (character === '"') {
      reader.position += 1;
      return value;
    }
    if (character === '\\') reader.position += 1;
    value += reader.text[reader.position] ?? '';
  }
  return undefined;
}
