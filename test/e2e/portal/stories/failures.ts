import type { Route } from 'playwright-core';
import { expect, it } from 'vitest';
import { CATALOGUE, type ErrorCode } from '../../../../src/common/errors/catalogue.js';
import { renderFabric } from '../../../../src/common/errors/render.js';
import { enterCredentials, PortalPerson } from '../../../support/browser/portal-person.js';
import type { PortalWorld } from '../../../support/browser/portal-world.js';
import { Wizard } from '../../../support/browser/wizard.js';

const TRACE = 'f'.repeat(32);
const CREATE = '**/v1/connections';
const TYPED = 'typed before it ended';
/** How long the page may take for one failure. */
const SHOWN_MS = 5_000;

/** Presses the button once for each code, and reads the panel that names it. Runs in the page: there are many. */
const PRESS_FOR_EACH = `async ({ codes, shownMs }) => {
  const button = [...document.querySelectorAll('button')].find((one) => one.textContent === 'Test and create');
  const panelOf = (code) => [...document.querySelectorAll('[role="alert"]')].find((panel) =>
    [...panel.querySelectorAll('dd')].some((one) => one.textContent === code));
  const shown = {};
  for (const code of codes) {
    button.click();
    const deadline = performance.now() + shownMs;
    while (!panelOf(code) && performance.now() < deadline) await new Promise(requestAnimationFrame);
    shown[code] = panelOf(code)?.textContent ?? '';
  }
  return shown;
}`;

/** What people see when something is refused. */
export function failures(here: () => PortalWorld): void {
  it('tells every code of the catalogue: what happened, what to do, and the trace id', async () => {
    const { admin } = here();
    const { page } = admin;
    await new Wizard(admin).reviewFolder(TYPED, 'contoso.hq');
    const codes = Object.keys(CATALOGUE) as ErrorCode[];
    const coming = [...codes];
    const answer = async (route: Route): Promise<void> => {
      const code = route.request().method() === 'POST' ? coming.shift() : undefined;
      if (code === undefined) return route.continue();
      const { text: message, status, hop, outcome, retryable, remedy } = CATALOGUE[code];
      const failure = { code, status, message, hop, outcome, retryable, remedy, details: {}, traceId: TRACE };
      const { body, contentType } = renderFabric(failure);
      return route.fulfill({ status, contentType, body: JSON.stringify(body) });
    };
    await page.route(CREATE, answer);
    const shown = await page.evaluate<Record<string, string>>(
      `(${PRESS_FOR_EACH})(${JSON.stringify({ codes, shownMs: SHOWN_MS })})`,
    );
    await page.unroute(CREATE, answer);
    admin.takeComplaints();
    expect(codes.length).toBeGreaterThan(100);
    const missing = codes.flatMap((code) =>
      [CATALOGUE[code].text, CATALOGUE[code].remedy, TRACE]
        .filter((part) => !shown[code]?.includes(part))
        .map((part) => `${code}: ${part}`),
    );
    expect(missing).toEqual([]);
  });

  it('keeps what was typed when the sign-in ends in the middle of a form, and goes on with it', async () => {
    const { browser, stack } = here();
    // The clock of this person's browser is put forward: nobody else's.
    await using person = await PortalPerson.signIn(browser, stack);
    const { page } = person;
    await page.clock.install();
    await new Wizard(person).reviewFolder(TYPED, 'contoso.hq');
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
    // The directory may know the person still: then the window closes by itself.
    await Promise.race([popup.waitForEvent('close'), enterCredentials(popup, stack, 'contoso.admin')]);
    await again.waitFor({ state: 'detached' });
    await page.getByRole('main').getByText(TYPED).first().waitFor();
    await page.getByRole('checkbox', { name: 'Create it without a test' }).check();
    await page.getByRole('button', { name: 'Create without a test' }).click();
    await page.getByRole('heading', { level: 1, name: TYPED }).waitFor();
  });
}
