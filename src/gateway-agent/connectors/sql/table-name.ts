/** A table as a caller may mean it; without a schema it is looked for on the login's search path. */
export interface TableNameCandidate {
  readonly schema: string | undefined;
  readonly table: string;
}

/** Dots of a bare name that are tried as the border between schema and table; real names have few. */
const MAX_BORDERS = 8;

const BRACKETED = /^\[((?:[^\]]|\]\])+)\](?:\.\[((?:[^\]]|\]\])+)\])?$/;

/** The unambiguous form: `[schema].[table]`, a closing bracket doubled. */
export function formatTableName(schema: string, table: string): string {
  return `[${schema.replaceAll(']', ']]')}].[${table.replaceAll(']', ']]')}]`;
}

/**
 * What a name can mean, best guess first: `[s].[t]` means one thing; `a.b` a table in a schema, else a table whose name
 * has a dot; `t` a table on the search path.
 */
export function tableNameCandidates(name: string): readonly TableNameCandidate[] {
  const bracketed = BRACKETED.exec(name);
  if (bracketed) {
    const [first, second] = [bracketed[1], bracketed[2]].map((part) => part?.replaceAll(']]', ']'));
    return second === undefined ? [{ schema: undefined, table: first ?? name }] : [{ schema: first, table: second }];
  }
  const candidates: TableNameCandidate[] = [];
  for (let dot = name.indexOf('.'); dot !== -1 && candidates.length < MAX_BORDERS; dot = name.indexOf('.', dot + 1)) {
    if (dot > 0 && dot < name.length - 1) candidates.push({ schema: name.slice(0, dot), table: name.slice(dot + 1) });
  }
  return [...candidates, { schema: undefined, table: name }];
}
