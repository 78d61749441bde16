/**
 * What the console's page imports from the rest of the sources: names of numbers, what a recorded request, a line of the log, an item and a function
 * are, and the waterfall. Pure, and the same in the terminal and on the page. eslint.config.js allows no more.
 */
export const SHARED_WITH_PAGE = [
  'ground/counted.ts',
  'ground/severity.ts',
  'recorder/recorded-request.ts',
  'recorder/waterfall.ts',
  'logs/log-line.ts',
  'data/data-view.ts',
  'functions/function-view.ts',
];
