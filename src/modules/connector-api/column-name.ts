const ESCAPED = /_x([0-9a-fA-F]{4})_/g;

/**
 * Reads a column name as OData clients write it: a character that no identifier may hold stands as `_xHHHH_`, a blank as
 * `_x0020_`. A name that really contains such a sequence escapes its first underscore: `_x005f_x0020_`.
 */
export function decodeColumnName(text: string): string {
  return text.replace(ESCAPED, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
