import type { UserVerdict } from '../licences/licences.types.js';

const COLUMNS = ['id', 'upn', 'displayName', 'isEligible', 'ruleSet', 'plan'];

/** Verdicts as a table. @see RFC 4180 */
export function licenceReportCsv(verdicts: readonly UserVerdict[]): string {
  const rows = verdicts.map(({ user, isEligible, ruleSet, plan }) =>
    [user.id, user.upn ?? '', user.displayName, String(isEligible), ruleSet, plan].map(cell).join(','),
  );
  return [COLUMNS.join(','), ...rows, ''].join('\r\n');
}

/** What a spreadsheet would take for a formula is made text: names are chosen by others. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
