/** What is signed of a compact JWS: header and claims. @see RFC 7515, section 3.1 */
export function signingInput(header: object, claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}`;
}
