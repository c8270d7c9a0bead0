import { describe, expect, it } from 'vitest';
import { JsonLogger } from './logger.js';

function capture(): { logger: JsonLogger; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  return { logger: new JsonLogger('info', { write }), lines };
}

describe('the log', () => {
  it('writes one JSON line an event, with Nest’s context', () => {
    const { logger, lines } = capture();
    logger.warn({ event: 'something', gatewayId: 'g' }, 'Place');
    expect(lines).toEqual([
      expect.objectContaining({ level: 40, event: 'something', gatewayId: 'g', context: 'Place' }),
    ]);
  });

  it('writes no field that was not let in, nor what is inside of one', () => {
    const { logger, lines } = capture();
    logger.log({
      event: 'x',
      password: 'hunter2',
      authorization: 'hunter2',
      reason: { token: 'hunter2' },
      names: ['a'],
    });
    expect(JSON.stringify(lines)).not.toContain('hunter2');
    expect(lines[0]).toMatchObject({ names: ['a'] });
  });

  it('keeps the stack of an error', () => {
    const { logger, lines } = capture();
    logger.error('message', 'stack trace', 'Place');
    logger.error(new Error('thrown'), 'Place');
    expect(lines[0]).toMatchObject({ event: 'message', stack: 'stack trace', context: 'Place' });
    expect(lines[1]).toMatchObject({ event: 'thrown', stack: expect.stringContaining('Error: thrown') as string });
  });

  it('stays on one line whatever is written', () => {
    const { logger, lines } = capture();
    logger.log('first\n{"level":60,"event":"forged"}');
    expect(lines).toHaveLength(1);
  });
});
