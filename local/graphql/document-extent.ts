import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { RequestRefused } from '../auth/caller.ts';
import { MAX_NESTING } from '../nesting.ts';

/** Fields, and fragments around them, that the operations of a document may come to; without any fragment 15,000 tokens say a third. */
const MAX_SELECTIONS = 50_000;
/** Characters of the paths of all those fields, as `ctx.info.selectionSetList` has them. */
const MAX_PATHS_LENGTH = 10_000_000;

/** What a selection comes to with its fragments written out. */
interface Extent {
  levels: number;
  selections: number;
  /** Of the paths from here on. */
  pathsLength: number;
}

const NOTHING: Extent = { levels: 0, selections: 0, pathsLength: 0 };

/**
 * Refuses documents that are small themselves and large with their fragments written out, and those that are nested too deeply: a few
 * kilobytes would keep whoever walks them busy for hours. Looks at each part of the document once.
 *
 * @throws RequestRefused 400 `BadRequestException`; what AppSync says to these is not known
 */
export function checkExtent(document: DocumentNode): void {
  checkNesting(document);
  const measure = measureWith(fragmentsOf(document));
  const total = document.definitions.reduce(
    (sum, definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? plus(sum, measure(definition.selectionSet, 1)) : sum,
    NOTHING,
  );
  if (total.selections > MAX_SELECTIONS || total.pathsLength > MAX_PATHS_LENGTH) {
    throw tooMany();
  }
}

const fragmentsOf = ({ definitions }: DocumentNode): Map<string, FragmentDefinitionNode> =>
  new Map(
    definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );

const tooDeep = (): RequestRefused =>
  new RequestRefused(
    400,
    'BadRequestException',
    `The document is nested more than ${MAX_NESTING} levels deep, its fragments written out.`,
  );

const tooMany = (): RequestRefused =>
  new RequestRefused(
    400,
    'BadRequestException',
    `The document selects more than ${MAX_SELECTIONS} fields, its fragments written out.`,
  );

/** Nodes around a level: a selection set and a field, an object and its field. */
const NODES_OF_A_LEVEL = 2;

/** Of what is written, values and types included. */
function checkNesting(document: DocumentNode): void {
  let around = 0;
  visit(document, {
    enter() {
      around += 1;
      if (around > MAX_NESTING * NODES_OF_A_LEVEL) {
        throw tooDeep();
      }
    },
    leave() {
      around -= 1;
    },
  });
}

function measureWith(
  fragments: Map<string, FragmentDefinitionNode>,
): (set: SelectionSetNode, level: number) => Extent {
  const known = new Map<string, Extent>();

  const ofSet = ({ selections }: SelectionSetNode, level: number): Extent => {
    if (level > MAX_NESTING) {
      throw tooDeep();
    }
    return selections.reduce((sum, selection) => plus(sum, ofSelection(selection, level)), NOTHING);
  };

  const ofSelection = (selection: SelectionNode, level: number): Extent => {
    switch (selection.kind) {
      case Kind.FIELD: {
        const own = (selection.alias ?? selection.name).value.length + 1;
        const below = selection.selectionSet ? ofSet(selection.selectionSet, level + 1) : NOTHING;
        const around = within(below);
        return { ...around, pathsLength: below.pathsLength + own * around.selections };
      }
      case Kind.INLINE_FRAGMENT:
        return within(ofSet(selection.selectionSet, level + 1));
      case Kind.FRAGMENT_SPREAD:
        return ofFragment(selection.name.value, level);
    }
  };

  const ofFragment = (name: string, level: number): Extent => {
    const fragment = fragments.get(name);
    let extent = known.get(name);
    if (fragment && !extent) {
      // One that comes back to itself adds nothing there; validation refuses it.
      known.set(name, NOTHING);
      extent = within(ofSet(fragment.selectionSet, level + 1));
      known.set(name, extent);
    }
    if (extent && level + extent.levels > MAX_NESTING) {
      throw tooDeep();
    }
    return extent ?? NOTHING;
  };

  return ofSet;
}

const within = ({ levels, selections, pathsLength }: Extent): Extent => ({
  levels: levels + 1,
  selections: selections + 1,
  pathsLength,
});

const plus = (a: Extent, b: Extent): Extent => ({
  levels: Math.max(a.levels, b.levels),
  selections: a.selections + b.selections,
  pathsLength: a.pathsLength + b.pathsLength,
});
