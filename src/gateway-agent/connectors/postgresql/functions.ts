import { sql } from 'kysely';
import type { SqlFunctions } from '../sql/dialect.js';
import { bound } from '../sql/fragment.js';

/** What `trim` takes away. */
const BLANKS = ' \t\n\r\f\v';

export const POSTGRESQL_FUNCTIONS: SqlFunctions = {
  arithmetic: (operator, left, right) => {
    switch (operator) {
      case 'add':
        return sql`(${left} + ${right})`;
      case 'sub':
        return sql`(${left} - ${right})`;
      case 'mul':
        return sql`(${left} * ${right})`;
      case 'mod':
        return sql`mod(${left}, ${right})`;
    }
  },
  divide: (left, right, isWhole) => (isWhole ? sql`div(${left}, ${right})` : sql`(${left} / ${right})`),
  rounded: (how, value) => sql`${sql.raw(how === 'ceiling' ? 'ceil' : how)}(${value}::numeric)`,
  length: (text) => sql`char_length(${text})`,
  indexOf: (text, wanted) => sql`(strpos(${text}, ${wanted}) - 1)`,
  substring: (text, start, length) =>
    length
      ? sql`substr(${text}, greatest(${start}, 0) + 1, greatest(${length}, 0))`
      : sql`substr(${text}, greatest(${start}, 0) + 1)`,
  replace: (text, wanted, by) => sql`replace(${text}, ${wanted}, ${by})`,
  changeCase: (to, text) => sql`${sql.raw(to)}(${text})`,
  trim: (text) => sql`btrim(${text}, ${bound(BLANKS)}::text)`,
  concat: (left, right) => sql`(${left} || ${right})`,
  part: (part, moment) => sql`floor(extract(${sql.raw(part)} from ${moment}))::int`,
  date: (moment) => sql`(${moment})::date`,
  now: () => sql`now()`,
};
