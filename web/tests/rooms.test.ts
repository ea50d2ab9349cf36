import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import plan from '../rooms.json';
import { breaches, sourcesBelow, type Source } from './rooms.ts';

const below = fileURLToPath(new URL('../src', import.meta.url));

function told(path: string, text: string): readonly string[] {
  const source: Source = { path, text };
  return breaches([source], plan);
}

describe('the plan', () => {
  test('is kept by every file there is', () => {
    const sources = sourcesBelow(below);

    expect(sources.length).toBeGreaterThan(15);
    expect(breaches(sources, plan)).toEqual([]);
  });

  test('names only rooms that it plans', () => {
    const rooms = Object.keys(plan);

    expect(rooms).toHaveLength(6);
    for (const { rooms: others } of Object.values(plan)) {
      expect(rooms).toEqual(expect.arrayContaining(others));
    }
  });

  test('says what the house decided', () => {
    expect(plan.words.rooms).toEqual([]);
    expect(plan.crypto.rooms).toEqual([]);
    expect(plan.session.rooms).toEqual(['crypto']);
    expect(plan.pseudonymise.rooms).toEqual(['words']);
    expect(plan.deliberation.rooms).not.toContain('crypto');
    expect(plan.pages.rooms).toHaveLength(5);
  });
});

describe('a breach is seen', () => {
  const deliberate: readonly (readonly [what: string, path: string, text: string, told: string])[] = [
    [
      'an import',
      'words/words.ts',
      "import { fetchFacts } from '../session/service';",
      'words/words.ts imports the room session',
    ],
    [
      'an import of a type',
      'deliberation/board.ts',
      "import type { Seal } from '../crypto/seal';",
      'deliberation/board.ts imports the room crypto',
    ],
    [
      'a type fetched in passing',
      'crypto/seal.ts',
      "export type W = import('../words/words').Words;",
      'crypto/seal.ts imports the room words',
    ],
    [
      'a re-export of names',
      'session/sign-in.ts',
      "export { wordsOf } from '../words/words';",
      'session/sign-in.ts imports the room words',
    ],
    [
      'a re-export of everything',
      'pseudonymise/marks.ts',
      "export * from '../deliberation/board';",
      'pseudonymise/marks.ts imports the room deliberation',
    ],
    [
      'an import for its effect alone',
      'crypto/seal.ts',
      "import '../session/service';",
      'crypto/seal.ts imports the room session',
    ],
    [
      'a dynamic import',
      'pseudonymise/marks.ts',
      "const page = () => import('../session/service');",
      'pseudonymise/marks.ts imports the room session',
    ],
    [
      'a dynamic import in markup',
      'words/Sentence.svelte',
      "{#await import('../crypto/seal') then seal}{seal.name}{/await}",
      'words/Sentence.svelte imports the room crypto',
    ],
    [
      'the module script of a component',
      'words/Sentence.svelte',
      "<script module lang=\"ts\">import { a } from '../pages/asked';</script>",
      'words/Sentence.svelte imports the room pages',
    ],
    [
      'a computed import',
      'pages/any.ts',
      'export const any = (name: string) => import(`../${name}/door`);',
      'pages/any.ts imports what only running it would tell',
    ],
    [
      'a glob',
      'pages/any.ts',
      "export const all = import.meta.glob('../crypto/*.ts');",
      'pages/any.ts imports what only running it would tell',
    ],
    [
      'a worker',
      'words/any.ts',
      "export const w = new Worker(new URL('../pseudonymise/worker.ts', import.meta.url));",
      'words/any.ts imports the room pseudonymise',
    ],
    [
      'a package without a door',
      'session/any.ts',
      "import { onMount } from 'svelte';",
      'session/any.ts imports the package svelte',
    ],
    [
      'a scoped package',
      'crypto/any.ts',
      "import { x } from '@noble/ciphers/aes';",
      'crypto/any.ts imports the package @noble/ciphers',
    ],
    [
      'an address of another origin',
      'pages/any.ts',
      "import 'data:text/javascript,1';",
      'pages/any.ts imports data:text/javascript,1, which is no package',
    ],
    [
      'a way out of the rooms',
      'pages/any.ts',
      "import plan from '../../rooms.json';",
      'pages/any.ts reaches outside the rooms: ../../rooms.json',
    ],
    [
      'a file between the rooms',
      'any.ts',
      'export const one = 1;',
      'any.ts stands in no room',
    ],
    [
      'a room that nobody planned',
      'helpers/any.ts',
      'export const one = 1;',
      'helpers/any.ts stands in the room helpers, which nobody planned',
    ],
  ];

  test.each(deliberate)('%s', (_, path, text, sentence) => {
    expect(told(path, text)).toEqual([sentence]);
  });

  test('and what is allowed is no breach', () => {
    const allowed = [
      told('pages/any.ts', "import { wordsOf } from '../words/words';"),
      told('pages/any.ts', "import { mount } from 'svelte'; import './style/page.css';"),
      told('session/any.ts', "import type { Seal } from '../crypto/seal';"),
      told('words/any.ts', "// import { x } from '../crypto/seal'\nexport const y = 'import';"),
      told('app.d.ts', ''),
    ];

    expect(allowed).toEqual([[], [], [], [], []]);
  });
});
