import { existsSync } from 'node:fs';

/** Where distributions put it. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of the portal's tests; TIDEGATE_CHROMIUM names another one. */
export function findChromium() {
  const named = process.env.TIDEGATE_CHROMIUM;
  return (named === undefined ? PLACES : [named]).find((path) => existsSync(path));
}
