/**
 * The parts (`parts.ts`) without files that are gone: one part may have a file in a folder of another.
 *
 * @param isGone says so of a path below the project's root
 */
export const withoutListed = (text: string, isGone: (path: string) => boolean): string =>
  text.replace(/(?<=\bfiles: \[)[^\]]*/g, (files) =>
    files.replace(/'([^']+)',?\s*/g, (listed, path: string) => (isGone(path) ? '' : listed)),
  );

/** The files that the parts list. */
export const listedFiles = (text: string): string[] =>
  [...text.matchAll(/(?<=\bfiles: \[)[^\]]*/g)].flatMap(([files]) =>
    [...files.matchAll(/'([^']+)'/g)].map(([, path]) => path!),
  );
