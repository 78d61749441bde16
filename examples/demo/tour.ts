import { Api } from './api.ts';
import { Latencies } from './latencies.ts';
import type { Screen } from './screen.ts';
import { SERVER_ARGUMENTS, type Server, type Urls } from './server.ts';
import type { Tour } from './step.ts';
import { conflict } from './steps/conflict.ts';
import { removeDiary } from './steps/delete-note.ts';
import { putCountries } from './steps/put-countries.ts';
import { readBack } from './steps/read-back.ts';
import { replaceAndMerge } from './steps/replace-and-merge.ts';
import { subscribeAndPut } from './steps/subscribe-and-put.ts';
import { validationFailed } from './steps/validation-failed.ts';

/**
 * The whole tour, from a server that is about to start to where to go next.
 * @throws DemoFailure as soon as anything is not as the API promises
 */
export async function giveTour(server: Server, screen: Screen): Promise<void> {
  screen.line(
    'A tour of appsync-items: → sent, ← received. Payloads are AWSJSON, strings of JSON, shown parsed.',
    screen.style.step,
  );
  const urls = await start(server, screen);
  const latencies = new Latencies();
  const tour: Tour = { api: new Api(urls, latencies), urls, latencies, screen };
  await putCountries(tour);
  await readBack(tour);
  await subscribeAndPut(tour);
  await replaceAndMerge(tour);
  await conflict(tour);
  await validationFailed(tour);
  await removeDiary(tour);
  screen.line('');
  screen.latencies(latencies.summaries());
  screen.line('');
  screen.line('Next: npm start, then open http://localhost:4000/ to query, mutate and subscribe by hand.');
}

async function start(server: Server, screen: Screen): Promise<Urls> {
  screen.step('1 start');
  screen.sent(`node ${SERVER_ARGUMENTS.join(' ')}, as npm start does`);
  screen.progress('synthesizing the CDK app and starting its services');
  const begun = performance.now();
  const urls = await server.ready;
  screen.received(`Ready at ${urls.graphql}`, performance.now() - begun);
  return urls;
}
