import { expect, it } from 'vitest';
import type { PortalWorld } from '../../../support/browser/portal-world.js';

/** A mobile line in a hall: milliseconds there and back, and bytes a second. */
const SLOW = { offline: false, latency: 800, downloadThroughput: 100_000, uploadThroughput: 50_000 };
const FAST = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };

/** A line on which everything takes long. */
export function slowNetwork(here: () => PortalWorld): void {
  it('says that it works, shows all in the end, and sends once what was pressed twice', async () => {
    const { admin, stack } = here();
    const { page } = admin;
    const gateway = stack.description.gateways['contoso.hq']?.id ?? '';
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', SLOW);
    let changes = 0;
    page.on('request', (request) => (changes += request.method() === 'PATCH' ? 1 : 0));
    try {
      await page.goto(`${admin.baseUrl}/portal/gateways/${gateway}?tab=settings`);
      await page.getByText('Loading the gateway …').waitFor();
      await page.getByRole('textbox', { name: 'Description' }).fill('Changed over a slow line');
      await page.getByRole('button', { name: 'Save', exact: true }).dblclick();
      await page.getByText('Saving …').waitFor();
      await page.getByText('Saved.').waitFor();
      expect(changes).toBe(1);
      expect(admin.takeComplaints()).toEqual([]);
    } finally {
      await devtools.send('Network.emulateNetworkConditions', FAST);
      await devtools.detach();
    }
    const { body } = await stack.ask('contoso.admin', 'GET', `/v1/gateways/${gateway}`);
    expect(body).toMatchObject({ description: 'Changed over a slow line' });
  });
}
