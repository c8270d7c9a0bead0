import { describe, expect, it } from 'vitest';
import { monthsAfter, monthsBefore } from './reminder.policy.js';

describe('counting months', () => {
  it.each([
    ['2026-08-23T10:00:00.000Z', 6, '2026-02-23T10:00:00.000Z'],
    ['2026-08-31T10:00:00.000Z', 6, '2026-02-28T10:00:00.000Z'],
    ['2026-01-15T00:00:00.000Z', 3, '2025-10-15T00:00:00.000Z'],
  ])('before %s by %i', (date, months, expected) => {
    expect(monthsBefore(new Date(date), months).toISOString()).toBe(expected);
  });

  it('keeps to the last day of a shorter month', () => {
    expect(monthsAfter(new Date('2026-08-31T10:00:00.000Z'), 6).toISOString()).toBe('2027-02-28T10:00:00.000Z');
  });
});
