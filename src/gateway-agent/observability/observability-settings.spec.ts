import { describe, expect, it } from 'vitest';
import { readObservability } from './observability-settings.js';

describe('the settings of what is seen', () => {
  it('have everything off until it is asked for', () => {
    expect(readObservability({})).toEqual({});
  });

  it('take the figures of the installed product where none are given', () => {
    expect(readObservability({ 'log-dir': '/l', 'report-dir': '/r', 'metrics-port': '9464' })).toEqual({
      logFiles: { folder: '/l', fileBytes: 100 * 2 ** 20, totalBytes: 5120 * 2 ** 20, maxAgeMs: 30 * 86_400_000 },
      metricsPort: 9464,
      reports: { folder: '/r', fileBytes: 104_857_600, files: 10, intervalMs: 300_000, queryText: false },
    });
  });

  it.each([
    ['http://127.0.0.1:4318', 'http://127.0.0.1:4318/v1/traces'],
    ['https://otel.contoso.example/base/', 'https://otel.contoso.example/base/v1/traces'],
    ['https://otel.contoso.example/v1/traces?x=1', 'https://otel.contoso.example/v1/traces?x=1'],
  ])('send traces of %s to %s', (given, used) => {
    expect(readObservability({ 'otlp-endpoint': given }).traces).toBe(used);
  });

  it.each([
    { 'log-dir': '/l', 'log-max-days': '0' },
    { 'log-dir': '/l', 'log-max-days': '366' },
    { 'log-dir': '' },
    { 'log-file-size': '5' },
    { 'metrics-port': '65536' },
    { 'metrics-port': '9464x' },
    { 'report-query-text': true },
    { 'otlp-endpoint': 'file:///etc/passwd' },
    { 'otlp-endpoint': 'https://user:word@otel.contoso.example' },
  ])('refuse %j', (flags) => {
    expect(() => readObservability(flags)).toThrow(/^--/);
  });
});
