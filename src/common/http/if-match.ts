/**
 * The tag that a change is for, out of its `If-Match`. A weak one counts as a strong one.
 *
 * @returns undefined for `*` and for nothing: whatever it is
 * @see RFC 9110, 13.1.1
 */
export function expectedTag(ifMatch: string | undefined): string | undefined {
  const tag = ifMatch?.trim().replace(/^(?:W\/)?"(.*)"$/, '$1');
  return tag === '' || tag === '*' ? undefined : tag;
}
