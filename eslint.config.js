import appsync from '@aws-appsync/eslint-plugin';
import imports from 'eslint-plugin-import';
import tseslint from 'typescript-eslint';
import { SHARED_WITH_PAGE } from './packages/appsync-local/build/shared-with-page.mjs';

/** What APPSYNC_JS lacks and the AppSync plugin does not report (AppSync developer guide, "Supported runtime features"). */
const missingFromAppSyncJs = [
  ['ThrowStatement', 'APPSYNC_JS has no throw: use util.error().'],
  ['NewExpression', 'APPSYNC_JS has no new.'],
  ['TaggedTemplateExpression', 'APPSYNC_JS knows no tagged template but sql.'],
  ['ImportExpression', 'APPSYNC_JS has no dynamic import.'],
  ['TSEnumDeclaration', 'An enum becomes code that APPSYNC_JS refuses: use a union type.'],
  ['DebuggerStatement', 'APPSYNC_JS has no debugger.'],
  ['BigIntLiteral', 'APPSYNC_JS has no BigInt.'],
].map(([selector, message]) => ({ selector, message }));

/**
 * What AppSync was seen to do otherwise than JavaScript says, and what nobody has reported on (packages/appsync-local/docs/testing-resolvers.md, "Where AppSync
 * differs from JavaScript"). A resolver does without, so that it means the same both ways.
 */
const ambiguousInAppSyncJs = [
  [
    'BinaryExpression[operator=/^[!=]==?$/] > Identifier[name="undefined"]',
    'In AppSync undefined === null: use isGiven(value), or hasMember(input, name) to ask for presence.',
  ],
  [
    'BinaryExpression[operator=/^[!=]==$/] > Literal[raw="null"]',
    'In AppSync undefined === null: use isGiven(value).',
  ],
  [
    'Literal[value="undefined"]',
    'Nobody has said what typeof is for a missing value in AppSync: use isGiven(value).',
  ],
  ['UnaryExpression[operator="void"]', 'In AppSync undefined === null: write null.'],
  [
    'LogicalExpression[operator="??"]:not([right.type=/^(Literal|Identifier)$/]):not([right.elements.length=0]):not([right.properties.length=0])',
    'AppSync evaluates the right side of ?? always: use a constant or a variable there, or a ? b : c, or ||.',
  ],
  [
    ':not(ExpressionStatement) > AssignmentExpression[operator!="="]',
    "AppSync returns '' for text += 'b': make it a statement of its own.",
  ],
  ['AssignmentExpression[operator=/^(\\?\\?|\\|\\||&&)=$/]', 'AppSync does not take ??=: write a = a ?? b.'],
  [
    'SwitchStatement > ChainExpression.discriminant',
    'AppSync takes the default for switch (a?.b): put a?.b into a variable.',
  ],
  [
    'SwitchCase > :matches(Literal[raw="null"], Identifier[name="undefined"]).test',
    'Nobody has said whether null and undefined are the same to switch in AppSync: use isGiven(value).',
  ],
  ['AssignmentPattern', 'Nobody has said whether a default stands in for null in AppSync: use a ?? b.'],
  [
    'CallExpression[callee.property.name=/^(includes|indexOf|lastIndexOf)$/] > :matches(Literal[raw="null"], Identifier[name="undefined"])',
    'Nobody has said whether null and undefined are the same to this method in AppSync: use isGiven(value).',
  ],
  [
    'CallExpression[callee.property.name="earlyReturn"]:not([arguments.0.type=/^(Object|Array)Expression$/])',
    'AppSync was seen to fail in runtime.earlyReturn(null): return {} and keep what counts in ctx.stash.',
  ],
].map(([selector, message]) => ({ selector, message }));

/** House style: a function with a body of statements is declared. */
const declaredFunctions = [
  {
    selector:
      ':matches(Program, ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator:not([id.typeAnnotation]) > ArrowFunctionExpression[body.type="BlockStatement"]',
    message: 'Declare it: function name() { … }. Arrows are for callbacks and one-line constants.',
  },
];

/** So that no error can show an item that nobody has asked about (docs/security.md, "The API"). */
const whatErrorsShow = [
  [
    'CallExpression[callee.object.name="util"][callee.property.name=/^(error|appendError)$/] > :nth-child(3):not(Literal[raw="null"])',
    'What an error shows of items goes through raise(refusal(…)), whose data only readableBy(caller, item) makes.',
  ],
  [
    'TSAsExpression TSTypeReference[typeName.name=/^(ReadableItem|Shown)$/]',
    'readableBy(caller, item) makes a ReadableItem: a cast would not ask whether the caller may see it.',
  ],
].map(([selector, message]) => ({ selector, message }));

