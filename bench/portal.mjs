#!/usr/bin/env node
// `npm run bench:portal`: how soon the portal's first page is painted, how soon it answers to what people do, and how evenly
// a list of 10,000 gateways scrolls. Starts a stack and a browser of its own.
//   npm run bench:portal -- [--visits 7]
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { chromium } from 'playwright-core';
import { build, isFresh } from '../scripts/build.mjs';
import { findChromium } from '../scripts/chromium.mjs';
import { frameTimes, interactionsOf, paintsOf, WATCH } from './portal/watch.mjs';

const { values: flags } = parseArgs({ options: { visits: { type: 'string', default: '7' } } });
const visits = Number(flags.visits);
const root = resolve(import.meta.dirname, '..');

/** The title of the first page, and what stands on it, from asking for its address. */
const GOAL_PAINT_MS = 1_000;
/** From what somebody does to the next frame. */
const GOAL_INTERACTION_MS = 100;
const GATEWAYS = 9_990;
const SCREENS = 60;

const executablePath = findChromium();
if (executablePath === undefined) {
  process.stderr.write('No browser: install Debian’s package chromium, or name one in TIDEGATE_CHROMIUM.\n');
  process.exit(1);
}
if (!isFresh('dist')) build('dist');
const { startStack } = await import('../dist/dev-stack/stack.js');
const stateDir = mkdtempSync(join(tmpdir(), 'tidegate-bench-'));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
let stack;
try {
  stack = await startStack({ root, distDir: join(root, 'dist'), stateDir, port: 0, fresh: true, log: () => undefined });
  await main(stack.description);
} finally {
  await browser.close();
  await stack?.stop();
  rmSync(stateDir, { recursive: true, force: true });
}

async function main(description) {
  process.stdout.write(`${browser.version()}, ${availableParallelism()} cores, ${visits} visits\n`);
  const page = await signIn(description);
  const open = (path) => page.goto(`${description.baseUrl}/portal${path}`);

  for (const [what, isCold] of [
    ['first visit, nothing cached', true],
    ['later visits', false],
  ]) {
    const all = [];
    while (all.length < visits) all.push(await visit(page, open, isCold));
    for (const name of ['title', 'content']) {
      report(
        `${name} painted, ${what}`,
        all.map((one) => one[name]),
        GOAL_PAINT_MS,
      );
    }
  }

  await open('/');
  await settled(page);
  await script(page);
  report('interaction to next paint', await interactionsOf(page), GOAL_INTERACTION_MS);

  await fill(description);
  await open('/gateways?scope=tenant');
  await page.getByText('fleet-00001').first().waitFor();
  await page.getByText('fleet-00001').first().hover();
  const frames = frameTimes(page);
  for (let screen = 0; screen < SCREENS; screen += 1) await page.mouse.wheel(0, 700);
  const times = await frames.stop();
  const late = times.filter((ms) => ms > GOAL_INTERACTION_MS).length;
  report(`frames while ${SCREENS} screens of 10,000 gateways scroll`, times, GOAL_INTERACTION_MS);
  process.stdout.write(`${late} of ${times.length} frames took longer than ${GOAL_INTERACTION_MS} ms\n`);
}

/** What people do on a morning: pages, a gateway and its parts, a filter that is typed, the other appearance. */
async function script(page) {
  const go = async (name) => {
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }).click();
    await settled(page);
  };
  for (const name of ['Connections', 'Policy', 'Requests', 'Audit', 'Releases', 'Network', 'Gateways']) await go(name);
  await page.getByLabel('Name contains').pressSequentially('contoso');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'contoso.hq' }).first().click();
  await settled(page);
  for (const name of ['Connections', 'People', 'Activity', 'Settings', 'Recovery', 'Diagnosis', 'Members']) {
    await page.getByRole('tab', { name, exact: true }).click();
    await settled(page);
  }
  await page.getByRole('button', { name: /^Use the dark/ }).click();
  await page.getByRole('button', { name: /^Use the light/ }).click();
  await go('Overview');
}

async function visit(page, open, isCold) {
  if (isCold) {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Network.clearBrowserCache');
    await devtools.detach();
  }
  await open('/');
  return paintsOf(page);
}

async function settled(page) {
  await page.locator('main h1').first().waitFor();
  await page.locator('main [role="progressbar"]:visible').first().waitFor({ state: 'detached' });
}

async function signIn({ baseUrl, users }) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(WATCH);
  await page.goto(`${baseUrl}/portal`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const { username, password } = users['contoso.admin'];
  await page.selectOption('#username', username);
  await page.fill('#password', password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await settled(page);
  return page;
}

async function fill({ databaseUrl, gateways }) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `INSERT INTO gateway (id, "tenantId", name, region, namespace, "sealingKey", "sealingKeyId", recovery)
     SELECT gen_random_uuid(), "tenantId", 'fleet-' || lpad(n::text, 5, '0'), region, namespace, "sealingKey",
       "sealingKeyId", recovery
     FROM gateway, generate_series(1, $1::int) AS n WHERE id = $2`,
    [GATEWAYS, gateways['contoso.hq'].id],
  );
  await client.end();
}

function report(what, all, goalMs) {
  const sorted = all.toSorted((one, other) => one - other);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Infinity;
  const cells = [at(0.5), at(0.95), at(1)].map((ms) => ms.toFixed(0).padStart(6));
  const verdict = at(0.95) > goalMs ? '   MISSES' : '';
  process.stdout.write(
    `${what.padEnd(52)} p50${cells[0]}  p95${cells[1]}  max${cells[2]} ms of ${sorted.length}, goal ${goalMs}${verdict}\n`,
  );
}
