/** A module of the console's page, which is checked with the types of browsers and so cannot be imported by its name here. */
export const pageModule = (file: string) =>
  import(new URL(`../../../../src/console/page/${file}`, import.meta.url).href) as Promise<
    Record<string, (...values: unknown[]) => unknown>
  >;
