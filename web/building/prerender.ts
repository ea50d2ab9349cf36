/** Writes the rendered start page into the document, so that danger numbers need no script. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build, type Plugin, type Rollup } from 'vite';
import { compiling } from './compiling.ts';

interface Door {
  startPage: () => { head: string; body: string };
}

async function openDoor(root: string): Promise<Door> {
  const built = (await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [svelte(compiling)],
    ssr: { noExternal: true },
    build: { ssr: 'src/pages/prerender.ts', write: false, minify: false },
  })) as Rollup.RollupOutput;
  const code = Buffer.from(built.output[0].code).toString('base64');
  return (await import(/* @vite-ignore */ `data:text/javascript;base64,${code}`)) as Door;
}

/** Fills the two places that `index.html` leaves open; refuses a document without them. */
export function prerender(): Plugin {
  let root = '';
  return {
    name: 'fallberatung:prerender',
    apply: 'build',
    configResolved(config) {
      root = config.root;
    },
    transformIndexHtml: {
      order: 'post',
      async handler(document) {
        const { head, body } = (await openDoor(root)).startPage();
        for (const place of ['<!--head-->', '<!--body-->']) {
          if (!document.includes(place)) throw new Error(`index.html lacks ${place}`);
        }
        return document.replace('<!--head-->', () => head).replace('<!--body-->', () => body);
      },
    },
  };
}
