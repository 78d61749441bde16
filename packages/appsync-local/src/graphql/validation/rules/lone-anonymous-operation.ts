import type { ASTVisitor, ValidationContext } from 'graphql';
import { report } from '../report.ts';

/** An operation without a name is the only one. */
export function loneAnonymousOperation(context: ValidationContext): ASTVisitor {
  let count = 0;
  let anonymous = false;
  return {
    OperationDefinition(node) {
      if (!node.name && count > 0) {
        const words = 'Anonymous operation with other operations.';
        report(context, 'LoneAnonymousOperationViolation', words, node);
      } else if (node.name && anonymous) {
        const words = `Operation ${node.name.value} is following anonymous operation`;
        report(context, 'LoneAnonymousOperationViolation', words, node);
      }
      anonymous ||= !node.name;
      count += 1;
      return undefined;
    },
  };
}
