/** What makes the delivered files checkable: integrity on the tags, one manifest, the licences. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** The name of the manifest inside the built folder; it lists every other file. */
export const manifestName = 'manifest.sha256.json';

const licenceFiles = [
  ['KERN (@kern-ux/native), EUPL-1.2', '@kern-ux/native/LICENSE.md'],
  [
    'Fira Sans, OFL 1.1: Copyright 2012-2015 The Mozilla Foundation and Telefonica S.A.; ' +
      'Source Serif 4, OFL 1.1',
    '@fontsource-variable/source-serif-4/LICENSE',
  ],
  ['Svelte, MIT', 'svelte/LICENSE.md'],
] as const;

/** The `integrity` value of one file (Subresource Integrity, SHA-384). */
export function integrityOf(bytes: Uint8Array): string {
  return `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
}

/**
 * Puts `integrity` on every script and stylesheet tag.
 *
 * Throws when a tag points outside the built folder or there is none at all, so that no document
 * leaves without it.
 */
export function withIntegrity(document: string, read: (address: string) => Uint8Array): string {
  let tags = 0;
  const sealed = document.replace(
    /<(?:script|link rel="(?:stylesheet|modulepreload)")[^>]*? (?:src|href)="([^"]+)"/g,
    (tag, address: string) => {
      if (!address.startsWith('/') || address.startsWith('//')) {
        throw new Error(`a tag points outside the pages: ${address}`);
      }
      tags += 1;
      return `${tag} integrity="${integrityOf(read(address))}"`;
    },
  );
  if (tags === 0) throw new Error('the document has neither script nor stylesheet');
  return sealed;
}

/** File names and SHA-256 in hex, sorted by name: one spelling for one set of files. */
export function manifestOf(folder: string): string {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/'))
    .filter((name) => name !== manifestName)
    .sort();
  const digests = names.map((name) => [
    name,
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex'),
  ]);
  return `${JSON.stringify(Object.fromEntries(digests), null, 1)}\n`;
}

function licences(root: string): string {
  return licenceFiles
    .map(([title, file]) => {
      const text = readFileSync(join(root, 'node_modules', file), 'utf8').trimEnd();
      return `${title}\n${'='.repeat(72)}\n\n${text}\n`;
    })
    .join('\n\n');
}

/** Seals the built folder after everything else has been written. */
export function seals(): Plugin {
  let folder = '';
  let root = '';
  return {
    name: 'fallberatung:seals',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      root = config.root;
      folder = join(config.root, config.build.outDir);
      if (config.build.outDir.startsWith('/')) folder = config.build.outDir;
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        const page = join(folder, 'index.html');
        const document = readFileSync(page, 'utf8');
        writeFileSync(
          page,
          withIntegrity(document, (address) => readFileSync(join(folder, address))),
        );
        writeFileSync(join(folder, 'licences.txt'), licences(root));
        writeFileSync(join(folder, manifestName), manifestOf(folder));
      },
    },
  };
}
