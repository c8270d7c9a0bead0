/** Quotes a name for SQL text. Only names read from the source's catalogue come here, never a caller's. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
