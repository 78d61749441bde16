/** Lines below a heading, as the commands report them. */
export const listed = (heading: string, lines: readonly string[]): string =>
  `${heading}:\n${lines.map((line) => `  ${line}`).join('\n')}`;
