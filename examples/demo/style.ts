import { styleText } from 'node:util';

export type Style = (text: string) => string;

export interface Styles {
  step: Style;
  sent: Style;
  good: Style;
  bad: Style;
  faint: Style;
}

const paint =
  (format: Parameters<typeof styleText>[0]): Style =>
  (text) =>
    styleText(format, text, { validateStream: false });

const plain: Style = (text) => text;

const COLOURS: Styles = {
  step: paint(['bold', 'cyan']),
  sent: paint('cyan'),
  good: paint('green'),
  bad: paint('yellow'),
  faint: paint('dim'),
};

const PLAIN: Styles = { step: plain, sent: plain, good: plain, bad: plain, faint: plain };

/** Colours only for people: on a terminal, and not where NO_COLOR is set and not empty (no-color.org). */
export const stylesFor = (isTerminal: boolean, noColor: string | undefined): Styles =>
  isTerminal && !noColor ? COLOURS : PLAIN;
