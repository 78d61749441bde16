import {
  type ASTVisitor,
  type FieldNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isWrappingType,
  Kind,
  print,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';
import { RequestRefused } from '../../../auth/caller.ts';
import { namesAround, report } from '../report.ts';
import { nameOfType } from '../type-text.ts';

/** A selected field with its place and text. */
interface Selected {
  node: FieldNode;
  type: GraphQLType | undefined;
  parent: GraphQLNamedType | undefined;
  /** The text of the field on its parent: equal texts never conflict. */
  text: string;
}

interface Conflict {
  reason: string;
  nodes: FieldNode[];
}

/** Comparisons of two fields, and fields collected for them; this many take about a second. */
const MAX_WORK = 200_000;

/** The work that a document has left. */
class Work {
  #left = MAX_WORK;

  /** @throws RequestRefused 400 `BadRequestException`, since fields of one name are compared pairwise */
  spend(): void {
    this.#left -= 1;
    if (this.#left < 0) {
      const message = 'The document selects too many different fields under the same names to compare them.';
      throw new RequestRefused(400, 'BadRequestException', message);
    }
  }
}

/** By response name, then by text. */
type Groups = Map<string, Map<string, Selected>>;

/** Fields with one response name are one field with the same arguments (GraphQL specification 5.3.2). */
export function overlappingFieldsCanBeMerged(context: ValidationContext): ASTVisitor {
  const work = new Work();
  const compared = new WeakMap<FieldNode, WeakSet<FieldNode>>();

  const firstTime = (a: FieldNode, b: FieldNode): boolean => {
    if (compared.get(a)?.has(b) || compared.get(b)?.has(a)) {
      return false;
    }
    compared.set(a, (compared.get(a) ?? new WeakSet()).add(b));
    return true;
  };

  /** Yields conflicts one by one, since only the first hundred errors are reported. */
  function* conflictsOf(groups: Groups): Generator<Conflict> {
    for (const [name, group] of groups) {
      const fields = [...group.values()];
      for (const [index, a] of fields.entries()) {
        for (let other = index + 1; other < fields.length; other += 1) {
          const conflict = conflictOf(name, a, fields[other]!);
          if (conflict) {
            yield conflict;
          }
        }
      }
    }
  }

  const conflictOf = (name: string, a: Selected, b: Selected): Conflict | null => {
    work.spend();
    if (!firstTime(a.node, b.node)) {
      return null;
    }
    const reason = shapeConflict(a.type, b.type) ?? (canBothApply(a, b) ? fieldConflict(a, b) : null);
    if (reason !== null) {
      return { reason: `${name}: ${reason}`, nodes: [a.node, b.node] };
    }
    const below = [...conflictsOf(collect(context, [a, b], work))];
    return below.length > 0
      ? {
          reason: `${name}: (${below.map((one) => one.reason).join(', ')})`,
          nodes: [a.node, b.node, ...below.flatMap(({ nodes }) => nodes)],
        }
      : null;
  };

  return {
    SelectionSet: {
      leave(node, _key, parent, _path, ancestors) {
        const groups: Groups = new Map();
        collectInto(context, groups, node, context.getParentType() ?? undefined, new Set(), work);
        for (const { reason, nodes } of conflictsOf(groups)) {
          report(context, 'FieldsConflict', reason, nodes, namesAround(node, parent, ancestors));
        }
      },
    },
  };
}

function shapeConflict(typeA: GraphQLType | undefined, typeB: GraphQLType | undefined): string | null {
  let [a, b] = [typeA, typeB];
  while (a && b && (isWrappingType(a) || isWrappingType(b))) {
    if (isNonNullType(a) !== isNonNullType(b)) {
      return 'fields have different nullability shapes';
    }
    if (isListType(a) !== isListType(b)) {
      return 'fields have different list shapes';
    }
    a = isWrappingType(a) ? a.ofType : a;
    b = isWrappingType(b) ? b.ofType : b;
  }
  return a && b && a !== b && (isLeafType(a) || isLeafType(b)) ? differing(a, b) : null;
}

const differing = (a: GraphQLType, b: GraphQLType): string =>
  `they return differing types ${nameOfType(a)} and ${nameOfType(b)}`;

/** Two different object types never apply to the same object. */
const canBothApply = ({ parent: a }: Selected, { parent: b }: Selected): boolean =>
  a === b || !isObjectType(a) || !isObjectType(b);

function fieldConflict(a: Selected, b: Selected): string | null {
  const [nameA, nameB] = [a.node.name.value, b.node.name.value];
  if (nameA !== nameB) {
    return `${nameA} and ${nameB} are different fields`;
  }
  const [typeA, typeB] = [a.type && getNamedType(a.type), b.type && getNamedType(b.type)];
  if (typeA && typeB && typeA !== typeB) {
    return differing(typeA, typeB);
  }
  return argumentsText(a.node) === argumentsText(b.node) ? null : 'they have differing arguments';
}

const argumentsText = ({ arguments: given = [] }: FieldNode): string =>
  given
    .map((argument) => print(argument))
    .sort()
    .join();

function collect(context: ValidationContext, fields: Selected[], work: Work): Groups {
  const groups: Groups = new Map();
  const spread = new Set<string>();
  if (fields.every(({ node }) => node.selectionSet)) {
    for (const { node, type } of fields) {
      collectInto(context, groups, node.selectionSet!, type && getNamedType(type), spread, work);
    }
  }
  return groups;
}

function collectInto(
  context: ValidationContext,
  groups: Groups,
  { selections }: SelectionSetNode,
  parent: GraphQLNamedType | undefined,
  spread: Set<string>,
  work: Work,
): void {
  for (const selection of selections) {
    work.spend();
    if (selection.kind === Kind.FIELD) {
      add(groups, selected(selection, parent));
      continue;
    }
    const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
    const fragment = isSpread ? context.getFragment(selection.name.value) : selection;
    if (!fragment || (isSpread && spread.has(selection.name.value))) {
      continue;
    }
    if (isSpread) {
      spread.add(selection.name.value);
    }
    const condition = fragment.typeCondition;
    const type = condition ? context.getSchema().getType(condition.name.value) : parent;
    collectInto(context, groups, fragment.selectionSet, type, spread, work);
  }
}

function selected(node: FieldNode, parent: GraphQLNamedType | undefined): Selected {
  const fields = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : {};
  const own = node.loc ? node.loc.source.body.slice(node.loc.start, node.loc.end) : print(node);
  return { node, type: fields[node.name.value]?.type, parent, text: `${parent?.name} ${own}` };
}

function add(groups: Groups, field: Selected): void {
  const name = (field.node.alias ?? field.node.name).value;
  const group = groups.get(name) ?? new Map<string, Selected>();
  groups.set(name, group);
  if (!group.has(field.text)) {
    group.set(field.text, field);
  }
}
