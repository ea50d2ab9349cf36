import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'svelte/compiler';
import { describe, expect, test } from 'vitest';
import german from '../src/words/de.json';
import english from '../src/words/en.json';
import { languageOf, otherThan, stretches, wordsOf } from '../src/words/words.ts';
import { sourcesBelow } from './rooms.ts';

type Leaf = readonly [path: string, text: string];

function leaves(value: unknown, path = ''): readonly Leaf[] {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as object).flatMap(([key, below]) => leaves(below, `${path}/${key}`));
}

describe('the catalogues', () => {
  test('have the same places', () => {
    const places = leaves(german).map(([path]) => path);

    expect(places.length).toBeGreaterThan(70);
    expect(leaves(english).map(([path]) => path)).toEqual(places);
  });

  test('leave no place empty and no backtick open', () => {
    for (const [path, text] of [...leaves(german), ...leaves(english)]) {
      expect(text.trim(), path).toBe(text);
      expect(text, path).not.toBe('');
      expect(text.split('`').length % 2, path).toBe(1);
    }
  });

  test('give the same numbers to dial', () => {
    const dialled = german.danger.numbers.map(({ dial }) => dial);

    expect(dialled).toEqual(['110', '112', '08001921000']);
    expect(english.danger.numbers.map(({ dial }) => dial)).toEqual(dialled);
    for (const { number, dial } of [...german.danger.numbers, ...english.danger.numbers]) {
      expect(number.replaceAll('\u00a0', '')).toBe(dial);
    }
  });

  test('never use the words that accuse', () => {
    const all = [...leaves(german), ...leaves(english)].map(([, text]) => text).join('\n');

    expect(all).not.toMatch(/Täter|Verdacht gegen|perpetrator|!/);
  });
});

describe('the language', () => {
  test('is German unless the address asks for English', () => {
    expect(['', '?lang=de', '?lang=fr', '?lang=en', '?x=1&lang=en'].map(languageOf)).toEqual([
      'de',
      'de',
      'de',
      'en',
      'en',
    ]);
  });

  test('has one other', () => {
    expect(otherThan('de')).toBe('en');
    expect(otherThan('en')).toBe('de');
    expect(wordsOf('en').frame.otherLanguage).toBe('Deutsch');
  });
});

test('a sentence is cut at its backticks', () => {
  expect(stretches('`make demo` plays.')).toEqual([
    { text: 'make demo', isCode: true },
    { text: ' plays.', isCode: false },
  ]);
});

describe('components hold no words of their own', () => {
  const spoken = new Set(['aria-label', 'alt', 'title', 'placeholder', 'content', 'label', 'value']);
  const components = sourcesBelow(fileURLToPath(new URL('../src', import.meta.url))).filter(
    ({ path }) => path.endsWith('.svelte'),
  );

  function wordsIn(component: string): readonly string[] {
    const found: string[] = [];
    const visit = (node: unknown, isSpoken: boolean): void => {
      if (Array.isArray(node)) node.forEach((each) => visit(each, isSpoken));
      if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
      const { type, name, data } = node as { type?: string; name?: string; data?: string };
      if (type === 'Text' && isSpoken && /\p{L}/u.test(data ?? '')) found.push((data ?? '').trim());
      const below = type === 'Attribute' ? spoken.has(name ?? '') : isSpoken;
      Object.values(node).forEach((each) => visit(each, below));
    };
    visit(parse(component, { modern: true }).fragment, true);
    return found;
  }

  test('as far as there are any', () => {
    expect(components.length).toBeGreaterThan(8);
    expect(components.flatMap(({ text }) => wordsIn(text))).toEqual([]);
  });

  test('and one that does is found', () => {
    expect(wordsIn('<p class="x">Hallo {name}</p><img alt="Bild" src="/a.svg" />')).toEqual([
      'Hallo',
      'Bild',
    ]);
  });

  test('nor a style of their own in an attribute', () => {
    for (const { path, text } of components) expect(text, path).not.toMatch(/\sstyle[:=]/);
  });
});

test('the catalogues spell no-break spaces and soft hyphens so that they can be seen', () => {
  for (const name of ['de', 'en']) {
    const file = fileURLToPath(new URL(`../src/words/${name}.json`, import.meta.url));

    expect(readFileSync(file, 'utf8')).not.toMatch(/[\u00a0\u00ad\u200b\u202f]/);
  }
});
