import { expect, it } from 'vitest';
import type { PortalWorld } from '../../../support/browser/portal-world.js';
import { STRANGE_NAME } from './connecting.js';
import { INSTALLED } from './installing.js';

/** What the browser knows of every element; the tests' own types know no browser. */
interface Styled {
  readonly localName: string;
  readonly parentElement: Styled | null;
  readonly ownerDocument: {
    readonly defaultView: { getComputedStyle(one: Styled): { readonly unicodeBidi: string } };
  };
}

/** Names that people give to things: read from right to left, with an emoji, and with markup. */
export function names(here: () => PortalWorld): void {
  it('shows a strange name as it is wherever it stands, and runs nothing of it', async () => {
    const { admin, stack } = here();
    const { page } = admin;
    const connection = await idOf(here(), '/v1/connections', STRANGE_NAME);
    const gateway = await idOf(here(), '/v1/gateways', INSTALLED);
    const renamed = await stack.ask('contoso.admin', 'PATCH', `/v1/gateways/${gateway}`, {
      json: { displayName: STRANGE_NAME },
    });
    expect(renamed.status).toBe(200);
    for (const path of [
      '/gateways',
      `/gateways/${gateway}`,
      `/gateways/${gateway}?tab=connections`,
      '/connections',
      `/connections/${connection}`,
    ]) {
      await admin.open(path);
      const found = page.getByRole('main').getByText(STRANGE_NAME, { exact: true }).filter({ visible: true }).first();
      await found.waitFor();
      expect(await found.evaluate(isIsolated), path).toBe(true);
      expect(await page.locator('img[src="x"]').count(), path).toBe(0);
    }
    expect(admin.takeComplaints()).toEqual([]);
  });

  it('deletes it only once that name was typed', async () => {
    const { admin, stack } = here();
    const { page } = admin;
    const id = await idOf(here(), '/v1/connections', STRANGE_NAME);
    await admin.open(`/connections/${id}`);
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    const dialog = page.getByRole('dialog');
    const confirm = dialog.getByRole('button', { name: 'Delete', exact: true });
    await dialog.getByRole('textbox').fill(STRANGE_NAME.slice(0, -1));
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill(STRANGE_NAME);
    await confirm.click();
    await page.waitForURL(/\/portal\/connections(\?|$)/);
    expect((await stack.ask('contoso.admin', 'GET', `/v1/connections/${id}`)).status).toBe(404);
  });
}

async function idOf({ stack }: PortalWorld, list: string, name: string): Promise<string> {
  const { body } = await stack.ask('contoso.admin', 'GET', list);
  const found = (body as { value: { id: string; displayName: string }[] }).value.find(
    ({ displayName }) => displayName === name,
  );
  if (!found) throw new Error(`nothing is called ${name}`);
  return found.id;
}

/** Whether a text is kept from turning round what stands beside it, by itself or by something around it. */
function isIsolated(text: Styled): boolean {
  for (let at: Styled | null = text; at && at.localName !== 'main'; at = at.parentElement) {
    const { unicodeBidi } = at.ownerDocument.defaultView.getComputedStyle(at);
    if (['isolate', 'plaintext', 'isolate-override'].includes(unicodeBidi)) return true;
  }
  return false;
}
