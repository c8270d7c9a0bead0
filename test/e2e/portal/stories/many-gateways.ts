import pg from 'pg';
import { expect, it } from 'vitest';
import type { PortalWorld } from '../../../support/browser/portal-world.js';

/** With those that are there, as many as the page shows. */
const GATEWAYS = 9_990;
const PREFIX = 'fleet-';
/** More elements than a screen of rows has, and far fewer than the list. */
const MAX_ROWS = 150;

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
      await page.getByText(`${PREFIX}00001`).first().waitFor();
      const rows = page.getByRole('row');
      expect(await rows.count()).toBeLessThan(MAX_ROWS);
      const box = await rows.last().boundingBox();
      await page.mouse.move((box?.x ?? 0) + 50, box?.y ?? 0);
      for (let turn = 0; turn < 40; turn += 1) await page.mouse.wheel(0, 20_000);
      await page
        .getByText(new RegExp(`${PREFIX}0[0-9]{4}`))
        .last()
        .waitFor();
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
