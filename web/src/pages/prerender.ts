/** The door of the build: the German start page as text, for the document that is delivered. */
import { render } from 'svelte/server';
import Start from './Start.svelte';

/** The inside of head and body, with the marks that `hydrate` looks for. */
export function startPage(): { head: string; body: string } {
  const { head, body } = render(Start);
  return { head, body };
}
