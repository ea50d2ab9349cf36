import { describe, expect, test } from 'vitest';
import { startPage } from '../src/pages/prerender.ts';
import german from '../src/words/de.json';

describe('the start page without any script', () => {
  const { head, body } = startPage();
  const plain = body.replaceAll('<!---->', '');

  test('carries the numbers for acute danger', () => {
    for (const { number, dial } of german.danger.numbers) {
      expect(plain).toContain(`<a href="tel:${dial}"`);
      expect(plain).toContain(number);
    }
  });

  test('has one first heading, one main part and a title', () => {
    expect(body.match(/<h1/g)).toHaveLength(1);
    expect(body.match(/<main/g)).toHaveLength(1);
    expect(head).toContain(`<title>${german.service}</title>`);
  });

  test('says that the third depth is not built', () => {
    expect(plain).toContain(german.depths.service.text);
    expect(plain).toContain(german.depths.missing);
  });

  test('links to nothing that does not exist', () => {
    const links = [...body.matchAll(/href="([^"]*)"/g)].map(([, address]) => address);

    expect(links).toEqual([
      '#content',
      '?lang=en',
      'tel:110',
      'tel:112',
      'tel:08001921000',
      '/licences.txt',
      '/manifest.sha256.json',
    ]);
  });
});
