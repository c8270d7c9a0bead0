import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { violationsOn } from '../../../support/browser/accessibility.js';
import { NARROW, WIDE } from '../../../support/browser/portal-person.js';
import type { PortalWorld } from '../../../support/browser/portal-world.js';

const PICTURES = resolve(import.meta.dirname, '../../../../.test/screenshots');

/** Path and file name of a picture of every page. */
const PAGES: readonly (readonly [path: string, name: string])[] = [
  ['/', 'overview'],
  ['/gateways', 'gateways'],
  ['/gateways/{gateway}', 'gateway'],
  ['/gateways/{gateway}?tab=connections', 'gateway-connections'],
  ['/gateways/{gateway}?tab=people', 'gateway-people'],
  ['/gateways/{gateway}?tab=activity', 'gateway-activity'],
  ['/gateways/{gateway}?tab=settings', 'gateway-settings'],
  ['/gateways/{gateway}?tab=recovery', 'gateway-recovery'],
  ['/gateways/{gateway}?tab=diagnosis', 'gateway-diagnosis'],
  ['/install', 'install'],
  ['/connections', 'connections'],
  ['/connections/new', 'connections-new'],
  ['/connections/{connection}', 'connection'],
  ['/environments', 'environments'],
  ['/licences', 'licences'],
  ['/policy', 'policy'],
  ['/explain', 'explain'],
  ['/requests', 'requests'],
  ['/requests/{request}', 'request'],
  ['/audit', 'audit'],
  ['/releases', 'releases'],
  ['/network', 'network'],
];

/** Inherited colours change level by level, one frame each: the page is looked at once none changes any more. */
const COLOURS_SETTLED = `(async () => {
  for (let still = 0; still < 3; ) {
    await new Promise((done) => requestAnimationFrame(done));
    still = document.getAnimations().some((one) => one instanceof CSSTransition) ? 0 : still + 1;
  }
})()`;

/** A control plane without this function is asked for it all the same: the page then says that it is not there. */
function isKnownAbsence(complaint: string): boolean {
  return /status of 404 .*\/members\/[0-9a-f-]+\/diagnosis\)$/.test(complaint);
}

/** What no page may do, whatever is on it. */
export function everyPage(here: () => PortalWorld): void {
  it.each(PAGES)('%s is quiet, and can be used by everybody, light and dark', async (path, name) => {
    const { admin } = here();
    const { page } = admin;
    mkdirSync(PICTURES, { recursive: true });
    admin.takeComplaints();
    await admin.open(await placed(here(), path));
    expect(
      admin.takeComplaints().filter((text) => !isKnownAbsence(text)),
      `the console on ${path}`,
    ).toEqual([]);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(COLOURS_SETTLED);
      for (const viewport of [WIDE, NARROW]) {
        await page.setViewportSize(viewport);
        // Colours are the same on narrow screens: one of the two appearances is enough there.
        if (viewport === WIDE || colorScheme === 'light') {
          expect(await violationsOn(page), `${path} ${colorScheme} ${viewport.width}`).toEqual([]);
        }
        await page.screenshot({ path: join(PICTURES, `${name}-${colorScheme}-${viewport.width}.png`) });
        const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        expect(overflow, `${path} is wider than ${viewport.width} px`).toBeLessThanOrEqual(0);
      }
      await page.setViewportSize(WIDE);
    }
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('speaks to its own origin and to where people sign in, and to nobody else', async () => {
    const { admin, stack } = here();
    const settings = (await (await fetch(`${stack.description.baseUrl}/portal/config.json`)).json()) as {
      authority: string;
    };
    // What a test above tried, the policy held back.
    const tried = 'http://127.0.0.1:9';
    const allowed = [new URL(settings.authority).origin, new URL(stack.description.baseUrl).origin];
    expect(admin.traffic.destinations.filter((origin) => origin !== tried)).toEqual(allowed.sort());
  });
}

async function placed({ stack }: PortalWorld, path: string): Promise<string> {
  const newest = async (): Promise<string> => {
    const { body } = await stack.ask('contoso.admin', 'GET', '/v1/requests?top=1');
    return (body as { value: { traceId: string }[] }).value[0]?.traceId ?? '';
  };
  return path
    .replace('{gateway}', stack.description.gateways['contoso.hq']?.id ?? '')
    .replace('{connection}', stack.connection('contoso.warehouse'))
    .replace('{request}', path.includes('{request}') ? await newest() : '');
}
