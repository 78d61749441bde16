/** The console of APPSYNC_JS: lines go to the API's log group at the level of the method. */
declare const console: {
  log(...values: unknown[]): void;
  error(...values: unknown[]): void;
};
