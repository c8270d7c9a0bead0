import { describe, expect, it } from 'vitest';
import { DomainError } from '../../common/errors/domain-error.js';
import { Deadlines } from './deadlines.js';
import { DISPATCH_TIMEOUT_MS, FlowCall } from './flow-call.js';

describe('the deadline of a request', () => {
  it('ends it with GATEWAY_TIMEOUT: a read left nothing behind, of a write nothing is known', () => {
    const deadlines = new Deadlines();
    const caller = new AbortController().signal;
    const [read, write, over] = [
      new FlowCall(caller, deadlines, true),
      new FlowCall(caller, deadlines, false),
      new FlowCall(caller, deadlines, true),
    ];
    over.close();
    expect(deadlines.sweep(Date.now() + DISPATCH_TIMEOUT_MS - 1_000)).toBe(2);
    expect(deadlines.sweep(Date.now() + DISPATCH_TIMEOUT_MS)).toBe(0);
    expect(read.signal.reason).toMatchObject({ code: 'GATEWAY_TIMEOUT', outcome: 'not-executed' });
    expect(write.signal.reason).toMatchObject({ code: 'GATEWAY_TIMEOUT', outcome: 'unknown' });
    expect(over.signal.aborted).toBe(false);
    deadlines.stop();
  });

  it("gives way to a caller that leaves, with the caller's own reason if it is one of ours", () => {
    const deadlines = new Deadlines();
    const caller = new AbortController();
    const call = new FlowCall(caller.signal, deadlines, true);
    caller.abort(new DomainError('GATEWAY_TIMEOUT', { timeoutMs: 20_000 }));
    expect(call.signal.reason).toMatchObject({ code: 'GATEWAY_TIMEOUT', details: { timeoutMs: 20_000 } });
    const gone = new FlowCall(AbortSignal.abort(), deadlines, false);
    expect(gone.signal.reason).toMatchObject({ code: 'REQUEST_CANCELLED', outcome: 'unknown' });
    expect(deadlines.sweep(0)).toBe(0);
    deadlines.stop();
  });
});
