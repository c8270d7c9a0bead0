import { expect, it } from 'vitest';
import type { PortalWorld } from '../../../support/browser/portal-world.js';

/** Days of an administrator: giving access, taking a member out, looking at the record. */
export function operating(here: () => PortalWorld): void {
  it('shares a connection with somebody from the directory, who can then use it', async () => {
    const { admin, stack } = here();
    const { page } = admin;
    const { id, items } = connectionOf(here(), 'contoso.warehouse');
    const outsider = 'contoso.outsider';
    expect((await stack.ask(outsider, 'GET', items)).status).toBe(403);
    await admin.open(`/connections/${id}?tab=sharing`);
    await page.getByRole('textbox', { name: 'Name or e-mail address' }).fill('Odile');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('button', { name: 'Share with Odile Outsider' }).click();
    await page.getByText('Shared with Odile Outsider.').waitFor();
    expect((await stack.ask(outsider, 'GET', items)).status).toBe(200);
    // And takes it away again.
    await page.getByRole('button', { name: /^Remove Odile/ }).click();
    await page.getByRole('button', { name: /^Remove Odile/ }).waitFor({ state: 'detached' });
    expect((await stack.ask(outsider, 'GET', items)).status).toBe(403);
  });

  it('explains why somebody is refused, from an address that holds the question', async () => {
    const { admin, stack } = here();
    const { page } = admin;
    const { id } = connectionOf(here(), 'contoso.warehouse');
    const user = stack.description.users['contoso.outsider']?.username ?? '';
    await admin.open(`/explain?${new URLSearchParams({ user, connection: id, operation: 'listItems' }).toString()}`);
    await page.getByText('It is decided by: Role.').first().waitFor();
    const main = await page.locator('main').textContent();
    for (const rule of ['Licence', 'Role', 'Tenant policy', 'Region', 'Gateway online']) expect(main).toContain(rule);
  });

  it('drains a member and takes it in again', async () => {
    const { admin } = here();
    const { page } = admin;
    await admin.open(`/gateways/${gatewayOf(here())}`);
    const actions = page.getByRole('button', { name: /^Actions for / });
    await actions.click();
    await page.getByRole('menuitem', { name: 'Drain …' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Drain', exact: true }).click();
    await page.getByText('Draining', { exact: true }).first().waitFor();
    expect(await memberState(here())).toBe('draining');
    await actions.click();
    await page.getByRole('menuitem', { name: 'Resume' }).click();
    await page.getByRole('main').getByText('Online', { exact: true }).first().waitFor();
    expect(await memberState(here())).toBe('online');
  });

  it('rotates the sealing key, once its name was typed, and shows how far that is', async () => {
    const { admin } = here();
    const { page } = admin;
    await admin.open(`/gateways/${gatewayOf(here())}?tab=recovery`);
    await page.getByRole('button', { name: 'Rotate the sealing key' }).click();
    const dialog = page.getByRole('dialog');
    const confirm = dialog.getByRole('button', { name: 'Rotate the sealing key' });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('contoso.hq');
    await confirm.click();
    await page.getByText('Done; the old key is kept for a day').first().waitFor({ timeout: 60_000 });
    const { items } = connectionOf(here(), 'contoso.warehouse');
    expect((await here().stack.ask('contoso.maker', 'GET', items)).status).toBe(200);
  });

  it('tells of two administrators who change the same thing, and loses nothing of either', async () => {
    const { admin, stack } = here();
    const { page } = admin;
    const id = gatewayOf(here());
    await admin.open(`/gateways/${id}?tab=settings`);
    const department = page.getByRole('textbox', { name: 'Department' });
    await department.fill('Mine');
    const theirs = await stack.ask('contoso.admin', 'PATCH', `/v1/gateways/${id}`, { json: { department: 'Theirs' } });
    expect(theirs.status).toBe(200);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const bar = page.getByRole('alert').filter({ hasText: 'Somebody else changed this meanwhile' });
    await bar.getByText('Theirs', { exact: true }).waitFor();
    expect(await department.inputValue()).toBe('Mine');
    const stored = await stack.ask('contoso.admin', 'GET', `/v1/gateways/${id}`);
    expect(stored.body).toMatchObject({ department: 'Theirs' });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved.').waitFor();
    admin.takeComplaints();
  });

  it('verifies the chain of the record', async () => {
    const { admin } = here();
    const { page } = admin;
    await admin.open('/audit');
    await page.getByRole('button', { name: 'Verify the chain' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The chain is intact').waitFor();
    expect(await dialog.textContent()).toMatch(/All [\d,]+ entries are as they were written/);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });
}

function gatewayOf({ stack }: PortalWorld): string {
  return stack.description.gateways['contoso.hq']?.id ?? '';
}

async function memberState(world: PortalWorld): Promise<string | undefined> {
  const { body } = await world.stack.ask('contoso.admin', 'GET', `/v1/gateways/${gatewayOf(world)}/members`);
  return (body as { value: { state: string }[] }).value[0]?.state;
}

function connectionOf({ stack }: PortalWorld, name: string): { id: string; items: string } {
  return { id: stack.connection(name), items: stack.items(stack.sample.table, '?$top=1', name) };
}
