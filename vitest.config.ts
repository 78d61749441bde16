import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { failForLeftFiles } from './tests/harness/left-behind.ts';
import { ownTemporaryFolder } from './tests/harness/own-temporary-folder.ts';

if (process.env.API_ENV_FILE) {
  process.loadEnvFile(process.env.API_ENV_FILE);
}
if (!process.env.API_URL) {
  // A profile or region of whoever runs the tests would stand in for those that tests set. A deployed API is called with them.
  for (const name of Object.keys(process.env).filter((one) => /^(?:AWS|CDK_DEFAULT)_/.test(one))) {
    delete process.env[name];
  }
}

ownTemporaryFolder('tests', failForLeftFiles);

// The SDK's advice about this machine's Node.js says nothing about what is tested.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** Only to end what hangs: a busy machine takes ten times as long as an idle one. */
const patience = {
  testTimeout: 90_000,
  hookTimeout: 240_000,
  expect: { poll: { timeout: 60_000 } },
};

/** Files of one project share a process and the modules it has loaded; loading them anew took half of each file's time. */
const TOGETHER = { isolate: false };
/** The packages mean their sources here; their own tests are given what is packed. `module` is for bundlers: Node.js knows no such condition. */
const SOURCES = [
  '@appsync-local/source',
  '@live-items/source', // part: live-items
];
const conditions = [...SOURCES, ...defaultServerConditions.filter((name) => name !== 'module')];
const ofSources = { ssr: { resolve: { conditions } } };

/** `--mode whole`: what `npm test` leaves to jobs of their own in .github/workflows/ci.yml is run, too. */
const WHOLE = 'whole';

interface ApiOptions {
  /** Files of `tests/api` that `npm test` does not run against this target. */
  leftOut?: string[];
  globalSetup?: string;
  env?: Record<string, string>;
}

/** The contract suite is written once; each project runs it against another target. */
const api = (target: string, { leftOut = [], ...more }: ApiOptions = {}) => ({
  ...ofSources,
  test: {
    name: `api (${target})`,
    include: ['tests/api/**/*.test.ts'],
    exclude: leftOut.map((file) => `tests/api/${file}.test.ts`),
    setupFiles: ['tests/api/harness/each-file.ts'],
    ...patience,
    ...TOGETHER,
    ...more,
  },
});

/**
 * What a port adds is bytes, headers, sockets, sizes and tokens. These files ask about rules that resolvers and the function keep; they get
 * the same request whichever way it came, and the run in memory asks them all.
 */
const NOT_OF_A_PORT = [
  'expiry',
  'filters',
  'members',
  'numbers',
  'pages',
  'partial-mutations',
  'permissions',
  'put-items',
  'references',
  'update-item',
];

/** What the reading of JavaScript decides is the code of resolvers. These files ask about what is before and behind it. */
const NOT_OF_A_READING = [
  'bad-requests',
  'change-feed',
  'expiry',
  'hostile-input',
  'large-items',
  'pages',
  'subscriptions',
  'validated-items',
];

/** Against the API that the environment names (docs/contract-suite.md), or else against local servers. */
const contract = (isWhole: boolean) =>
  process.env.API_URL
    ? [api('deployed', { globalSetup: 'packages/appsync-local/tests/harness/deployed-setup.ts' })]
    : [
        api('memory', { globalSetup: 'tests/api/harness/grants-setup.ts' }),
        api('port', {
          globalSetup: 'packages/appsync-local/tests/harness/port-setup.ts',
          leftOut: isWhole ? [] : NOT_OF_A_PORT,
        }),
        // The resolvers keep their promises in both readings of JavaScript (docs/adr/0024). What a port adds is the same in both.
        api('plain JavaScript', {
          env: { API_JAVASCRIPT: 'plain' },
          leftOut: isWhole ? [] : NOT_OF_A_READING,
        }),
      ];

const project = (name: string, ...folders: string[]) => ({
  ...ofSources,
  test: { name, include: folders.map((folder) => `${folder}/**/*.test.ts`), ...patience, ...TOGETHER },
});

const EMULATOR = 'packages/appsync-local/tests';
/** What is packed is tested by a project of its own. */
const PACKED = 'packages/*/tests/package';

/** Vite finds GraphQL's ES module, Node.js its CommonJS; what compares schemas must get the same one as ours. */
const infra = project('infra', 'tests/infra');
const ONE_GRAPHQL = { server: { deps: { inline: ['@graphql-inspector/core'] } } };

const unit = project(
  'unit',
  'tests/unit',
  `${EMULATOR}/unit`,
  `${EMULATOR}/harness`,
  'tests/harness',
  'packages/live-items/tests', // part: live-items
);
const docs = project('docs', 'tests/docs');
/** For the programs of the pages, which Node.js runs. */
const NODE_OPTIONS = SOURCES.map((condition) => `--conditions=${condition}`).join(' ');

/** Tests of resolvers bundle them instead of importing them, so Vitest has to be told what to run again. */
const resolverTests = (): string[] =>
  readdirSync('tests/unit/resolvers', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `tests/unit/resolvers/${file}`);

const projectsOf = (isWhole: boolean) => [
  // First: the copies that `adopter` makes take with them what these have made of code.
  ...contract(isWhole),
  // Early: each of its files takes minutes, and would keep a run waiting at its end.
  project('adopter', 'tests/adopter'),
  project('torture', 'tests/torture'), // part: torture
  project('conformance', `${EMULATOR}/conformance`),
  project('server', 'tests/server', `${EMULATOR}/server`),
  project('transfer', 'tests/transfer'), // part: transfer
  project(
    'clients',
    `${EMULATOR}/clients`,
    'tests/clients', // part: live-items
  ),
  { ...docs, test: { ...docs.test, env: { NODE_OPTIONS } } },
  project('apps', `${EMULATOR}/apps`),
  project('examples', 'examples'),
  project('package', PACKED),
  { ...infra, test: { ...infra.test, ...ONE_GRAPHQL } },
  // Last: many short files keep all workers busy to the end.
  { ...unit, test: { ...unit.test, exclude: [PACKED] } },
];

/** Runs projects in the order of their list; Vitest would go by their names. */
class ListedOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const names = projectsOf(false).map(({ test }) => test.name);
    const rank = ({ project }: TestSpecification): number => names.indexOf(project.name);
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

/** One more than processors, because tests wait for servers, programs and clocks. Two more took as long (2 processors, 8:22 min of .ci/run after 8:19, measured 2026-11-30). */
const WORKERS = Math.min(availableParallelism(), 4) + 1;

export default defineConfig(({ mode }) => ({
  test: {
    watchTriggerPatterns: [
      {
        pattern: /(?<!\/tests\/unit)\/(?:resolvers|model)\/.*\.ts$/,
        testsToRun: resolverTests,
      },
    ],
    maxWorkers: WORKERS,
    sequence: { sequencer: ListedOrder },
    // Projects, and runs, share what has been made of a file.
    experimental: { fsModuleCache: true },
    projects: projectsOf(mode === WHOLE),
  },
}));
