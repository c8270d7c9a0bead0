import { expect, it } from 'vitest';
import { flawsOf } from '../../../support/browser/appearances.js';
import { PortalPerson } from '../../../support/browser/portal-person.js';
import type { PortalWorld } from '../../../support/browser/portal-world.js';
import { Tampered } from '../../../support/tampered-record.js';
import { until } from '../../../support/until.js';

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

  it('shows what was refused, by which rule, and that nothing left', async () => {
    const { admin, stack } = here();
    const { page } = admin;
    const { items } = connectionOf(here(), 'contoso.warehouse');
    const { status, body } = await stack.ask('contoso.outsider', 'GET', items);
    const { traceId } = body as { traceId: string };
    expect(status).toBe(403);
    // The record is written beside the answer, in batches.
    await until('the refused request in the record', async () => {
      return (await stack.ask('contoso.admin', 'GET', `/v1/requests/${traceId}`)).status === 200;
    });
    await admin.open(`/requests/${traceId}`);
    const main = await page.getByRole('main').textContent();
    for (const part of ['Failed', 'ROLE_MISSING', 'Not sent: nothing left the control plane', traceId]) {
      expect(main).toContain(part);
    }
  });

  it('refuses whoever is no administrator, and says whom to ask or what to do', async () => {
    const { browser, stack } = here();
    await using outsider = await PortalPerson.signIn(browser, stack, 'contoso.outsider');
    const { page } = outsider;
    await outsider.open('/policy');
    await page.getByText('Only an administrator of the tenant can change the policy.').waitFor();
    expect(await page.getByRole('button', { name: 'See whom it affects' }).count()).toBe(0);
    await outsider.open('/gateways');
    await page.getByText('No gateway yet').waitFor();
    await page.goto(`${outsider.baseUrl}/portal/gateways/${gatewayOf(here())}`);
    await page.getByRole('alert').getByText('ROLE_MISSING', { exact: true }).waitFor();
    await outsider.open('/audit');
    await page.getByText('Choose a gateway').first().waitFor();
  });

  it('drains a member and takes it in again', async () => {
    const { admin } = here();
    const { page } = admin;
    await admin.open(`/gateways/${gatewayOf(here())}`);
    const actions = page.getByRole('button', { name: /^Actions for / });
    await actions.click();
    await page.getByRole('menuitem', { name: 'Drain …' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Drain', exact: true }).click();
    await page.getByText('Draining', { exact: true }).waitFor();
    expect(await memberState(here())).toBe('draining');
    await actions.click();
    await page.getByRole('menuitem', { name: 'Resume' }).click();
    await page.getByText('Draining', { exact: true }).waitFor({ state: 'detached' });
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
    expect(await flawsOf(admin, 'gateway-recovery-confirm')).toEqual([]);
    await dialog.getByRole('textbox').fill('contoso.hq');
    await confirm.click();
    await page.getByText('Done; the old key is kept for a day').first().waitFor({ timeout: 60_000 });
    const { items } = connectionOf(here(), 'contoso.warehouse');
    expect((await here().stack.ask('contoso.maker', 'GET', items)).status).toBe(200);
  });

  it('looks at the machine from the page, and reads its log once that was agreed to', async () => {
    const { admin } = here();
    const { page } = admin;
    await admin.open(`/gateways/${gatewayOf(here())}?tab=diagnosis`);
    await page.getByRole('button', { name: 'Run the check' }).click();
    await page.getByRole('table', { name: 'Findings, the worst first' }).waitFor({ timeout: 60_000 });
    const watch = page.getByRole('button', { name: 'Watch the log' });
    expect(await watch.getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('checkbox', { name: /^I may read the log/ }).check();
    await watch.click();
    await page.getByText('Live', { exact: true }).nth(1).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText('Stopped.').waitFor();
    // Before the first check there was none to show.
    admin.takeComplaints();
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
    expect(await flawsOf(admin, 'audit-chain')).toEqual([]);
    expect(await dialog.textContent()).toMatch(/All [\d,]+ entries are as they were written/);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('tells of an entry that somebody changed in the database, and where it is', async () => {
    const { admin, stack } = here();
    const { page } = admin;
    const tenant = stack.description.oidc['contoso']?.tenantId ?? '';
    await using database = await Tampered.change(stack.description.databaseUrl, tenant);
    await admin.open('/audit');
    await page.getByRole('button', { name: 'Verify the chain' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The chain is broken').waitFor();
    const fault = dialog.getByRole('row').filter({ hasText: 'Content changed' });
    expect(await fault.textContent()).toContain(database.seq);
    await page.keyboard.press('Escape');
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
