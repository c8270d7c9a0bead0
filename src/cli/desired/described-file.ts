import { createReadStream } from 'node:fs';
import { LineCounter, isMap, isNode, isPair, isScalar, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { CommandError } from '../exit-codes.js';
import { readDocument } from '../read-document.js';
import { describedSchema, type Described } from './described.js';

const MAX_BYTES = 1024 * 1024;

/** Mistakes that are told at once; the rest is seen when these are mended. */
const MAX_TOLD = 20;

/** Steps into a document. */
export type Path = readonly (string | number)[];

/** A file with a description that is well-formed. */
export interface DescribedFile {
  readonly described: Described;
  /** `file:line:column` of what is at a path, for errors. */
  readonly place: (path: Path) => string;
}

/** @throws CommandError FILE_UNREADABLE, FILE_MALFORMED with lines */
export async function readDescribedFile(path: string, input: AsyncIterable<Buffer>): Promise<DescribedFile> {
  const name = path === '-' ? 'standard input' : path;
  return parseDescribed(await readDocument(path === '-' ? input : createReadStream(path), name, MAX_BYTES), name);
}

/** @throws CommandError FILE_MALFORMED */
export function parseDescribed(text: string, name: string): DescribedFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.2' });
  const at = (offset: number | undefined): string => {
    const { line, col } = lines.linePos(offset ?? 0);
    return `${name}:${line}:${col}`;
  };
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) throw malformed(broken.map(({ pos, message }) => `${at(pos[0])}: ${message}`));
  const parsed = describedSchema.safeParse(plainOf(document, name));
  const place = (path: Path): string => at(offsetOf(document, path));
  if (parsed.success) return { described: parsed.data, place };
  throw malformed(parsed.error.issues.flatMap((issue) => tellIssue(issue, place)));
}

function plainOf(document: Document.Parsed, name: string): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    // References that multiply each other.
    throw new CommandError(`${name} cannot be unfolded.`, { code: 'FILE_MALFORMED', cause });
  }
}

function tellIssue(issue: z.core.$ZodIssue, place: (path: Path) => string): string[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${place([...path, key])}: ${show([...path, key])} is not known`);
  }
  return [`${place(path)}: ${path.length === 0 ? 'the file' : show(path)}: ${issue.message}`];
}

function show(path: Path): string {
  return path
    .map((step, at) => (typeof step === 'number' ? `[${step + 1}]` : `${at === 0 ? '' : '.'}${step}`))
    .join('');
}

/** Where a key or item begins; of what is missing, where it should be. */
function offsetOf(document: Document.Parsed, path: Path): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const key = path[length - 1];
    const parent: unknown = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    if (isMap(parent)) {
      const pair = parent.items.find((each) => isPair(each) && isScalar(each.key) && each.key.value === key);
      if (pair && isNode(pair.key)) return pair.key.range?.[0];
    }
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node)) return node.range?.[0];
  }
  return document.contents?.range[0];
}

function malformed(lines: readonly string[]): CommandError {
  const told = lines.slice(0, MAX_TOLD);
  if (lines.length > told.length) told.push(`and ${lines.length - told.length} more`);
  return new CommandError(told.join('\n'), {
    code: 'FILE_MALFORMED',
    remedy: 'docs/cli.md describes the file.',
  });
}
