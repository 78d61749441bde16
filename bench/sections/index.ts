import type { Section } from '../section.ts';
import { growth } from './growth.ts';
import { putGet } from './put-get.ts';

/** Everything `npm run bench` measures, in the order of the page. */
export const sections: Section[] = [putGet, growth];
