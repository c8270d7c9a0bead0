import swc from 'unplugin-swc';
import { defineConfig } from 'vitest/config';

/** Nest needs decorator metadata, which esbuild does not emit: hence swc. */
const plugins = [
  swc.vite({
    module: { type: 'es6' },
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      target: 'es2022',
    },
  }),
];

const project = (name: string, include: string[], options: Record<string, unknown> = {}) => ({
  plugins,
  test: { name, include, environment: 'node', ...options },
});

const SLOW = { testTimeout: 180_000, hookTimeout: 180_000 };

/** End-to-end tests that keep the machine busy themselves: nothing runs beside them. */
const UNDER_LOAD = ['test/e2e/failover.e2e-spec.ts', 'test/e2e/replicas.e2e-spec.ts'];

export default defineConfig({
  test: {
    projects: [
      project('unit', ['src/**/*.spec.ts']),
      project('contract', ['test/contract/**/*.spec.ts']),
      project('integration', ['test/integration/**/*.int-spec.ts'], {
        // Files share what they import: reading Nest and the database client anew for each took a third of the time.
        isolate: false,
        testTimeout: 60_000,
        hookTimeout: 60_000,
        globalSetup: ['test/support/global-setup.ts'],
      }),
      // Each with a stack of its own on free ports; they wait more than they work.
      project('e2e', ['test/e2e/**/*.e2e-spec.ts'], { ...SLOW, exclude: UNDER_LOAD }),
      project('load', UNDER_LOAD, { ...SLOW, fileParallelism: false }),
    ],
  },
});
