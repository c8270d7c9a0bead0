/** Text of others for a terminal: control characters could move the cursor and forge what is shown. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

/** A value of an answer in one cell or line. */
export function showValue(value: unknown): string {
  if (value === undefined || value === null) return '-';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? '-' : value.map(showValue).join(', ');
  if (typeof value === 'object') {
    const pairs = Object.entries(value).filter(([, each]) => each !== undefined && each !== null);
    return pairs.map(([name, each]) => `${name} ${showValue(each)}`).join(', ');
  }
  return printable(typeof value === 'string' ? value : JSON.stringify(value));
}
