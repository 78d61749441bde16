/**
 * A number with the name of what is counted: `1 item`, `3 items`, `0.5 read units`.
 * @param many or its text, such as `100,000`
 * @param several the name of more or fewer than one. @default the name with an s
 */
export const counted = (many: number | string, one: string, several = `${one}s`): string =>
  `${many} ${String(many) === '1' ? one : several}`;