/** The folders of the emulator's sources, lowest first, each with the folders whose files it may import: all of them further up in this list. */
const ROOMS = Object.entries({
  ground: [],
  watch: ['ground'],
  template: ['ground'],
  trace: ['ground'],
  iam: ['ground', 'template'],
  auth: ['ground', 'template'],
  database: ['ground', 'template'],
  events: ['ground', 'template'],
  lambda: ['ground', 'template'],
  runtime: ['ground', 'template'],
  snapshots: ['ground', 'database'],
  streams: ['ground', 'template'],
  evaluation: ['ground', 'runtime'],
  'data-sources': ['ground', 'template', 'trace', 'iam', 'database', 'events', 'lambda', 'runtime'],
  graphql: ['ground', 'template', 'trace', 'auth', 'runtime'],
  resolver: ['ground', 'template', 'trace', 'runtime', 'data-sources'],
  realtime: ['ground', 'trace', 'auth', 'graphql'],
  http: ['ground', 'trace', 'auth', 'runtime', 'evaluation', 'graphql'],
  recorder: ['ground', 'template', 'trace', 'auth', 'http'],
  logs: ['ground', 'http', 'recorder'],
  functions: ['ground', 'template', 'trace', 'lambda', 'runtime', 'http', 'recorder', 'logs'],
  data: ['ground', 'template', 'auth', 'database', 'http'],
  'sign-in': ['ground', 'template', 'auth', 'http'],
  console: ['ground', 'template', 'http', ...SHARED_WITH_PAGE],
  api: ['ground', 'template', 'trace', 'auth', 'runtime', 'data-sources', 'graphql', 'resolver'],
});
/** The folders of the console's page, lowest first, as above. A room of the page imports no other room. */
const PAGE = './packages/appsync-local/src/console/page';
const PAGE_FOLDERS = Object.entries({
  ground: [],
  api: ['ground'],
  parts: ['ground', 'api'],
  'rooms/query': ['ground', 'api', 'parts'],
  'rooms/requests': ['ground', 'api', 'parts'],
  'rooms/changes': ['ground', 'api', 'parts'],
  'rooms/data': ['ground', 'api', 'parts'],
  'rooms/functions': ['ground', 'api', 'parts'],
  frame: ['ground', 'api', 'parts'],
});
const ALL_ROOMS = [
  ...ROOMS,
  ['start', ROOMS.map(([room]) => room)],
  [
    'cli',
    ['ground', 'template', 'snapshots', 'recorder', 'logs', 'lambda', 'runtime', 'data-sources', 'start'],
  ],
  ['library', ['ground', 'template', 'runtime', 'data-sources', 'http', 'start', 'cli']],
];

