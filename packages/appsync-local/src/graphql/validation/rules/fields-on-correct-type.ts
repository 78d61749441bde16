import type { ASTVisitor, ValidationContext } from 'graphql';
import { isNewerThanAppSync } from '../newer-introspection.ts';
import { namesAround, report } from '../report.ts';

/**
 * Fields exist on their type. Without introspection `__schema` and `__type` do not exist (the behaviour is documented, the
 * wording is that for any unknown field).
 */
export const fieldsOnCorrectType =
  (introspectionEnabled: boolean) =>
  (context: ValidationContext): ASTVisitor => ({
    Field(node, _key, parent, _path, ancestors) {
      const type = context.getParentType();
      const name = node.name.value;
      if (!type) {
        return undefined;
      }
      const hidden = !introspectionEnabled && (name === '__schema' || name === '__type');
      if (!context.getFieldDef() || hidden || isNewerThanAppSync(type.name, name)) {
        report(
          context,
          'FieldUndefined',
          `Field '${name}' in type '${type.name}' is undefined`,
          node,
          namesAround(node, parent, ancestors),
        );
      }
      return undefined;
    },
  });
