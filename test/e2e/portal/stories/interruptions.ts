import { expect, it } from 'vitest';
import type { PortalWorld } from '../../../support/browser/portal-world.js';

const RECOVERS_MS = 60_000;

/** A control plane that goes away, and comes back. */
export function interruptions(here: () => PortalWorld): void {
  it('says when the control plane is gone, and goes on by itself when it is back', async () => {
    const { admin, stack } = here();
    const { page } = admin;
    await admin.open('/gateways');
    const live = page.getByRole('status').filter({ hasText: /^Live$/ });
    const gone = page.getByText('Not live: trying to reach the control plane again');
    await live.waitFor();
    process.kill(stack.description.processes.controlPlane.pid, 'SIGKILL');
    await gone.waitFor({ timeout: RECOVERS_MS });
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Audit' }).click();
    await page
      .getByRole('alert')
      .filter({ hasText: 'cannot be reached' })
      .or(page.locator('main h1'))
      .first()
      .waitFor();
    await stack.stack.startControlPlaneAgain();
    await live.waitFor({ timeout: RECOVERS_MS });
    await admin.settle();
    await page.getByRole('alert').filter({ hasText: 'cannot be reached' }).waitFor({ state: 'detached' });
    expect(await page.locator('main h1').first().textContent()).toContain('Audit');
    admin.takeComplaints();
  });
}
