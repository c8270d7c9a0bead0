import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { encodingsOf } from '../../../support/browser/encodings.js';
import { Keyboard } from '../../../support/browser/keyboard.js';
import { newContext } from '../../../support/browser/portal-person.js';
import type { PortalWorld } from '../../../support/browser/portal-world.js';
import { Traffic } from '../../../support/browser/traffic.js';
import { Wire } from '../../../support/browser/wire.js';
import { INSTALLED } from './installing.js';

/** Right-to-left, markup and an emoji in one name. */
export const STRANGE_NAME = 'מחסן <img src=x onerror=alert(1)> 🚢';

/** All that the page still has. */
const LEFT_BEHIND = `JSON.stringify([
  { ...localStorage }, { ...sessionStorage }, history.state, location.href, document.cookie,
  [...document.querySelectorAll('input, textarea')].map((one) => one.value),
]) + document.documentElement.outerHTML`;

/** A connection whose credential is sealed before it leaves the browser. */
export function connecting(here: () => PortalWorld): void {
  it('would notice a secret that leaves, however it is written and wherever it stands', async () => {
    const { browser, stack } = here();
    const secret = `Tidé ${randomBytes(15).toString('base64')}`;
    await using wire = await Wire.start();
    const context = await newContext(browser, wire);
    const traffic = new Traffic(context, wire);
    const page = await context.newPage();
    await page.goto(`${stack.description.baseUrl}/portal`);
    for (const { encoding, text } of encodingsOf(secret)) {
      const count = (): number => traffic.findingsOf(secret).filter((one) => one === `${encoding} in the wire`).length;
      const before = count();
      const bytes = JSON.stringify([...Buffer.from(`before${text}after`, 'latin1')]);
      // As the portal's own client sends: of such a body the browser tells nothing.
      await page.evaluate(
        `fetch(new Request('/planted', { method: 'POST', body: new Uint8Array(${bytes}) })).then((one) => one.status)`,
      );
      expect(count(), encoding).toBeGreaterThan(before);
    }
    const hex = Buffer.from(secret).toString('hex');
    await page.evaluate(`fetch('/planted?in=${hex}').then((one) => one.status)`);
    await page.evaluate(`navigator.sendBeacon('/beacon', '${hex}')`);
    await page.evaluate(`new Promise((done) => {
      const socket = new WebSocket('ws://' + location.host + '/planted-${hex}');
      socket.onerror = done;
    })`);
    const found = traffic.findingsOf(secret).join('\n');
    for (const place of ['the address of GET /planted', 'the address of a web socket']) {
      expect(found).toContain(`hex in ${place}`);
    }
    await context.close();
  });

  it('goes through every step with the keyboard alone, and never sends what was typed', async () => {
    const { admin, stack } = here();
    const { page, traffic } = admin;
    const { database } = stack.stack.site;
    const keys = new Keyboard(page);
    const field = (name: string) => page.getByRole('textbox', { name });
    await admin.open('/connections/new');
    await keys.choose(page.getByRole('combobox', { name: 'Gateway' }), INSTALLED);
    await keys.pick(
      page.getByRole('radiogroup', { name: 'Kind of source' }),
      page.getByRole('radio', { name: 'PostgreSQL', exact: true }),
    );
    await keys.press(page.getByRole('button', { name: 'Next' }));

    await keys.fill(field('Name'), STRANGE_NAME);
    await keys.fill(field('Server'), `${database.host}:${database.port}`);
    await keys.fill(field('Database'), database.database);
    await keys.press(page.getByRole('button', { name: 'Next' }));

    await keys.pick(
      page.getByRole('radiogroup', { name: 'Authentication' }),
      page.getByRole('radio', { name: 'User name and password' }),
    );
    await keys.choose(page.getByRole('combobox', { name: /^Encryption/ }), 'None');
    await keys.fill(page.getByLabel('User name', { exact: true }), database.username);
    await keys.fill(page.getByLabel('Password', { exact: true }), database.password);
    await page
      .getByText(await keyOf(here(), INSTALLED))
      .first()
      .waitFor();
    await keys.press(page.getByRole('button', { name: 'Seal and go on' }));

    await keys.check(page.getByRole('checkbox').first());
    await keys.press(page.getByRole('button', { name: 'Next' }));
    await keys.press(page.getByRole('button', { name: 'Test and create' }));
    await page.waitForURL(/\/portal\/connections\/[0-9a-f-]{36}/, { timeout: 60_000 });
    await admin.settle();

    // All that was meant to leave was seen leaving: the address, and the body with the name and a sealed credential.
    expect(traffic.hasSent('POST ')).toBe(true);
    expect(traffic.hasSent(JSON.stringify(STRANGE_NAME))).toBe(true);
    expect(traffic.hasSent(database.username), 'the name of the user is sealed as well').toBe(false);
    expect(traffic.findingsOf(database.password)).toEqual([]);
    const kept = await page.evaluate<string>(LEFT_BEHIND);
    for (const { encoding, text } of encodingsOf(database.password)) expect(kept.includes(text), encoding).toBe(false);
  });

  it('serves the first request through it', async () => {
    const { admin, stack } = here();
    const id = /[0-9a-f-]{36}/.exec(new URL(admin.page.url()).pathname)?.[0] ?? '';
    const { status, body } = await stack.ask(
      'contoso.admin',
      'GET',
      `/apim/postgresql/${id}/v2/datasets/default/tables/${stack.sample.table}/items?$top=1`,
    );
    expect({ status, body }).toMatchObject({ status: 200, body: { value: [expect.anything()] } });
  });
}

/** The fingerprint of a gateway's sealing key, as the service has it. */
async function keyOf({ stack }: PortalWorld, gateway: string): Promise<string> {
  const { body } = await stack.ask('contoso.admin', 'GET', '/v1/gateways');
  const { value } = body as { value: { displayName: string; keyId: string }[] };
  const found = value.find(({ displayName }) => displayName === gateway);
  if (!found) throw new Error(`no such gateway: ${gateway}`);
  return found.keyId;
}
