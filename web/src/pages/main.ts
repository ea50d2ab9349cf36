/** The door of the browser: wakes the page that the build has already written into the document. */
import { hydrate } from 'svelte';
import './style/kern.scss';
import './style/fonts.css';
import './style/tokens.css';
import './style/page.css';
import './style/print.css';
import Start from './Start.svelte';

const target = document.getElementById('page');
if (target === null) throw new Error('the document has no element for the page');
hydrate(Start, { target });
