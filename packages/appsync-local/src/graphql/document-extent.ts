import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { RequestRefused } from '../auth/caller.ts';
import { MAX_NESTING } from '../ground/nesting.ts';

/** Selections that the operations of a document may expand to; 15,000 tokens without fragments give a third of that. */
const MAX_SELECTIONS = 50_000;
/** Characters in the paths of all those fields, as in `ctx.info.selectionSetList`. */
const MAX_PATHS_LENGTH = 10_000_000;

/**
 * Fields of introspection in a document. Each is answered for every member of every type: two full copies of the schema make a
 * megabyte or more. The query of GraphiQL and of code generators has about 200.
 */
const MAX_INTROSPECTED = 500;
/**
 * Nested lists of a type's members in introspection: `fields { type { fields … } }`. graphql-js has the same limit
 * (MaxIntrospectionDepthRule); without one, 600 characters ask for 30 MB.
 */
const MAX_INTROSPECTED_LISTS = 2;
const INTROSPECTED_LISTS = new Set(['fields', 'inputFields', 'interfaces', 'possibleTypes']);

/** The size of a selection with its fragments expanded. */
interface Extent {
  levels: number;
  selections: number;
  /** Of the paths, measured from this level down. */
  pathsLength: number;
  /** Fields below `__schema` and `__type`. */
  introspected: number;
  /** Nesting depth of INTROSPECTED_LISTS. */
  lists: number;
}

const NOTHING: Extent = { levels: 0, selections: 0, pathsLength: 0, introspected: 0, lists: 0 };

/**
 * Refuses documents that are short but large once their fragments are expanded, and those that are nested too deeply: a few
 * kilobytes could keep the code that walks them busy for hours. Looks at each part of the document once.
 *
 * @throws RequestRefused 400 `BadRequestException`; AppSync's answer to these is unknown
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
  if (total.introspected > MAX_INTROSPECTED) {
    throw refused(
      `The document selects more than ${MAX_INTROSPECTED} fields of introspection, with its fragments expanded.`,
    );
  }
}

const fragmentsOf = ({ definitions }: DocumentNode): Map<string, FragmentDefinitionNode> =>
  new Map(
    definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );

const refused = (message: string): RequestRefused => new RequestRefused(400, 'BadRequestException', message);

const tooDeep = (): RequestRefused =>
  refused(`The document is nested more than ${MAX_NESTING} levels deep, with its fragments expanded.`);

const tooMany = (): RequestRefused =>
  refused(`The document selects more than ${MAX_SELECTIONS} fields, with its fragments expanded.`);

/** Nodes per level: a selection set and a field, or an object and its field. */
const NODES_OF_A_LEVEL = 2;

/** Checks the document as written, including values and types. */
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
        return {
          ...around,
          ...introspection(selection.name.value, below),
          pathsLength: below.pathsLength + own * around.selections,
        };
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
      // A fragment cycle adds nothing; validation refuses it.
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

/** The `lists` of other fields are never read. */
function introspection(field: string, below: Extent): Pick<Extent, 'introspected' | 'lists'> {
  if (field !== '__schema' && field !== '__type') {
    const lists = below.lists + (INTROSPECTED_LISTS.has(field) ? 1 : 0);
    return { introspected: below.introspected, lists };
  }
  if (below.lists > MAX_INTROSPECTED_LISTS) {
    throw refused(`The document nests more than ${MAX_INTROSPECTED_LISTS} lists of a type's members.`);
  }
  return { introspected: below.selections, lists: 0 };
}

const within = (extent: Extent): Extent => ({
  ...extent,
  levels: extent.levels + 1,
  selections: extent.selections + 1,
});

const plus = (a: Extent, b: Extent): Extent => ({
  levels: Math.max(a.levels, b.levels),
  selections: a.selections + b.selections,
  pathsLength: a.pathsLength + b.pathsLength,
  introspected: a.introspected + b.introspected,
  lists: Math.max(a.lists, b.lists),
});
