import { format } from 'prettier';

/** The catalogue of failures as a page for people. */
export async function describeErrors(catalogue, fabricErrorCode) {
  const rows = Object.entries(catalogue)
    .map(([code, row]) => ({ code, ...row }))
    .sort((a, b) => a.status - b.status || (a.code < b.code ? -1 : 1));
  const lines = rows.map((row) => {
    const fabric = fabricErrorCode(row.code);
    const cells = [
      row.status,
      `\`${row.code}\``,
      fabric === row.code ? '' : `\`${fabric}\``,
      row.hop,
      row.outcome,
      row.retryable ? 'yes' : 'no',
      row.text,
      row.remedy,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const page = `# Errors

Generated from \`src/common/errors/catalogue.ts\` by \`npm run docs:errors\`; a test keeps them together.

Every failure says where it happened (hop), what is known of the effect at the source (outcome), whether sending the same
request again makes sense (retry), what to do next (remedy) and the trace id under which app, portal and agent log it.
Hop, outcome and retry are what holds unless the place that failed knows better and says so. The column *Fabric* holds the
\`errorCode\` below \`/v1\` where it differs.

| status | code | Fabric | hop | outcome | retry | what happened | remedy |
| --- | --- | --- | --- | --- | --- | --- | --- |
${lines.join('\n')}
`;
  return format(page, { parser: 'markdown' });
}
