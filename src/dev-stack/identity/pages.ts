import '../not-in-production.js';
import type { ServerResponse } from 'node:http';
import type { DirectoryTenant } from './directory.js';

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:4rem auto;padding:0 1rem;color:#1b2b34}
h1{font-size:1.3rem}label{display:block;margin:.8rem 0 .2rem}select,input,button{font:inherit;width:100%;padding:.5rem;box-sizing:border-box}
button{margin-top:1rem;background:#0b5c7a;color:#fff;border:0;cursor:pointer}.error{color:#a4161a}`;

/** A page without scripts. `body` is HTML; what comes from outside must have gone through {@link escapeHtml}. */
export function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><h1>${escapeHtml(title)}</h1>${body}</body></html>`;
}

export function loginPage(tenant: DirectoryTenant, action: string, error?: string): string {
  const options = tenant.users.map(
    ({ username, displayName }) =>
      `<option value="${escapeHtml(username)}">${escapeHtml(`${displayName} (${username})`)}</option>`,
  );
  return page(
    'Sign in to the development directory',
    `${error === undefined ? '' : `<p class="error" role="alert">${escapeHtml(error)}</p>`}
<form method="post" action="${escapeHtml(action)}">
<label for="username">Account</label><select id="username" name="username">${options.join('')}</select>
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required autofocus>
<button type="submit">Sign in</button></form>`,
  );
}

export function sendPage(response: ServerResponse, status: number, html: string): void {
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    .end(html);
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
