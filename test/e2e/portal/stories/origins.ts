import { expect, it } from 'vitest';
import type { PortalWorld } from '../../../support/browser/portal-world.js';

/** What a story tried on purpose, and the policy held back. */
const TRIED = 'http://127.0.0.1:9';

/** Where everything went that all stories made the browser send. */
export function origins(here: () => PortalWorld): void {
  it('spoke to its own origin and to where people sign in, and to nobody else', async () => {
    const { admin, stack } = here();
    const settings = (await (await fetch(`${stack.description.baseUrl}/portal/config.json`)).json()) as {
      authority: string;
    };
    const allowed = [new URL(settings.authority).origin, new URL(stack.description.baseUrl).origin];
    expect(admin.traffic.count).toBeGreaterThan(1_000);
    expect(admin.traffic.destinations.filter((origin) => origin !== TRIED)).toEqual(allowed.sort());
  });
}
