import { join } from 'node:path';
import { expect, it } from 'vitest';
import { firstLoad } from '../../../support/browser/first-load.js';
import type { PortalWorld } from '../../../support/browser/portal-world.js';
import { TEST_DIST } from '../../../support/e2e-stack.js';

const MAX_GZIP_BYTES = 300 * 1024;

/** Sign-in, what the page may do, and what it weighs. */
export function arrival(here: () => PortalWorld): void {
  it('needs no certificate exception to sign in', async () => {
    const { page, complaints } = here().admin;
    expect(new URL(page.url()).pathname).toMatch(/^\/portal\/?$/);
    expect(await page.locator('main h1').first().textContent()).toBe('Overview');
    expect(complaints).toEqual([]);
  });

  it('keeps what it was given to this tab', async () => {
    const { page } = here().admin;
    const stored = await page.evaluate<string>('JSON.stringify(Object.values(localStorage)) + document.cookie');
    const token = await page.evaluate<string>(
      `JSON.parse(Object.entries(sessionStorage).find(([key]) => key.startsWith('oidc.user:'))[1]).access_token`,
    );
    expect(token.length).toBeGreaterThan(100);
    expect(stored).not.toContain(token);
  });

  it('is served under a strict policy', async () => {
    const { baseUrl } = here().stack.description;
    const { headers } = await fetch(`${baseUrl}/portal/gateways`);
    const { authority } = (await (await fetch(`${baseUrl}/portal/config.json`)).json()) as { authority: string };
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain(`connect-src 'self' ${new URL(authority).origin};`);
    expect(policy).not.toMatch(/unsafe-(inline|eval)|\*/);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      // Windows that the page opened are the directory's sign-in, which answers to it.
      'cross-origin-opener-policy': 'same-origin-allow-popups',
      'permissions-policy': expect.stringContaining('camera=()'),
      'cache-control': 'no-cache',
    });
  });

  it('may neither run what was written into it nor send anything elsewhere', async () => {
    const { admin } = here();
    const ran = await admin.page.evaluate<boolean>(`(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.wasRun = true';
      document.head.append(script);
      return globalThis.wasRun === true;
    })()`);
    expect(ran).toBe(false);
    const left = await admin.page.evaluate<boolean>(
      `fetch('http://127.0.0.1:9/elsewhere', { mode: 'no-cors' }).then(() => true, () => false)`,
    );
    expect(left).toBe(false);
    const complaints = admin.takeComplaints();
    expect(complaints.some((text) => /script-src/.test(text))).toBe(true);
    expect(complaints.some((text) => /connect-src/.test(text))).toBe(true);
  });

  it(`weighs less than ${MAX_GZIP_BYTES / 1024} KB before its first page is drawn`, () => {
    const files = firstLoad(join(TEST_DIST, 'portal'), 'overview-page');
    const bytes = files.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
    process.stdout.write(`portal: first page ${(bytes / 1024).toFixed(0)} KB gzip in ${files.length} scripts\n`);
    expect(files.length).toBeGreaterThan(1);
    expect(bytes).toBeLessThan(MAX_GZIP_BYTES);
  });
}
