import type { ASTVisitor, ValidationContext } from 'graphql';
import { namesAround, report } from '../report.ts';

/** Types of variables and fragments exist. */
export const knownTypeNames = (context: ValidationContext): ASTVisitor => ({
  NamedType(node, _key, parent, _path, ancestors) {
    const name = node.name.value;
    if (!context.getSchema().getType(name)) {
      report(context, 'UnknownType', `Unknown type ${name}`, node, namesAround(node, parent, ancestors));
    }
    return undefined;
  },
});
