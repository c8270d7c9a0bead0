import { formatTableName, tableNameCandidates, type TableNameCandidate } from '../connectors/sql/table-name.js';

interface Pattern {
  readonly text: string;
  readonly matches: (candidate: TableNameCandidate) => boolean;
}

/** What is allowed of a name, and in which form it means that and nothing else. */
export interface NameMatch {
  readonly pattern: string;
  readonly name: string;
}

/**
 * Tables (or procedures) by patterns: `schema.table`, either part with stars; without a dot the schema may be any. The
 * letters count as they stand, whatever the source makes of their case: what is not listed is not allowed.
 */
export class TableRules {
  private readonly patterns: readonly Pattern[];

  constructor(patterns: readonly string[]) {
    this.patterns = patterns.map((text) => ({ text, matches: matcher(text) }));
  }

  /**
   * A name of SQL can mean several tables: the first meaning that is allowed is the only one that is left of it.
   *
   * @returns undefined when none is allowed
   */
  matchSql(name: string): NameMatch | undefined {
    for (const candidate of tableNameCandidates(name)) {
      const pattern = this.patterns.find(({ matches }) => matches(candidate));
      if (pattern) return { pattern: pattern.text, name: spell(candidate) };
    }
    return undefined;
  }

  /** A name without schemas: a collection of OData. */
  matchPlain(name: string): NameMatch | undefined {
    const pattern = this.patterns.find(({ matches }) => matches({ schema: undefined, table: name }));
    return pattern && { pattern: pattern.text, name };
  }
}

/** In brackets, so that a dot in a name is no border any more. */
function spell({ schema, table }: TableNameCandidate): string {
  return schema === undefined ? `[${table.replaceAll(']', ']]')}]` : formatTableName(schema, table);
}

/** The last dot of a pattern is its border; in a name with dots stars stand for them. */
function matcher(text: string): Pattern['matches'] {
  const border = text.lastIndexOf('.');
  const schemaMatches = starred(border === -1 ? '*' : text.slice(0, border));
  const isAnySchema = border === -1 || text.slice(0, border) === '*';
  const tableMatches = starred(text.slice(border + 1));
  return ({ schema, table }) => tableMatches(table) && (schema === undefined ? isAnySchema : schemaMatches(schema));
}

/** Compares with stars in time that grows with the product of the lengths at worst, unlike a pattern of many `.*`. */
function starred(pattern: string): (text: string) => boolean {
  return (text) => {
    let [at, from, star, retry] = [0, 0, -1, 0];
    while (from < text.length) {
      if (pattern[at] === '*') [star, retry, at] = [at, from, at + 1];
      else if (at < pattern.length && pattern[at] === text[from]) [at, from] = [at + 1, from + 1];
      else if (star === -1) return false;
      else {
        retry += 1;
        [at, from] = [star + 1, retry];
      }
    }
    while (pattern[at] === '*') at += 1;
    return at === pattern.length;
  };
}
