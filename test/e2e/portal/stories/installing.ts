import { expect, it } from 'vitest';
import { flawsOf } from '../../../support/browser/appearances.js';
import type { PortalWorld } from '../../../support/browser/portal-world.js';

export const INSTALLED = 'portal.harbour';

/** From an empty form to an agent that is connected. */
export function installing(here: () => PortalWorld): void {
  it('shows a join token once, and the gateway as soon as its agent has come by the command of the page', async () => {
    const { admin, stack } = here();
    const { page } = admin;
    await admin.open('/install');
    await page.getByRole('textbox', { name: 'Name of the gateway' }).fill(INSTALLED);
    await page.getByRole('combobox', { name: 'Region' }).selectOption('westeurope');
    await page.getByRole('button', { name: 'Make a join token' }).click();
    await page.getByRole('heading', { name: 'Join token' }).waitFor();
    const token = (await page.getByText(/^tgj_/).first().textContent()) ?? '';
    expect(token).toMatch(/^tgj_\S+$/);
    expect(page.url()).not.toContain(token);
    for (const platform of ['Linux', 'Windows', 'Kubernetes', 'Container']) {
      await page.getByRole('tab', { name: platform }).click();
      const command = await page.locator('pre').first().textContent();
      expect(command).toContain(INSTALLED);
      expect(command).not.toContain(token);
    }
    expect(await flawsOf(admin, 'install-token')).toEqual([]);

    const words = agentWords((await page.locator('pre').first().textContent()) ?? '');
    expect(words).toEqual(expect.arrayContaining(['register', `--name=${INSTALLED}`, '--region=westeurope']));
    const one = here().machine('harbour-1');
    const { code, output } = await one.command([...words, '--ca-file', stack.stack.cloud.addresses.caFile], {
      '--join-token-file': token,
      '--recovery-key-file': stack.stack.recoveryKey,
    });
    expect(code, output).toBe(0);
    one.start();
    await page.getByRole('heading', { name: `${INSTALLED} is connected` }).waitFor({ timeout: 60_000 });
    await page.reload();
    await admin.settle();
    expect(await page.locator('main').textContent()).not.toContain(token);
  });
}

/** What the page's command for containers gives to the agent, but for the places of files on that machine. */
function agentWords(command: string): string[] {
  const [, words = ''] = /\b(register --if-unregistered .*?) --join-token-file=/s.exec(command) ?? [];
  return words.split(/[\s\\]+/).filter((word) => word !== '' && !word.startsWith('--state='));
}
