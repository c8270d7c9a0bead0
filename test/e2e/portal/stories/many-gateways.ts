import pg from 'pg';
import { expect, it } from 'vitest';
import type { PortalWorld } from '../../../support/browser/portal-world.js';

/** With those that are there, as many as the page shows. */
const GATEWAYS = 9_990;
const PREFIX = 'fleet-';
/** More elements than a screen of rows has, and far fewer than the list. */
const MAX_ROWS = 150;
/** About as high as 4,000 rows, and the names that stand thereabouts. */
const WHEEL_PX = 180_000;
const MIDDLE = new RegExp(`${PREFIX}0[34][0-9]{3}`);

/** A list longer than a page could hold. */
export function manyGateways(here: () => PortalWorld): void {
  it('draws only the rows that can be seen', async () => {
    const { admin, stack } = here();
    const { page } = admin;
    const client = new pg.Client({ connectionString: stack.description.databaseUrl });
    await client.connect();
    try {
      await client.query(
        `INSERT INTO gateway (id, "tenantId", name, region, namespace, "sealingKey", "sealingKeyId", recovery)
         SELECT gen_random_uuid(), "tenantId", $1 || lpad(n::text, 5, '0'), region, namespace, "sealingKey", "sealingKeyId", recovery
         FROM gateway, generate_series(1, $2::int) AS n WHERE id = $3`,
        [PREFIX, GATEWAYS, stack.description.gateways['contoso.hq']?.id],
      );
      await admin.open('/gateways?scope=tenant');
      const first = page.getByText(`${PREFIX}00001`).first();
      await first.waitFor();
      const all = Number(await page.getByRole('grid').getAttribute('aria-rowcount'));
      expect(all).toBeGreaterThan(GATEWAYS);
      const rows = page.getByRole('row');
      expect(await rows.count()).toBeLessThan(MAX_ROWS);
      // With the wheel somewhere into the middle, with the keyboard to the last one.
      await first.hover();
      await page.mouse.wheel(0, WHEEL_PX);
      await page.getByText(MIDDLE).last().waitFor();
      expect(await rows.count()).toBeLessThan(MAX_ROWS);
      await page.locator('[role="row"][tabindex="0"]').focus();
      await page.keyboard.press('End');
      await page.locator(`[role="row"][aria-rowindex="${all}"]:focus`).waitFor();
      expect(await rows.count()).toBeLessThan(MAX_ROWS);
      await page.getByLabel('Name contains').fill(`${PREFIX}09990`);
      await page.keyboard.press('Enter');
      await page.getByText(`${PREFIX}09990`).first().waitFor();
    } finally {
      await client.query(`DELETE FROM alert WHERE "gatewayId" IN (SELECT id FROM gateway WHERE name LIKE $1)`, [
        `${PREFIX}%`,
      ]);
      await client.query(`DELETE FROM gateway WHERE name LIKE $1`, [`${PREFIX}%`]);
      await client.end();
    }
  });
}
