import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { integrityOf, manifestName, manifestOf, withIntegrity } from '../building/seals.ts';

const bytes = new TextEncoder().encode('abc');
// The SHA-384 example of FIPS 180-2 for the message "abc".
const known = 'sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn';

describe('integrity', () => {
  test('is SHA-384', () => {
    expect(integrityOf(bytes)).toBe(known);
  });

  test('stands on scripts and styles, and on nothing else', () => {
    const document =
      '<link rel="icon" href="/f.svg"><script type="module" crossorigin src="/a.js"></script>' +
      '<link rel="stylesheet" crossorigin href="/a.css">';

    expect(withIntegrity(document, () => bytes)).toBe(
      '<link rel="icon" href="/f.svg">' +
        `<script type="module" crossorigin src="/a.js" integrity="${known}"></script>` +
        `<link rel="stylesheet" crossorigin href="/a.css" integrity="${known}">`,
    );
  });

  test('is refused for another origin and missed when there is nothing to seal', () => {
    for (const address of ['https:' + '//elsewhere.example/a.js', '//elsewhere.example/a.js']) {
      expect(() => withIntegrity(`<script src="${address}"></script>`, () => bytes)).toThrow(
        'outside',
      );
    }
    expect(() => withIntegrity('<p></p>', () => bytes)).toThrow('neither');
  });
});

test('the manifest names every file but itself, sorted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seals-'));
  mkdirSync(join(folder, 'assets'));
  for (const name of ['b.txt', 'assets/a.txt', manifestName]) writeFileSync(join(folder, name), bytes);
  const named = JSON.parse(manifestOf(folder)) as Record<string, string>;
  rmSync(folder, { recursive: true });

  expect(Object.keys(named)).toEqual(['assets/a.txt', 'b.txt']);
  expect(new Set(Object.values(named))).toEqual(
    new Set(['ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad']),
  );
});
