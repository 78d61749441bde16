import { type ASTVisitor, getNamedType, isLeafType, type ValidationContext } from 'graphql';
import { namesAround, report } from '../report.ts';
import { nameOfType } from '../type-text.ts';

/** Objects have a selection, leaves have none. */
export const scalarLeafs = (context: ValidationContext): ASTVisitor => ({
  Field(node, _key, parent, _path, ancestors) {
    const type = context.getType();
    if (!type) {
      return undefined;
    }
    const of = `type ${nameOfType(type)} of field ${node.name.value}`;
    if (isLeafType(getNamedType(type))) {
      if (node.selectionSet) {
        const words = `Sub selection not allowed on leaf ${of}`;
        report(context, 'SubSelectionNotAllowed', words, node, namesAround(node, parent, ancestors));
      }
    } else if (!node.selectionSet) {
      const words = `Sub selection required for ${of}`;
      report(context, 'SubSelectionRequired', words, node, namesAround(node, parent, ancestors));
    }
    return undefined;
  },
});
