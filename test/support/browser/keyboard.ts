import type { Locator, Page } from 'playwright-core';

/** More steps than any page has before what is wanted. */
const MAX_STEPS = 80;

/** What the browser knows of every element; the tests' own types know no browser. */
interface Focusable {
  readonly ownerDocument: { readonly activeElement: unknown };
}

/** Somebody without a mouse. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  /** Presses Tab until something has the focus. @throws Error when it cannot be reached */
  async tabTo(target: Locator): Promise<void> {
    await target.first().waitFor();
    for (let step = 0; step < MAX_STEPS; step += 1) {
      if (await this.isOn(target)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard does not reach ${target.toString()}`);
  }

  async fill(target: Locator, text: string): Promise<void> {
    await this.tabTo(target);
    await this.page.keyboard.insertText(text);
  }

  async press(target: Locator): Promise<void> {
    await this.tabTo(target);
    await this.page.keyboard.press('Enter');
  }

  async check(target: Locator): Promise<void> {
    await this.tabTo(target);
    await this.page.keyboard.press('Space');
  }

  /** Goes to a list and down in it until the entry is chosen. */
  async choose(list: Locator, entry: string): Promise<void> {
    await this.tabTo(list);
    for (let step = 0; step < MAX_STEPS; step += 1) {
      const chosen = (await list.locator('option:checked').textContent()) ?? '';
      if (chosen.includes(entry)) return;
      await this.page.keyboard.press('ArrowDown');
    }
    throw new Error(`the list has no ${entry}`);
  }

  /** Goes to a group of radio buttons and along them until the wanted one is chosen. */
  async pick(group: Locator, wanted: Locator): Promise<void> {
    await this.tabTo(group.getByRole('radio'));
    await this.page.keyboard.press('Space');
    for (let step = 0; step < MAX_STEPS; step += 1) {
      if (await wanted.isChecked()) return;
      await this.page.keyboard.press('ArrowDown');
    }
    throw new Error(`the group has no ${wanted.toString()}`);
  }

  private async isOn(target: Locator): Promise<boolean> {
    return target.evaluateAll((found: readonly Focusable[]) =>
      found.some((one) => one.ownerDocument.activeElement === one),
    );
  }
}
