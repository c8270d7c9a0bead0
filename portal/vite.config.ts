import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The portal is files: the control plane serves them below /portal. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/portal/',
  plugins: [react()],
  build: {
    outDir: '../dist/portal',
    emptyOutDir: true,
    target: 'es2022',
    // No inline scripts or data addresses: the content security policy allows neither.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    reportCompressedSize: false,
  },
});
