import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { stopOnSignals } from '../../src/common/http/shutdown.js';
import { startTestApp } from '../support/app.js';
import { withDatabase } from '../support/database.js';
import { ProbeController } from '../support/probe.controller.js';
import { until } from '../support/until.js';

describe('ending', () => {
  it('finishes what is under way, its last query included, and takes nothing new', async () => {
    const database = await withDatabase();
    const app = await startTestApp({ controllers: [ProbeController], database });
    const codes: number[] = [];
    const before = process.listeners('SIGTERM');
    stopOnSignals(app.app, (code) => codes.push(code));
    try {
      const underWay = fetch(`${app.url}/v1/slow`);
      await sleep(100);
      process.emit('SIGTERM');
      process.emit('SIGTERM');
      const response = await underWay;
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ rows: [{ one: 1 }] });
      await until('it ended', () => codes.length > 0, 3_000);
      expect(codes).toEqual([0]);
      await expect(fetch(`${app.url}/v1/open`)).rejects.toThrow();
    } finally {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) {
        for (const listener of process.listeners(signal)) {
          if (!before.includes(listener)) process.removeListener(signal, listener);
        }
      }
      await database.drop();
    }
  });
});
