import '../not-in-production.js';

/** OpenID Connect's own scopes; all others name a resource and a permission on it. */
export const OIDC_SCOPES = ['openid', 'profile', 'email', 'offline_access'];

/** What `scp` says in every token of a person. */
export const USER_PERMISSION = 'user_impersonation';

/**
 * The resource that a scope in Entra's style names: everything before the last slash of `api://<id>/.default` or
 * `<id>/.default`. Only the product is open to people; an application may ask for any web address, which stands for
 * Microsoft Graph, Key Vault and their stand-ins.
 *
 * @returns undefined when the scope names none, or several, or one that is not known
 */
export function resourceOf(scope: string | undefined, audience: string, isApp: boolean): string | undefined {
  const resources = new Set(
    (scope ?? '')
      .split(' ')
      .filter((part) => part !== '' && !OIDC_SCOPES.includes(part))
      .map((part) => part.slice(0, Math.max(0, part.lastIndexOf('/')))),
  );
  const [resource, ...others] = resources;
  if (resource === undefined || others.length > 0) return undefined;
  if (resource === audience || resource === `api://${audience}`) return `api://${audience}`;
  return isApp && /^https?:\/\/[\w.:-]+\/?$/.test(resource) ? resource : undefined;
}

/** What `aud` says in a token for a resource: the product's bare application id, as in v2 tokens. */
export function audienceOf(resource: string): string {
  return resource.startsWith('api://') ? resource.slice('api://'.length) : resource;
}

/** The scopes that a resource knows, as the library wants them listed. */
export function scopesOf(resource: string): string[] {
  return [`${resource}/.default`, `${resource}/${USER_PERMISSION}`, `${audienceOf(resource)}/.default`];
}
