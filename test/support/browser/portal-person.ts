import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { E2eStack } from '../e2e-stack.js';
import { Traffic } from './traffic.js';
import { Wire } from './wire.js';

export const WIDE = { width: 1440, height: 900 };
export const NARROW = { width: 390, height: 844 };

const LOADING = 'main [role="progressbar"]:visible, main .fui-Skeleton:visible';

/** Somebody before the portal, in a browser session of their own. */
export class PortalPerson implements AsyncDisposable {
  /** What the browser's console told that it should not: errors of scripts, of the policy, of answers. */
  readonly complaints: string[] = [];

  private constructor(
    readonly page: Page,
    readonly baseUrl: string,
    readonly traffic: Traffic,
    private readonly wire: Wire,
  ) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(`${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => this.complaints.push(`${error.name}: ${error.message}`));
  }

  /** Signs in the way people do: organisation, name, password. No certificate is excepted. */
  static async signIn(browser: Browser, stack: E2eStack, user = 'contoso.admin'): Promise<PortalPerson> {
    const wire = await Wire.start();
    const context = await newContext(browser, wire);
    const traffic = new Traffic(context, wire);
    const page = await context.newPage();
    const person = new PortalPerson(page, stack.description.baseUrl, traffic, wire);
    await page.goto(`${person.baseUrl}/portal`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await enterCredentials(page, stack, user);
    await person.settle();
    return person;
  }

  /** Goes to a page by its address, and waits until nothing of it loads any more. */
  async open(path: string): Promise<void> {
    await this.page.goto(`${this.baseUrl}/portal${path}`);
    await this.settle();
  }

  /** Until the page has its title and nothing on it says that it loads. */
  async settle(): Promise<void> {
    const { page } = this;
    await page.locator('main h1').first().waitFor({ timeout: 30_000 });
    await page.locator(LOADING).first().waitFor({ state: 'detached', timeout: 30_000 });
  }

  /** @returns what was complained about since the last time */
  takeComplaints(): string[] {
    return this.complaints.splice(0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.context().close();
    await this.wire[Symbol.asyncDispose]();
  }
}

/** A browser session whose every byte goes over the wire that is given. */
export function newContext(browser: Browser, wire: Wire): Promise<BrowserContext> {
  return browser.newContext({
    viewport: WIDE,
    reducedMotion: 'reduce',
    acceptDownloads: true,
    // Without the exception that browsers make for this machine.
    proxy: { server: wire.address, bypass: '<-loopback>' },
  });
}

/** Fills in the page of the development directory. */
export async function enterCredentials(page: Page, stack: E2eStack, user: string): Promise<void> {
  const login = stack.description.users[user];
  if (!login) throw new Error(`no such user: ${user}`);
  await page.locator('#password').waitFor();
  await page.selectOption('#username', login.username);
  await page.fill('#password', login.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
