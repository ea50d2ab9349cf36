/// <reference types="vitest/config" />
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { compiling } from './building/compiling.ts';
import { prerender } from './building/prerender.ts';
import { seals } from './building/seals.ts';

export default defineConfig({
  plugins: [svelte(compiling), prerender(), seals()],
  css: { preprocessorOptions: { scss: { silenceDeprecations: ['if-function'], quietDeps: true } } },
  build: {
    // The policy of the pages allows no data: addresses, so nothing is folded into the style.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  test: {
    include: ['tests/**/*.test.ts'],
    environment: 'node',
  },
});
