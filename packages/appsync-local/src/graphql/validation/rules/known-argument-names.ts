import { type ASTVisitor, Kind, type ValidationContext } from 'graphql';
import { isNewerThanAppSync } from '../newer-introspection.ts';
import { namesAround, report } from '../report.ts';

/** Arguments exist on their field or directive. */
export const knownArgumentNames = (context: ValidationContext): ASTVisitor => ({
  Argument(node, _key, parent, _path, ancestors) {
    const owner = ancestors.at(-1);
    const name = node.name.value;
    if (owner && 'kind' in owner && owner.kind === Kind.DIRECTIVE) {
      const directive = context.getDirective();
      if (directive && !context.getArgument()) {
        const words = `Unknown directive argument ${name}`;
        report(context, 'UnknownDirective', words, node, namesAround(node, parent, ancestors));
      }
      return undefined;
    }
    const field = context.getFieldDef();
    const type = context.getParentType();
    if (field && (!context.getArgument() || (type && isNewerThanAppSync(type.name, field.name, name)))) {
      const words = `Unknown field argument ${name}`;
      report(context, 'UnknownArgument', words, node, namesAround(node, parent, ancestors));
    }
    return undefined;
  },
});
