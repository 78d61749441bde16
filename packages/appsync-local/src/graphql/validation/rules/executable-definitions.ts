import { type ASTVisitor, isExecutableDefinitionNode, type ValidationContext } from 'graphql';
import { report } from '../report.ts';

/** A document contains only operations and fragments. */
export const executableDefinitions = (context: ValidationContext): ASTVisitor => ({
  Document({ definitions }) {
    for (const definition of definitions) {
      if (!isExecutableDefinitionNode(definition)) {
        const name = 'name' in definition && definition.name ? definition.name.value : 'schema';
        report(context, 'NonExecutableDefinition', `The ${name} definition is not executable.`, definition);
      }
    }
  },
});
