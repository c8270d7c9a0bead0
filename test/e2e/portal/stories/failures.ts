import type { Route } from 'playwright-core';
import { expect, it } from 'vitest';
import { CATALOGUE, type ErrorCode } from '../../../../src/common/errors/catalogue.js';
import { renderFabric } from '../../../../src/common/errors/render.js';
import type { PortalWorld } from '../../../support/browser/portal-world.js';
import { enterCredentials } from '../../../support/browser/portal-person.js';

const TRACE = 'f'.repeat(32);
const CREATE = '**/v1/connections';
const TYPED = 'typed before it ended';

/** What people see when something is refused. */
export function failures(here: () => PortalWorld): void {
  const atReview = async (): Promise<void> => {
    const { admin } = here();
    const { page } = admin;
    await admin.open('/connections/new');
    const gateway = page.getByRole('combobox', { name: 'Gateway' });
    await gateway.selectOption(here().stack.description.gateways['contoso.hq']?.id ?? '');
    await page.getByRole('radio', { name: 'Folder', exact: true }).check();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill(TYPED);
    await page.getByRole('textbox', { name: 'Path' }).fill('/srv/reports');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('radio', { name: /^None/ }).check();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Test and create' }).waitFor();
  };

  it('tells every code of the catalogue: what happened, what to do, and the trace id', async () => {
    const { admin } = here();
    const { page } = admin;
    await atReview();
    let code: ErrorCode | undefined;
    const answer = async (route: Route): Promise<void> => {
      if (route.request().method() !== 'POST' || code === undefined) return route.continue();
      const { text: message, status, hop, outcome, retryable, remedy } = CATALOGUE[code];
      const failure = { code, status, message, hop, outcome, retryable, remedy, details: {}, traceId: TRACE };
      const { body, contentType } = renderFabric(failure);
      return route.fulfill({ status, contentType, body: JSON.stringify(body) });
    };
    await page.route(CREATE, answer);
    const wrong: string[] = [];
    for (code of Object.keys(CATALOGUE) as ErrorCode[]) {
      await page.getByRole('button', { name: 'Test and create' }).click();
      const panel = page.getByRole('alert').filter({ has: page.getByText(code, { exact: true }) });
      await panel.waitFor({ timeout: 5_000 });
      const shown = (await panel.textContent()) ?? '';
      const wanted = [CATALOGUE[code].text, CATALOGUE[code].remedy, TRACE];
      wrong.push(...wanted.filter((part) => !shown.includes(part)).map((part) => `${code}: ${part}`));
    }
    await page.unroute(CREATE, answer);
    admin.takeComplaints();
    expect(wrong).toEqual([]);
  });

  it('keeps what was typed when the sign-in ends in the middle of a form', async () => {
    const { admin, stack } = here();
    const { page } = admin;
    await page.clock.install();
    await atReview();
    const refuse = (route: Route): Promise<void> =>
      route.fulfill({ status: 400, contentType: 'application/json', body: '{"error":"invalid_grant"}' });
    await page.context().route('**/token', refuse);
    await page.clock.fastForward('03:00:00');
    await page.getByRole('button', { name: 'Test and create' }).click();
    const again = page.getByRole('button', { name: 'Sign in again' });
    await again.waitFor();
    await page.context().unroute('**/token', refuse);
    const opened = page.waitForEvent('popup');
    await again.click();
    const popup = await opened;
    await Promise.race([popup.waitForEvent('close'), enterCredentials(popup, stack, 'contoso.admin')]);
    await again.waitFor({ state: 'detached' });
    await page.locator('main').getByText(TYPED).first().waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Next' }).waitFor();
    admin.takeComplaints();
  });
}
