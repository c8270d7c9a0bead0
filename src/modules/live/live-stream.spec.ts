import { afterEach, describe, expect, it, vi } from 'vitest';
import { LiveStream } from './live-stream.js';

describe('a live stream', () => {
  afterEach(() => vi.useRealTimers());

  it('says every fifteen seconds that it is there, and ends by itself', () => {
    vi.useFakeTimers();
    const stream = new LiveStream(70_000);
    const said = () => String(stream.read() ?? '');
    expect(said()).toBe(': beginning\n\n');
    vi.advanceTimersByTime(14_999);
    expect(said()).toBe('');
    vi.advanceTimersByTime(1);
    expect(said()).toBe(': still here\n\n');
    vi.advanceTimersByTime(54_999);
    expect(said()).toBe(': still here\n\n'.repeat(3));
    expect(vi.getTimerCount()).toBe(2);
    vi.advanceTimersByTime(1);
    stream.tell('gateways', 'late');
    expect(said()).toBe('');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is dropped when its reader does not keep up, and holds little until then', async () => {
    const stream = new LiveStream(60_000);
    const closed = new Promise((resolve) => stream.once('close', resolve));
    let most = 0;
    for (let time = 0; time < 10_000; time += 1) {
      stream.tell('gateways', '*');
      most = Math.max(most, stream.readableLength);
    }
    await closed;
    expect(stream.destroyed).toBe(true);
    expect(most).toBeLessThan(17 * 1024);
  });

  it('hands a reader who keeps up everything, then ends once', async () => {
    const stream = new LiveStream(60_000);
    let text = '';
    stream.on('data', (piece: Buffer) => (text += piece.toString()));
    for (let time = 0; time < 1_000; time += 1) {
      stream.tell('gateways', String(time));
      if (time % 100 === 0) await new Promise(setImmediate);
    }
    stream.finish();
    stream.finish();
    stream.tell('gateways', 'late');
    await new Promise((resolve) => stream.once('close', resolve));
    expect(text.match(/event: gateways/g)).toHaveLength(1_000);
    expect(text).not.toContain('late');
  });
});
