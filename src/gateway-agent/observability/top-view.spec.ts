import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { ActivitySnapshot } from './activity-snapshot.js';
import { TopScreen, type Screen } from './top-screen.js';
import { topView, type TopReport } from './top-view.js';

const NOW = Date.parse('2026-11-24T10:00:00Z');
const ACTIVITY: ActivitySnapshot = {
  writtenAt: '2026-11-24T09:59:59.000Z',
  member: { connected: true, transport: 'websockets', receiving: true, draining: false, conditions: ['disk-full'] },
  inFlight: 4,
  refused: 2,
  policyDenied: 1,
  bytesIn: 0,
  bytesOut: 5 * 2 ** 20,
  memoryBytes: 90 * 2 ** 20,
  windowSeconds: 60,
  heartbeats: { answered: 9, failed: 1, lastAnswerAt: '2026-11-24T09:59:50.000Z' },
  kinds: [
    {
      kind: 'postgresql',
      requests: 700,
      failed: 3,
      recently: { requests: 120, failed: 2, perSecond: 2, p50Ms: 3.14, p95Ms: 250 },
      sessions: { open: 3, idle: 1, waiting: 5 },
    },
  ],
};
const REPORT: TopReport = {
  gateway: { id: 'g', name: 'hq\x1b[2J', region: 'westeurope' },
  member: { id: 'm', name: 'machine 1' },
  controlPlane: 'https://cp',
  running: true,
  agent: undefined,
  activity: ACTIVITY,
};

describe('the page of top', () => {
  it('shows the member, its link and each kind of source', () => {
    const page = topView(REPORT, NOW).join('\n');
    expect(page).toContain('connected over websockets, takes work, disk-full');
    expect(page).toContain('answered 10 s ago, 1 of 10 failed');
    expect(page).toMatch(/postgresql +2\.0 +3\.1 +250 +2 +700 +3, 1 idle, 5 wait/);
    expect(page).not.toContain('\x1b');
  });

  it('says that figures are old, and that nobody runs', () => {
    expect(topView(REPORT, NOW + 300_000).join('\n')).toContain('5 min old');
    expect(topView({ ...REPORT, running: false }, NOW).join('\n')).toContain('not running');
  });

  it('gives the terminal back as it was', () => {
    const written: string[] = [];
    const raw: boolean[] = [];
    const input = Object.assign(new EventEmitter(), {
      setRawMode: (on: boolean) => void raw.push(on),
      resume: () => undefined,
      pause: () => undefined,
    });
    const output = { rows: 5, columns: 20, write: (text: string) => written.push(text) > 0 };
    const before = process.listenerCount('SIGINT');
    const page = new TopScreen({ input, output } as unknown as Screen);
    page.show(topView(REPORT, NOW));
    expect(written.at(-1)?.split('\r\n')).toHaveLength(5);
    expect(page.signal.aborted).toBe(false);
    input.emit('data', Buffer.from('q'));
    expect(page.signal.aborted).toBe(true);
    page.close();
    expect(written[0]).toContain('\x1b[?1049h');
    expect(written.at(-1)).toBe('\x1b[?25h\x1b[?1049l');
    expect(raw).toEqual([true, false]);
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});
