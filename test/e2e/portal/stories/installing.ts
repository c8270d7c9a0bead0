import { expect, it } from 'vitest';
import type { PortalWorld } from '../../../support/browser/portal-world.js';

export const INSTALLED = 'portal.harbour';

/** From an empty form to an agent that is connected. */
export function installing(here: () => PortalWorld): void {
  it('shows a join token once, and the gateway as soon as its agent has come', async () => {
    const { admin, stack } = here();
    const { page } = admin;
    await admin.open('/install');
    await page.getByRole('textbox', { name: 'Name of the gateway' }).fill(INSTALLED);
    await page.getByRole('combobox', { name: 'Region' }).selectOption('westeurope');
    await page.getByRole('button', { name: 'Make a join token' }).click();
    await page.getByRole('heading', { name: 'Join token' }).waitFor();
    const token = (await page.getByText(/^tgj_/).first().textContent()) ?? '';
    expect(token).toMatch(/^tgj_\S+$/);
    expect(page.url()).not.toContain(token);

    // The agent's own words, as the page's command has them; the secrets come from files here.
    expect(await page.locator('pre').first().textContent()).toContain(INSTALLED);
    const one = here().machine('harbour-1');
    const { code, output } = await one.command(
      ['register', '--control-plane', stack.description.baseUrl, '--name', INSTALLED, '--region', 'westeurope'].concat([
        '--ca-file',
        stack.stack.cloud.addresses.caFile,
      ]),
      { '--join-token-file': token, '--recovery-key-file': stack.stack.recoveryKey },
    );
    expect(code, output).toBe(0);
    one.start();
    await page.getByRole('heading', { name: `${INSTALLED} is connected` }).waitFor({ timeout: 60_000 });
    await page.reload();
    await admin.settle();
    expect(await page.locator('main').textContent()).not.toContain(token);
  });
}
