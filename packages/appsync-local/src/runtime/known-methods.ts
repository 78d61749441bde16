/** The kind of evidence that AppSync has a method; methods without evidence are not listed. */
type Evidence = 'documented' | 'observed' | 'inferred';

interface Methods {
  evidence: Evidence;
  /** Where AWS says or shows so. */
  source: string;
  names: readonly string[];
}

const GUIDE = 'AppSync developer guide, supported-features';

/**
 * Methods that AppSync's linter does not deny, though it denies every other method of lists, objects and strings that the guide
 * leaves out. Two of those it lets pass, `includes` and `substring`, were seen to work.
 */
const NOT_DENIED = '@aws-appsync/eslint-plugin 2.0.2, no-disallowed-methods';

/**
 * The methods of APPSYNC_JS, by their owners. A method that is not listed is refused or undefined. Whether AppSync has `match`,
 * `normalize`, `toFixed`, `Math.abs` and the rest of Math and Number is unknown (docs/facts/runtime.md#methods-unknown).
 */
export const METHODS: Record<string, readonly Methods[]> = {
  'String.prototype': [
    {
      evidence: 'documented',
      source: GUIDE,
      names: [
        ...['length', 'charAt', 'concat', 'endsWith', 'indexOf', 'lastIndexOf', 'replace', 'replaceAll'],
        ...['slice', 'split', 'startsWith', 'toLowerCase', 'toUpperCase', 'trim', 'trimEnd', 'trimStart'],
      ],
    },
    { evidence: 'observed', source: 'aws/aws-appsync-community#279', names: ['includes'] },
    {
      evidence: 'observed',
      source: 'aws-samples/aws-appsync-resolver-samples, all-items-today.js',
      names: ['substring'],
    },
    { evidence: 'inferred', source: NOT_DENIED, names: ['at', 'codePointAt', 'substr', 'toString'] },
  ],
  'Array.prototype': [
    {
      evidence: 'documented',
      source: GUIDE,
      names: [
        ...['length', 'concat', 'fill', 'flat', 'indexOf', 'join', 'lastIndexOf', 'pop', 'push', 'reverse'],
        ...['shift', 'slice', 'sort', 'splice', 'unshift', 'forEach', 'map', 'flatMap', 'filter', 'reduce'],
        ...['reduceRight', 'find', 'some', 'every', 'findIndex', 'findLast', 'findLastIndex'],
      ],
    },
    { evidence: 'observed', source: 'aws/aws-appsync-community#279', names: ['includes'] },
    { evidence: 'inferred', source: NOT_DENIED, names: ['at'] },
  ],
  Object: [
    { evidence: 'documented', source: GUIDE, names: ['assign', 'entries', 'hasOwn', 'keys', 'values'] },
    { evidence: 'inferred', source: NOT_DENIED, names: ['fromEntries'] },
  ],
  Array: [
    {
      evidence: 'observed',
      source: 'localstack/localstack, test_appsync.py (run on AWS)',
      names: ['isArray'],
    },
  ],
  Number: [{ evidence: 'documented', source: GUIDE, names: ['isFinite', 'isNaN'] }],
  Math: [
    { evidence: 'documented', source: GUIDE, names: ['random', 'min', 'max', 'round', 'floor', 'ceil'] },
  ],
  JSON: [{ evidence: 'documented', source: GUIDE, names: ['parse', 'stringify'] }],
  console: [
    { evidence: 'documented', source: GUIDE, names: ['log', 'error'] },
    { evidence: 'documented', source: 'AppSync developer guide, monitoring', names: ['debug'] },
  ],
};

/** The names alone. */
export const METHOD_NAMES: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(METHODS).map(([owner, methods]) => [owner, methods.flatMap(({ names }) => names)]),
);
