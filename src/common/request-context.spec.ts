import { describe, expect, it } from 'vitest';
import { newRequestContext } from './request-context.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('the context of a request', () => {
  it.each([
    [`00-${TRACE}-${SPAN}-01`, true],
    [`00-${TRACE}-${SPAN}-00`, false],
    // A later version: what it adds stands behind, and its flags keep the first bit.
    [`01-${TRACE}-${SPAN}-03-more`, true],
  ])('goes on with the trace and the span of %s', (traceparent, sampled) => {
    expect(newRequestContext(traceparent)).toMatchObject({ traceId: TRACE, parentSpan: { id: SPAN, sampled } });
  });

  it.each([
    undefined,
    '',
    'nonsense',
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}`,
  ])('begins a trace of its own instead of %s', (traceparent) => {
    const context = newRequestContext(traceparent);
    expect(context.traceId).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
    expect(context.traceId).not.toBe(TRACE);
    expect(context.parentSpan).toBeUndefined();
  });

  it('has no parent where the span is the one that means none', () => {
    expect(newRequestContext(`00-${TRACE}-${'0'.repeat(16)}-01`)).not.toHaveProperty('parentSpan');
  });
});
