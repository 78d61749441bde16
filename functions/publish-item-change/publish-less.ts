import type { Publish } from './publish.ts';
import { LESSER } from './report.ts';

/**
 * Publishes a change that AppSync refuses again without its payloads, then without its items: one item must not hold up the
 * changes of others. The log has it in full. A refusal even then has another reason.
 */
export const lessIfRefused =
  (publish: Publish): Publish =>
  async (reports) => {
    const outcomes = await publish(reports);
    for (const lesser of LESSER) {
      const refused = reports.map((_, index) => index).filter((index) => outcomes[index]!.type === 'refused');
      if (refused.length === 0) {
        break;
      }
      const again = await publish(refused.map((index) => lesser(reports[index]!)));
      refused.forEach((index, which) => {
        outcomes[index] = again[which]!;
      });
    }
    return outcomes;
  };
