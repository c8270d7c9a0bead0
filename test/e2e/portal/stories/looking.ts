import { expect, it } from 'vitest';
import type { PortalWorld } from '../../../support/browser/portal-world.js';

/** What administrators look up: each page answers to what is asked of it. */
export function looking(here: () => PortalWorld): void {
  it('leads from what needs attention to where it is put right, and tells the figures without the chart', async () => {
    const { admin } = here();
    const { page } = admin;
    await admin.open('/');
    await page.getByText('Show as a table').click();
    await page.getByRole('table').getByRole('row').nth(1).waitFor();
    const attention = page.getByRole('region', { name: 'Needs attention' });
    await attention
      .getByRole('link', { name: /^Open the/ })
      .first()
      .click();
    await page.waitForURL(/\/portal\/(gateways|connections)\/[0-9a-f-]{36}/);
    await admin.settle();
  });

  it('narrows the gateways, keeps that as a view, and asks those that are left how they are', async () => {
    const { admin } = here();
    const { page } = admin;
    await admin.open('/gateways');
    await page.getByLabel('Name contains').fill('contoso.hq');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Check 1 gateway' }).waitFor();
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('textbox', { name: 'Name of the view' }).fill('Headquarters');
    await page.getByRole('button', { name: 'Save this view' }).click();
    await page.getByText('The view Headquarters is saved in this browser.').waitFor();
    await admin.open('/gateways');
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('button', { name: 'Headquarters', exact: true }).click();
    await page.waitForURL(/search=contoso\.hq/);
    await page.getByRole('button', { name: 'Check 1 gateway' }).click();
    await page.getByText('1 answered, 0 did not').waitFor();
  });

  it('tests connections together, says why one fails, and who would miss one', async () => {
    const { admin, stack } = here();
    const { page } = admin;
    await admin.open('/connections?search=contoso.warehouse');
    await page.getByRole('button', { name: 'Test 1 connection' }).click();
    await page.getByText('1 work, 0 do not.').waitFor();
    await admin.open(`/connections/${stack.connection('contoso.warehouse')}?tab=usage`);
    const callers = page.getByRole('table', { name: 'People and applications' });
    expect(await callers.getByRole('row').count()).toBeGreaterThan(1);
  });

  it('shows which gateway serves which environment, as a table and as a map for the keyboard', async () => {
    const { admin } = here();
    const { page } = admin;
    await admin.open('/environments?tab=matrix');
    const matrix = page.getByLabel('Environments and the gateways that serve them');
    await matrix.getByText('Served', { exact: true }).first().waitFor();
    await matrix.getByText('Not served', { exact: true }).first().waitFor();
    await admin.open('/environments?tab=map');
    const mark = page.getByRole('button', { name: /: \d+ environments?, \d+ gateways?$/ }).first();
    await mark.focus();
    await page.keyboard.press('Enter');
    expect(await mark.getAttribute('aria-pressed')).toBe('true');
  });

  it('lists who will be refused for want of a licence, and exports it', async () => {
    const { admin } = here();
    const { page } = admin;
    // No dialog of the operating system: the file comes as a download.
    await page.addInitScript('delete globalThis.showSaveFilePicker');
    await admin.open('/licences?isEligible=false');
    await page.getByText('Will be refused', { exact: true }).first().waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    expect(await textOf(await download)).toMatch(/\r\n.*false/i);
  });

  it('shows whom a policy affects, and what two administrators want of it at the same time', async () => {
    const { admin, stack } = here();
    const { page } = admin;
    const before = await policyOf(here());
    await admin.open('/policy');
    const minimum = page.getByRole('spinbutton', { name: /^Administrators a gateway needs/ });
    await minimum.fill('2');
    await page.getByRole('button', { name: 'See whom it affects' }).click();
    await page.getByRole('region', { name: 'Whom this affects' }).getByText('contoso.hq').first().waitFor();
    const limits = { callerRequestsPerMinute: before.limits.callerRequestsPerMinute - 1 };
    const theirs = await stack.ask('contoso.admin', 'PATCH', '/v1/tenantPolicy', {
      json: { version: before.version, limits },
    });
    expect(theirs.status).toBe(200);
    const conflict = page.getByRole('alert').filter({ hasText: 'Somebody else changed this meanwhile' });
    await conflict.waitFor();
    expect((await policyOf(here())).minimumAdministrators).toBe(before.minimumAdministrators);
    await conflict.getByRole('button', { name: /^Keep mine/ }).click();
    expect(await minimum.inputValue()).toBe('2');
    await page.getByRole('button', { name: 'See whom it affects' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved.').waitFor();
    const after = await policyOf(here());
    expect(after).toMatchObject({ minimumAdministrators: 2, limits });
    const { minimumAdministrators } = before;
    await stack.ask('contoso.admin', 'PATCH', '/v1/tenantPolicy', {
      json: { version: after.version, minimumAdministrators, limits: { callerRequestsPerMinute: null } },
    });
  });

  it('shows a request as soon as it was made, without being asked', async () => {
    const { admin, stack } = here();
    const { page } = admin;
    await admin.open('/requests');
    const { headers } = await stack.ask('contoso.maker', 'GET', stack.items(stack.sample.table, '?$top=1'));
    const trace = headers.get('x-ms-request-id') ?? headers.get('request-id') ?? '';
    expect(trace).toMatch(/^[0-9a-f]{32}$/);
    const link = page.getByRole('link', { name: `${trace.slice(0, 8)}…` });
    await link.click();
    await page.getByRole('heading', { name: 'Where the time went' }).waitFor();
    for (const hop of ['Control plane', 'Data source']) await page.getByText(hop).first().waitFor();
  });

  it('gives the allow-list as commands for a firewall, and as a file', async () => {
    const { admin } = here();
    const { page } = admin;
    await admin.open('/network?format=csv');
    const shown = (await page.getByRole('region', { name: 'CSV' }).textContent()) ?? '';
    expect(shown).toContain('Relay: work and answers');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^tidegate-\w+\.csv$/);
    expect((await textOf(file)).trim()).toBe(shown.trim());
  });

  it('shows the members of a gateway beside the releases', async () => {
    const { admin, stack } = here();
    const { page } = admin;
    await admin.open(`/releases?gatewayId=${stack.description.gateways['contoso.hq']?.id ?? ''}`);
    await page
      .getByRole('table', { name: 'Members' })
      .getByText(/^\d+\.\d+\.\d+$/)
      .waitFor();
  });
}

interface Policy {
  readonly version: number;
  readonly minimumAdministrators: number;
  readonly limits: { readonly callerRequestsPerMinute: number };
}

async function policyOf({ stack }: PortalWorld): Promise<Policy> {
  return (await stack.ask('contoso.admin', 'GET', '/v1/tenantPolicy')).body as Policy;
}

async function textOf(download: { createReadStream(): Promise<AsyncIterable<Buffer>> }): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
