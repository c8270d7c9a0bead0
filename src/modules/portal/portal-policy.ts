/** An empty style element, and no other: the design system makes one, and sets its rules through the style sheet's interface. */
const EMPTY = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/**
 * What the portal's page may do: its own files, its own service, and the directory where people sign in.
 *
 * @param authority base address of the directory
 */
export function portalPolicy(authority: string): string {
  const { origin } = new URL(authority);
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${EMPTY}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${origin}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    `form-action 'self' ${origin}`,
    "frame-ancestors 'none'",
  ].join('; ');
}
