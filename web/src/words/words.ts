/** All text a person reads, in two languages of the same shape; German is the mother tongue. */
import german from './de.json';
import english from './en.json';

/** The shape every catalogue has; German sets it. */
export type Words = typeof german;

/** A language the pages speak (ISO 639-1). */
export type Language = 'de' | 'en';

const catalogues: Readonly<Record<Language, Words>> = { de: german, en: english };

/** The catalogue of one language. */
export function wordsOf(language: Language): Words {
  return catalogues[language];
}

/** The language a page address asks for with `?lang=`; German unless it asks for another we speak. */
export function languageOf(search: string): Language {
  return new URLSearchParams(search).get('lang') === 'en' ? 'en' : 'de';
}

/** The one other language, for the switch. */
export function otherThan(language: Language): Language {
  return language === 'de' ? 'en' : 'de';
}

/** A stretch of a sentence; `isCode` when the catalogue put it between backticks. */
export interface Stretch {
  readonly text: string;
  readonly isCode: boolean;
}

/** Cuts a sentence of a catalogue at its backticks; empty stretches are left out. */
export function stretches(sentence: string): readonly Stretch[] {
  return sentence
    .split('`')
    .map((text, index) => ({ text, isCode: index % 2 === 1 }))
    .filter(({ text }) => text !== '');
}
