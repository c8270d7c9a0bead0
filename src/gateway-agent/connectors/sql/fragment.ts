import { createQueryId, sql, type QueryCompiler, type RawBuilder } from 'kysely';

/** A piece of SQL with the values bound in it. Values and names never become text here; a dialect's compiler writes them. */
export type Fragment = RawBuilder<unknown>;

/** A value that a driver has to be told the type of, in the words of its session. */
export interface TypedValue {
  readonly type: string;
  readonly value: string | number | boolean | Uint8Array | null;
}

/** What a session takes for a placeholder. */
export type SqlValue = TypedValue['value'] | TypedValue;

/** SQL text and what is bound to it, for one kind of database. */
export interface Statement {
  readonly text: string;
  readonly values: readonly SqlValue[];
  /** The column that the value of this index is compared with or written to: lets an error about a value name its column. */
  readonly columns: readonly (string | undefined)[];
  /** The shape repeats: keep it prepared on the connection. Not for lists, whose best plan depends on the values. */
  readonly isRepeated: boolean;
}

/** Travels through the compiler as one value. */
class Bound {
  constructor(
    readonly value: SqlValue,
    readonly column: string | undefined,
  ) {}
}

/** A value to be bound. @param column the one that it is compared with or written to */
export function bound(value: SqlValue, column?: string): Fragment {
  return sql.val(new Bound(value, column));
}

/** A quoted name, each part by itself: dots and quotes in it mean nothing. */
export function identifier(...parts: readonly string[]): Fragment {
  return sql.id(...parts);
}

/** Fragments one after another, a comma between them unless told otherwise. */
export function list(fragments: readonly Fragment[], separator: Fragment = sql.raw(', ')): Fragment {
  return sql.join(fragments, separator);
}

/** Writes a statement in a database's own way. */
export function compile(compiler: QueryCompiler, fragment: Fragment, isRepeated = false): Statement {
  const { sql: text, parameters } = compiler.compileQuery(fragment.toOperationNode(), createQueryId());
  const all = parameters.map((parameter) => {
    if (parameter instanceof Bound) return parameter;
    throw new TypeError('A value of a statement was not bound by bound().');
  });
  return {
    text,
    values: all.map(({ value }) => value),
    columns: all.map(({ column }) => column),
    isRepeated,
  };
}
