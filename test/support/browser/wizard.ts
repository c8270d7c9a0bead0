import type { PortalPerson } from './portal-person.js';

/** The connection wizard, gone through with a mouse. */
export class Wizard {
  constructor(private readonly person: PortalPerson) {}

  async begin(): Promise<void> {
    await this.person.open('/connections/new');
  }

  async chooseSource(gateway: string, kind: string): Promise<void> {
    const { page } = this.person;
    const list = page.getByRole('combobox', { name: 'Gateway' });
    const id = await list.getByRole('option').filter({ hasText: gateway }).getAttribute('value');
    await list.selectOption(id);
    await page.getByRole('radio', { name: kind, exact: true }).check();
    await this.go('Next');
  }

  async fillAddress(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(fields)) {
      await this.person.page.getByRole('textbox', { name }).fill(text);
    }
    await this.go('Next');
  }

  /** To the last step, of a connection that nobody has to sign in for. */
  async reviewFolder(name: string, gateway: string): Promise<void> {
    await this.begin();
    await this.chooseSource(gateway, 'Folder');
    await this.fillAddress({ Name: name, Path: '/srv/reports' });
    await this.person.page.getByRole('radio', { name: /^None/ }).check();
    await this.go('Next');
    await this.go('Next');
    await this.person.page.getByRole('button', { name: 'Test and create' }).waitFor();
  }

  /** Presses what leads on, and waits for the next step. */
  async go(button: string): Promise<void> {
    const { page } = this.person;
    const heading = page.getByRole('heading', { name: /^Step \d of/ });
    const before = await heading.textContent();
    await page.getByRole('button', { name: button, exact: true }).click();
    await heading.filter({ hasNotText: before ?? '' }).waitFor();
  }
}
