import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Launcher } from '../../src/gateway-agent/launcher.js';
import { VersionFolders } from '../../src/gateway-agent/update/version-folders.js';
import { TestFolder } from '../support/agent-folder.js';
import { until } from '../support/until.js';

const OLD = '3000.302.1';
const NEW = '3000.306.1';

/** An agent that notes its start and what it was told, and then does as the test says. Ends when asked to. */
const agent = (version: string, then: string) => `
  import { appendFileSync } from 'node:fs';
  const note = (text) => appendFileSync(process.argv[2], text + '\\n');
  note('start ${version}');
  process.on('SIGTERM', () => { note('stop ${version}'); process.exit(0); });
  setInterval(() => undefined, 1000);
  process.on('message', (context) => { note('context ' + JSON.stringify(context)); ${then} });
  process.send({ type: 'hello' });`;
const HEALTHY = `process.send({ type: 'healthy' });`;
const SWITCHES = `if (!context.report) process.send({ type: 'switch', version: '${NEW}' });`;

describe('the launcher', () => {
  let folder: TestFolder;
  let folders: VersionFolders;
  let launcher: Launcher | undefined;
  let running: Promise<number> | undefined;
  beforeEach(async () => {
    folder = await TestFolder.make();
    folders = new VersionFolders(folder.path);
  });
  afterEach(async () => {
    launcher?.stop('SIGKILL');
    await running;
    await folder[Symbol.asyncDispose]();
  });

  const put = async (path: string, program: string): Promise<void> => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, program);
  };
  const start = (healthyMs = 5_000, hasSignals = true): void => {
    const installed = { version: OLD, entry: folder.file('installed.mjs') };
    const args = [folder.file('notes')];
    const log = pino({ level: 'silent' });
    launcher = new Launcher({ folder, folders, installed, args, log, healthyMs, hasSignals, stopMs: 2_000 });
    running = launcher.run();
  };
  const notes = async (): Promise<string[]> => {
    const text = await readFile(folder.file('notes'), 'utf8').catch(() => '');
    return text.trim().split('\n');
  };
  const noted = (line: string) => until(line, async () => (await notes()).includes(line), 10_000);
  const memory = async (): Promise<unknown> => JSON.parse(await readFile(folder.file('launcher.json'), 'utf8'));
  const remembered = (key: string, value: unknown) =>
    until(`${key} in the memory`, async () => {
      const text = await readFile(folder.file('launcher.json'), 'utf8').catch(() => '{}');
      return (JSON.parse(text) as Record<string, unknown>)[key] === value;
    });

  it('changes to a version that comes up healthy, keeps it over a restart, and removes what is not needed', async () => {
    await put(folder.file('installed.mjs'), agent(OLD, HEALTHY + SWITCHES));
    await put(folders.entryOf(NEW), agent(NEW, HEALTHY));
    await put(folders.entryOf('3000.290.1'), '');
    await writeFile(folder.file('versions/package.json'), '{"type":"module"}');
    start();
    await remembered('current', NEW);
    expect(await memory()).toEqual({ current: NEW, previous: OLD, report: { version: NEW, state: 'running' } });
    expect((await notes()).slice(0, 4)).toEqual([
      `start ${OLD}`,
      'context {"type":"context"}',
      `stop ${OLD}`,
      `start ${NEW}`,
    ]);
    await until('one version', async () => (await readdir(folders.path)).join() === NEW);
    launcher?.stop('SIGTERM');
    expect(await running).toBe(0);
    await noted(`stop ${NEW}`);

    await writeFile(folder.file('notes'), '');
    start();
    await noted(`start ${NEW}`);
    await noted(`context {"type":"context","previous":"${OLD}","report":{"version":"${NEW}","state":"running"}}`);
  });

  it('lets the agent go where no signal could ask it to end', async () => {
    const ends = `process.once('disconnect', () => { note('let go'); process.exit(0); });`;
    await put(folder.file('installed.mjs'), agent(OLD, HEALTHY + ends));
    start(5_000, false);
    await noted('context {"type":"context"}');
    launcher?.stop('SIGTERM');
    expect(await running).toBe(0);
    expect(await notes()).toEqual([`start ${OLD}`, 'context {"type":"context"}', 'let go']);
  });

  it.each([
    ['ends', 'process.exit(7);', 'it ended with code 7', 5_000],
    ['never gets healthy', '', 'it was not healthy in time', 400],
  ])('goes back when the new version %s, and tells the old one why', async (_what, then, reason, healthyMs) => {
    await put(folder.file('installed.mjs'), agent(OLD, HEALTHY + SWITCHES));
    await put(folders.entryOf(NEW), agent(NEW, then));
    await writeFile(folder.file('versions/package.json'), '{"type":"module"}');
    start(healthyMs);
    const report = { version: NEW, state: 'rolled-back', reason };
    await noted(`context ${JSON.stringify({ type: 'context', report })}`);
    expect((await notes()).filter((line) => line.startsWith('start'))).toEqual([
      `start ${OLD}`,
      `start ${NEW}`,
      `start ${OLD}`,
    ]);
    expect(await memory()).toEqual({ current: OLD, report });
    expect(await readdir(folders.path)).toEqual([]);
  });

  it('goes back when what it was told to start is not there', async () => {
    await put(folder.file('installed.mjs'), agent(OLD, HEALTHY + SWITCHES));
    start();
    const report = { version: NEW, state: 'rolled-back', reason: 'its program is not there' };
    await noted(`context ${JSON.stringify({ type: 'context', report })}`);
    expect(await memory()).toEqual({ current: OLD, report });
  });

  it('counts a trial that a restart interrupted as failed', async () => {
    await put(folder.file('installed.mjs'), agent(OLD, HEALTHY));
    await folder.write('launcher.json', JSON.stringify({ current: OLD, trial: NEW }));
    start();
    await noted(
      `context {"type":"context","report":{"version":"${NEW}","state":"rolled-back","reason":"interrupted before it was healthy"}}`,
    );
  });

  it('starts what was installed when that is newer than what was loaded', async () => {
    await put(folder.file('installed.mjs'), agent(OLD, HEALTHY));
    await folder.write('launcher.json', JSON.stringify({ current: '3000.298.1' }));
    start();
    await noted(`start ${OLD}`);
  });

  it('ends as the agent ends: whoever manages the service decides about a new start', async () => {
    await put(folder.file('installed.mjs'), agent(OLD, 'process.exit(5);'));
    start();
    expect(await running).toBe(5);
  });
});
