import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { encodingsOf } from '../../../support/browser/encodings.js';
import { Keyboard } from '../../../support/browser/keyboard.js';
import type { PortalWorld } from '../../../support/browser/portal-world.js';
import { Traffic } from '../../../support/browser/traffic.js';

/** Right-to-left, markup and an emoji in one name. */
export const STRANGE_NAME = 'מחסן <img src=x onerror=alert(1)> 🚢';

/** A connection whose credential is sealed before it leaves the browser. */
export function connecting(here: () => PortalWorld): void {
  it('would notice a secret that leaves, however it is written and wherever it stands', async () => {
    const { browser, stack } = here();
    const secret = `Tidé ${randomBytes(15).toString('base64')}`;
    const context = await browser.newContext();
    const traffic = new Traffic(context);
    const page = await context.newPage();
    await page.goto(`${stack.description.baseUrl}/portal`);
    for (const { encoding, text } of encodingsOf(secret)) {
      const before = (await traffic.findingsOf(secret)).filter((found) => found.startsWith(`${encoding} in`)).length;
      const bytes = JSON.stringify([...Buffer.from(`before${text}after`, 'latin1')]);
      await page.evaluate(
        `fetch('/planted', { method: 'POST', body: new Uint8Array(${bytes}) }).then((one) => one.status)`,
      );
      const after = (await traffic.findingsOf(secret)).filter((found) => found.startsWith(`${encoding} in`)).length;
      expect(after, encoding).toBeGreaterThan(before);
    }
    const hex = Buffer.from(secret).toString('hex');
    await page.evaluate(
      `fetch('/planted?in=${hex}', { headers: { 'x-planted': '${hex}' } }).then((one) => one.status)`,
    );
    await page.evaluate(`navigator.sendBeacon('/beacon', '${hex}')`);
    await page.evaluate(`new Promise((done) => {
      const socket = new WebSocket('ws://' + location.host + '/planted-${hex}');
      socket.onerror = done;
    })`);
    const found = (await traffic.findingsOf(secret)).filter((one) => one.startsWith('hex in')).join('\n');
    for (const place of ['the address of GET', 'the header x-planted', 'the body of POST /beacon', 'web socket']) {
      expect(found).toContain(place);
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
    await keys.choose(page.getByRole('combobox', { name: 'Gateway' }), 'contoso.hq');
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
    const { sealingKeyId } = await keyOf(here(), 'contoso.hq');
    await page.getByText(sealingKeyId).first().waitFor();
    await keys.press(page.getByRole('button', { name: 'Seal and go on' }));

    await keys.check(page.getByRole('checkbox').first());
    await keys.press(page.getByRole('button', { name: 'Next' }));
    await keys.press(page.getByRole('button', { name: 'Test and create' }));
    await page.waitForURL(/\/portal\/connections\/[0-9a-f-]{36}/, { timeout: 60_000 });
    await admin.settle();

    expect(traffic.count).toBeGreaterThan(100);
    expect(await traffic.findingsOf(database.password)).toEqual([]);
    const kept = await page.evaluate<string>(
      'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, location.href]) + document.documentElement.outerHTML',
    );
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

async function keyOf({ stack }: PortalWorld, gateway: string): Promise<{ sealingKeyId: string }> {
  const { id } = stack.description.gateways[gateway] ?? { id: '' };
  const { body } = await stack.ask('contoso.admin', 'GET', `/v1/gateways/${id}`);
  return { sealingKeyId: (body as { keyId: string }).keyId };
}
