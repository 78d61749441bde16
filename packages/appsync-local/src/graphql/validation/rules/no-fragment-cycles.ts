import type { ASTVisitor, FragmentDefinitionNode, FragmentSpreadNode, ValidationContext } from 'graphql';
import { report } from '../report.ts';

/** A fragment does not spread itself, directly or through others. */
export const noFragmentCycles = (context: ValidationContext): ASTVisitor => ({
  FragmentDefinition(node) {
    const cycle = cycleFrom(context, node);
    if (cycle) {
      report(context, 'FragmentCycle', 'Fragment cycles not allowed', cycle, [node.name.value]);
    }
    return undefined;
  },
});

/** The spreads that lead from a fragment back to itself; visits each fragment once. */
function cycleFrom(context: ValidationContext, start: FragmentDefinitionNode): FragmentSpreadNode[] | null {
  const seen = new Set<string>();
  const search = (fragment: FragmentDefinitionNode): FragmentSpreadNode[] | null => {
    for (const spread of context.getFragmentSpreads(fragment.selectionSet)) {
      const name = spread.name.value;
      if (name === start.name.value) {
        return [spread];
      }
      const next = context.getFragment(name);
      if (next && !seen.has(name)) {
        seen.add(name);
        const rest = search(next);
        if (rest) {
          return [spread, ...rest];
        }
      }
    }
    return null;
  };
  return search(start);
}
