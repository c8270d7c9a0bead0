import { expect, it } from 'vitest';
import { readableLine } from './readable-line.js';

it('puts what people look for first, and keeps the rest', () => {
  const line = { level: 'warn', time: '2026-11-24T03:56:06.632Z', program: 'tidegate-agent', pid: 7, event: 'slow', msg: 'the source is slow', ms: 1200 }; // prettier-ignore
  expect(readableLine(JSON.stringify(line))).toBe(
    '2026-11-24T03:56:06.632Z WARN  the source is slow event=slow ms=1200',
  );
});

it('leaves alone what is no entry', () => {
  for (const line of ['… 3 lines left out …', '{"level":"info","ti', '']) expect(readableLine(line)).toBe(line);
});
