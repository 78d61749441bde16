import type { Api } from './api.ts';
import type { Latencies } from './latencies.ts';
import type { Screen } from './screen.ts';
import type { Urls } from './server.ts';

/** What a step of the tour works with. */
export interface Tour {
  api: Api;
  urls: Urls;
  latencies: Latencies;
  screen: Screen;
}
