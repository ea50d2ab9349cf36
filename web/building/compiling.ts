/** How Svelte compiles, the same for the browser's bundle and for the rendered document. */
import type { Options } from '@sveltejs/vite-plugin-svelte';

/** No preprocessing file, runes only; class names from the style itself, never from a path. */
export const compiling: Partial<Options> = {
  configFile: false,
  compilerOptions: {
    runes: true,
    cssHash: ({ hash, css }) => `fb-${hash(css)}`,
  },
};
