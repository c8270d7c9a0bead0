import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../../scripts/chromium.mjs';

/** The sandbox needs rights that containers do not give, and only pages of this stack are opened. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @throws Error saying how to get a browser where none is found */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error('no browser: install Debian’s package chromium, or name one in TIDEGATE_CHROMIUM');
  }
  return chromium.launch({ executablePath, args: FLAGS });
}
