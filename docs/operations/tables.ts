import { ALARM_RULES, type AlarmRule } from '../../infra/monitoring/alarm-rules.ts';
import { CONTEXT } from '../../infra/stage-settings.ts';
import { words } from '../computed/table.ts';

const settings = (): string =>
  words(
    ['`-c`', 'takes', 'what', 'without it'],
    Object.entries(CONTEXT).map(([key, { takes, says, otherwise }]) => [
      `\`${key}\``,
      takes,
      says,
      otherwise,
    ]),
  );

const SUBJECTS: Record<AlarmRule['of'], string> = {
  api: 'the API',
  table: 'each table and each index',
  function: 'each Lambda function',
  // part: change-feed
  publisher: 'the publishing function',
  deadLetters: 'the dead-letter queue',
  // end: change-feed
};

const whole = (number: number): string => number.toLocaleString('en-US');

/** `Sum above 0, 1 × 5 minutes`. */
const goesOff = ({ statistic, above, unit, points, minutes }: AlarmRule): string =>
  `${statistic} above ${[whole(above), unit].filter(Boolean).join(' ')}, ${points} × ${minutes} min`;

const alarms = (): string =>
  words(
    ['alarm', 'of', 'metric', 'goes off', 'means', 'look at'],
    Object.entries<AlarmRule>(ALARM_RULES).map(([name, rule]) => [
      `\`${name}\``,
      SUBJECTS[rule.of],
      `\`${rule.namespace}\` \`${rule.metric}\``,
      goesOff(rule),
      rule.means,
      [rule.do, ...marks(rule)].join(' '),
    ]),
  );

/** Rows of a part go with it, from the page as from the code. */
const marks = ({ of }: AlarmRule): string[] => (PARTS[of] ? [`<!-- part: ${PARTS[of]} -->`] : []);

const PARTS: Partial<Record<AlarmRule['of'], string>> = {
  // part: change-feed
  publisher: 'change-feed',
  deadLetters: 'change-feed',
  // end: change-feed
};

/** By their names on docs/operations.md. */
export const operationTables: Readonly<Record<string, () => string>> = { settings, alarms };
