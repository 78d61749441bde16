import type { Publish } from './publish.ts';
import { LESSER } from './report.ts';

/**
 * Tells a change that AppSync refuses once more without its payloads, then without its items: what one item holds may not keep
 * the changes of others waiting. The log has it in full. What is refused even so is refused for another reason.
 */
export const lessIfRefused =
  (publish: Publish): Publish =>
  async (reports) => {
    const told = await publish(reports);
    for (const lesser of LESSER) {
      const refused = reports.map((_, index) => index).filter((index) => told[index]!.type === 'refused');
      if (refused.length === 0) {
        break;
      }
      const again = await publish(refused.map((index) => lesser(reports[index]!)));
      refused.forEach((index, which) => {
        told[index] = again[which]!;
      });
    }
    return told;
  };
