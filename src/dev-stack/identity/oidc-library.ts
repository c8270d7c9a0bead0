import '../not-in-production.js';

type OidcLibrary = typeof import('oidc-provider');

const NOTICE = 'oidc-provider WARNING: Unsupported runtime.';

/**
 * Loads oidc-provider when it is needed, without the warning that 9.13 prints while it loads on Node 20: the tests of this
 * stand-in run there. May go with support for Node 20.
 */
export async function loadOidcLibrary(): Promise<OidcLibrary> {
  const { warn } = console;
  console.warn = (...args: unknown[]) => {
    if (!String(args[0]).includes(NOTICE)) warn(...args);
  };
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}