/** A room gets what it needs handed over; only start/ introduces rooms to each other. */
const downhill = {
  zones: [
    {
      target: './packages/appsync-local/src',
      from: '.',
      except: ['./packages/appsync-local/src', './node_modules'],
    },
    {
      target: './packages/appsync-local',
      from: [
        './schema',
        './resolvers',
        './functions',
        './infra',
        './transfer', // part: transfer
        './packages/live-items', // part: live-items
        './examples',
      ],
    },
    // An app of the examples is what another team would have: its own files, packages, and what the examples' tests share.
    ...['todo', 'chat', 'shop', 'ledger', 'links', 'sam-notes'].map((name) => ({
      target: `./examples/${name}`,
      from: '.',
      except: [`./examples/${name}`, './examples/harness', './node_modules'],
    })),
    { target: './examples/harness', from: '.', except: ['./examples/harness', './node_modules'] },
    // part: web-examples
    // A front end has nothing of this repository but the types that are generated for it.
    ...['amplify', 'apollo', 'fetch', 'live-items', 'urql'].map((name) => ({
      target: `./examples/web-${name}`,
      from: '.',
      except: [
        `./examples/web-${name}`,
        './examples/web',
        './schema/generated/front-end',
        './packages/live-items',
        './node_modules',
      ],
    })),
    {
      target: './examples/web',
      from: '.',
      except: ['./examples/web', './schema/generated/front-end', './node_modules'],
    },
    // end: web-examples
    // part: demo
    {
      target: './examples/demo',
      from: '.',
      except: ['./examples/demo', './schema', './transfer/seed', './node_modules'],
    },
    // end: demo
    { target: './model', from: '.', except: ['./model'] },
    { target: ['./model/*.ts', './model/plain', './resolvers'], from: './model/kinds' }, // part: validated-items
    { target: ['./model/*.ts', './resolvers'], from: './model/plain' },
    { target: ['./model/*.ts', './model/kinds', './model/plain', './resolvers'], from: './model/query' }, // part: live-items
    { target: './schema', from: '.', except: ['./schema', './model', './node_modules'] },
    {
      target: './resolvers',
      from: '.',
      except: ['./resolvers', './schema', './model', './node_modules'],
    },
    { target: './functions', from: '.', except: ['./functions', './schema', './model', './node_modules'] },
    // part: eject
    {
      target: './scripts',
      from: '.',
      except: ['./scripts', './schema/command-line.ts', './node_modules'],
    },
    // end: eject
    // part: transfer
    {
      target: './transfer',
      from: ['./resolvers', './infra', './bench', './tests', './examples'],
    },
    { target: './transfer', from: './functions', except: ['./silent-logger.ts'] },
    // end: transfer
    { target: './infra', from: ['./packages', './tests', './examples', './deploy', './proof'] },
    {
      target: './proof',
      from: '.',
      except: [
        './proof',
        './infra',
        './deploy/assembly.ts',
        './schema/command-line.ts',
        './schema/formatted.ts',
        './node_modules',
      ],
    },
    {
      target: './deploy',
      from: '.',
      except: [
        './deploy',
        // What a stage is called and which settings it has; deployments check them before the synth.
        ...['mistake', 'settings', 'sign-in-urls', 'stage-settings'].map((name) => `./infra/${name}.ts`),
        './schema/command-line.ts',
        './schema/generated/operations.ts',
        './docs/prices.json', // part: costs
        './transfer', // part: transfer
        './node_modules',
      ],
    },
    { target: './deploy/gate', from: './deploy', except: ['./gate', './deploy-failure.ts'] },
    // part: live-items
    {
      target: './packages/live-items/src',
      from: '.',
      except: ['./packages/live-items/src', './node_modules/react', './node_modules/@types/react', './model'],
    },
    { target: './packages/live-items/src/*.ts', from: './packages/live-items/src/react' },
    // end: live-items
    ...ALL_ROOMS.map(([room, below]) => ({
      target: `./packages/appsync-local/src/${room}`,
      from: './packages/appsync-local/src',
      except: [room, ...below].map((each) => `./${each}`),
    })),
    ...PAGE_FOLDERS.map(([folder, below]) => ({
      target: `${PAGE}/${folder}`,
      from: PAGE,
      except: [folder, ...below].map((each) => `./${each}`),
    })),
    {
      target: PAGE,
      from: './packages/appsync-local/src',
      except: ['console/page', ...SHARED_WITH_PAGE].map((each) => `./${each}`),
    },
  ].map((zone) => ({ ...zone, message: 'Imports run downhill: have start/ hand it over.' })),
};

export default tseslint.config(
  {
    ignores: [
      'node_modules/**',
      'cdk.out/**',
      '.local/**',
      'coverage/**',
      'schema/generated/**',
      '**/*.js',
      '**/*.mjs',
    ],
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommended],
    plugins: { import: imports },
    rules: {
      'import/no-default-export': 'error',
      'import/first': 'error',
      curly: ['error', 'all'],
      'func-style': ['error', 'declaration', { allowArrowFunctions: true }],
      'no-restricted-syntax': ['error', ...declaredFunctions],
      'import/no-restricted-paths': ['error', { zones: downhill.zones }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 400, skipComments: true, skipBlankLines: true }],
    },
    settings: {
      'import/extensions': ['.ts', '.tsx'],
      'import/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js', '.mjs'] } },
    },
  },
  { files: ['**/*.config.ts', '*.config.js'], rules: { 'import/no-default-export': 'off' } },
  {
    // Resolvers bundle the model.
    files: ['resolvers/**/*.ts', 'model/**/*.ts'],
    // What kinds and clients need runs in Node.js and browsers alone.
    ignores: [
      '**/*.d.ts',
      'model/kinds/**', // part: validated-items
      'model/plain/**',
      'model/query/**', // part: live-items
    ],
    extends: [appsync.configs.recommended],
    languageOptions: {
      parserOptions: {
        project: ['./resolvers/tsconfig.json', './model/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'no-restricted-syntax': [
        'error',
        ...declaredFunctions,
        ...missingFromAppSyncJs,
        ...ambiguousInAppSyncJs,
        ...whatErrorsShow,
      ],
    },
  },
  {
    // Where it is asked, and where it is raised.
    files: ['model/permissions.ts', 'resolvers/shared/raise.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...declaredFunctions,
        ...missingFromAppSyncJs,
        ...ambiguousInAppSyncJs,
      ],
    },
  },
  // part: live-items
  {
    // It runs in browsers, in React Native and in other people's back ends, and brings nothing along but itself.
    files: ['packages/live-items/src/**/*.ts'],
    ignores: ['packages/live-items/src/react/**'], // React's own, which brings React.
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(?!\\.)',
              message: 'The client depends on nothing but the rules of model/, which its build takes in.',
            },
          ],
        },
      ],
    },
  },
  // end: live-items
);
