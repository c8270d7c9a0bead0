import { EXIT_CODES } from '../exit-codes.js';
import { pause } from '../pause.js';
import type { Flags } from '../settings-values.js';
import { StateFolder } from '../state-folder.js';
import { reportStatus } from '../status-report.js';
import { readActivity } from './activity-file.js';
import { TopScreen, type Screen } from './top-screen.js';
import { topView, type TopReport } from './top-view.js';

/** As often as the running agent writes. */
const EVERY_MS = 2_000;

export const TOP_OPTIONS = { once: { type: 'boolean' }, json: { type: 'boolean' } } as const;

export interface TopOrder {
  readonly once: boolean;
  readonly json: boolean;
}

export function readTopOrder(flags: Flags): TopOrder {
  return { once: flags.once === true, json: flags.json === true };
}

/**
 * Shows what the agent of a state folder does: once as text or JSON, or as a page that renews itself.
 *
 * @param screen undefined where nobody looks: then once
 * @returns the exit code
 * @throws CommandError idle, state
 */
export async function top(
  stateDir: string,
  { once, json }: TopOrder,
  print: (text: string) => void,
  screen?: Screen,
): Promise<number> {
  if (once || json || screen === undefined) {
    const report = await readTop(stateDir);
    print(json ? JSON.stringify(report) : topView(report, Date.now()).join('\n'));
    return report.running ? EXIT_CODES.ok : EXIT_CODES.idle;
  }
  // What cannot be read at all is said on the ordinary page.
  let report = await readTop(stateDir);
  const page = new TopScreen(screen);
  try {
    while (!page.signal.aborted) {
      page.show([...topView(report, Date.now()), '', 'q ends']);
      await pause(EVERY_MS, page.signal);
      report = await readTop(stateDir);
    }
  } finally {
    page.close();
  }
  return EXIT_CODES.ok;
}

async function readTop(stateDir: string): Promise<TopReport> {
  const report = await reportStatus(stateDir);
  return { ...report, activity: report.running ? await readActivity(new StateFolder(stateDir)) : undefined };
}
