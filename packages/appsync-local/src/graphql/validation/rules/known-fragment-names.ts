import type { ASTVisitor, ValidationContext } from 'graphql';
import { namesAround, report } from '../report.ts';

/** Spread fragments exist. */
export const knownFragmentNames = (context: ValidationContext): ASTVisitor => ({
  FragmentSpread(node, _key, parent, _path, ancestors) {
    const name = node.name.value;
    if (!context.getFragment(name)) {
      report(
        context,
        'UndefinedFragment',
        `Undefined fragment ${name}`,
        node,
        namesAround(node, parent, ancestors),
      );
    }
    return undefined;
  },
});
