import type { Section } from '../section.ts';
import { client } from './client.ts'; // part: live-items
import { coldStartSection } from './cold-start.ts';
import { firstAnswerSection } from './first-answer.ts';
import { growth } from './growth.ts';
import { lambdaLanguages } from './lambda-languages.ts';
import { putGet } from './put-get.ts';
import { recorder } from './recorder.ts';
import { resolvers } from './resolvers.ts';
import { startUp } from './start-up.ts';
import { subscriptions } from './subscriptions.ts';
import { transfer } from './transfer.ts'; // part: transfer
import { validatedPuts } from './validated-puts.ts'; // part: transfer
import { watch } from './watch.ts';

/** Everything `npm run bench` measures, in the order of the page. */
export const sections: Section[] = [
  putGet,
  validatedPuts, // part: transfer
  recorder,
  subscriptions,
  client, // part: live-items
  startUp,
  firstAnswerSection,
  watch,
  transfer, // part: transfer
  coldStartSection,
  lambdaLanguages,
  resolvers,
  growth,
];
