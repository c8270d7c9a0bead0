import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { violationsOn } from './accessibility.js';
import { NARROW, WIDE, type PortalPerson } from './portal-person.js';

const PICTURES = resolve(import.meta.dirname, '../../../.test/screenshots');

/** Another appearance is drawn anew, once for what the page asks for it and once for what follows from it. */
const DRAWN = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/** Nobody has to scroll sideways for the page as a whole. Tells by how much, and what is to blame. */
const TOO_WIDE = `(() => {
  const px = document.documentElement.scrollWidth - innerWidth;
  const outside = [...document.querySelectorAll('main *')]
    .filter((one) => one.children.length === 0 && one.getBoundingClientRect().right > innerWidth)
    .map((one) => one.textContent.slice(0, 60));
  return px > 0 ? [px + ' px wider than the screen: ' + outside.join(' | ')] : [];
})()`;

/**
 * Looks at what is on the page now in light, dark and narrow, and leaves pictures of it.
 *
 * @param name of the pictures
 * @returns what people could not use, and where
 */
export async function flawsOf({ page }: PortalPerson, name: string): Promise<string[]> {
  mkdirSync(PICTURES, { recursive: true });
  const flaws: string[] = [];
  const note = (where: string, found: readonly string[]): void => {
    flaws.push(...found.map((one) => `${where}: ${one}`));
  };
  const appear = async (where: string, asked: 'everything' | 'colours'): Promise<void> => {
    await page.evaluate(DRAWN);
    note(where, await violationsOn(page, asked));
    note(where, await page.evaluate<string[]>(TOO_WIDE));
    await page.screenshot({ path: join(PICTURES, `${name}-${where}.png`) });
  };
  await appear('light-1440', 'everything');
  await page.emulateMedia({ colorScheme: 'dark' });
  await appear('dark-1440', 'colours');
  await page.setViewportSize(NARROW);
  await page.emulateMedia({ colorScheme: 'light' });
  await appear('light-390', 'everything');
  await page.setViewportSize(WIDE);
  return flaws;
}
