/** The name of the table that a table of a stage is restored into: `…-at-20261129T173800Z`. */
export const restoredName = (table: string, moment: Date): string =>
  `${table}-at-${moment.toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;

/** Tells restored tables from those of the stage, and those of one moment from others: `-at-20261129T173800Z`, or empty. */
export const restoredSuffix = (table: string): string => /-at-\d{8}T\d{6}Z$/.exec(table)?.[0] ?? '';
