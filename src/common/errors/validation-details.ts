/** One fault that a schema found; zod and every Standard Schema library write it like this. */
export interface SchemaIssue {
  readonly message: string;
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined;
  /** zod's: the names it does not know. */
  readonly keys?: readonly string[];
}

/** Names at most this many faults: a body can have thousands. */
const MAX_FAULTS = 5;
const MAX_TEXT = 300;

/** Where a body is wrong and why: `path` and `problem`, then `path2` and `problem2`, and how many `more` there are. */
export function validationDetails(issues: readonly SchemaIssue[]): Record<string, string | number> {
  const details: Record<string, string | number> = {};
  issues.slice(0, MAX_FAULTS).forEach((issue, index) => {
    const number = index === 0 ? '' : String(index + 1);
    details[`path${number}`] = pathOf(issue);
    details[`problem${number}`] = issue.message.slice(0, MAX_TEXT);
  });
  if (issues.length > MAX_FAULTS) details['more'] = issues.length - MAX_FAULTS;
  return details;
}

/** An unknown field is named itself, not only the object it stands in. */
function pathOf({ path = [], keys = [] }: SchemaIssue): string {
  const steps = path.map((step) => String(typeof step === 'object' ? step.key : step));
  return [...steps, ...keys.slice(0, 1)].join('.').slice(0, MAX_TEXT);
}
