const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether the text can be an id at all. What cannot is not found, and PostgreSQL need not be asked (it would fail). */
export function isIdentifier(text: string): boolean {
  return GUID.test(text);
}
