import { CODE_LIMIT } from '../../infra/resolver-bundles.ts';
import { createRuntime } from '../../packages/appsync-local/src/runtime/runtime.ts';
import type { AppSyncRuntime, Evaluation } from '../../packages/appsync-local/src/runtime/runtime.types.ts';
import { PAYLOAD } from '../harness/requests.ts';
import { median } from '../harness/statistics.ts';
import { openResolvers, type Resolve } from '../lambda/resolver-run.ts';
import { openFunctions, openWorkbench } from '../lambda/workbench.ts';
import type { Section, SectionResult } from '../section.ts';

const ROUNDS = 400;
const QUICK_ROUNDS = 5;
/** What V8 needs to compile what is hot. */
const WARM_UP = 10;

/** The shipped code units by their titles, each with the µs of every evaluation. */
export interface CodeUnit {
  title: string;
  characters: number;
  request: number[];
  response: number[];
}

/** `ctx.identity` of a Cognito user, for the subscriptions that are closed to API keys. */
const USER = {
  sub: 'bench',
  issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_bench',
  username: 'bench',
  claims: { sub: 'bench' },
  sourceIp: ['127.0.0.1'],
  defaultAuthStrategy: 'ALLOW',
  groups: null,
};

/** Section F: what the resolvers' own code costs, in the contexts of real requests against a real table. */
export const resolvers: Section = {
  name: 'resolvers',
  title: 'Evaluating the resolvers',
  slow: true,
  async run(context) {
    const bench = await openWorkbench(context);
    const units = new Map<string, CodeUnit>();
    try {
      const functions = await openFunctions(bench, bench.app.lambdaFunctions);
      const resolve = openResolvers(bench, functions.host.invoke, watched(createRuntime(), units));
      const rounds = context.quick ? QUICK_ROUNDS : ROUNDS;
      try {
        for (let round = -WARM_UP; round < rounds; round += 1) {
          if (round === 0) {
            for (const unit of units.values()) {
              unit.request.length = unit.response.length = 0;
            }
          }
          context.progress(`round ${Math.max(0, round)} of ${rounds}`);
          await everyField(resolve, `bench-${round}`);
        }
      } finally {
        await functions.host.close();
      }
    } finally {
      await bench.close();
    }
    return resolversResult([...units.values()]);
  },
};

/** Measures each evaluation where it happens, so that every context is a real one. */
function watched(runtime: AppSyncRuntime, units: Map<string, CodeUnit>): AppSyncRuntime {
  return {
    createContext: (init) => runtime.createContext(init),
    containers: runtime.containers,
    load(code) {
      const module = runtime.load(code);
      const unit: CodeUnit = { title: code.title, characters: code.text.length, request: [], response: [] };
      units.set(code.title, unit);
      const timed = (times: number[], evaluate: () => Evaluation): Evaluation => {
        const begun = performance.now();
        const evaluation = evaluate();
        times.push(1000 * (performance.now() - begun));
        return evaluation;
      };
      return {
        request: (context) => timed(unit.request, () => module.request(context)),
        response: (context) => timed(unit.response, () => module.response(context)),
        evaluate: (handler, context) => module.evaluate(handler, context),
      };
    },
  };
}

/** Calls every field, writes that are refused among them, since refusals take the further steps of a pipeline. */
async function everyField(resolve: Resolve, id: string): Promise<void> {
  const put = (input: object): Promise<unknown> => resolve('Mutation.putItem', { input });
  const refused = (call: Promise<unknown>): Promise<unknown> => call.catch(() => undefined);
  await put({ id, payload: PAYLOAD });
  await refused(put({ id, payload: PAYLOAD, expectedVersion: 7 }));
  await put({ id, payload: PAYLOAD, clientRequestToken: `token-${id}` });
  await resolve('Mutation.updateItem', { input: { id, payload: { stock: 36, note: null } } });
  await resolve('Mutation.putItem', { input: { id: `${id}-text`, payload: 'text' } });
  await refused(resolve('Mutation.updateItem', { input: { id: `${id}-text`, payload: { stock: 1 } } }));
  const items = Array.from({ length: 10 }, (_, index) => ({ id: `${id}-${index}`, payload: PAYLOAD }));
  await resolve('Mutation.putItems', { input: { items } });
  const kind = { id: `${id}-kind`, kind: 'product' };
  const product = {
    sku: `${id.toUpperCase()}`,
    name: 'Desk',
    price: { amountMinor: 54_990, currency: 'EUR' },
  };
  const valid = product.sku.includes('--')
    ? { ...product, sku: `N${product.sku.replace('--', '-')}` }
    : product;
  await resolve('Mutation.putValidatedItem', { input: { ...kind, payload: valid } });
  await resolve('Query.getItem', { id });
  await resolve('Query.getItems', { ids: items.map((item) => item.id) });
  await resolve('Query.listItems', { limit: 20 });
  await resolve('Query.listItemsByKind', { kind: 'product', limit: 20 });
  await resolve('Query.itemKinds', {});
  await resolve('Subscription.onPutItem', { id }, USER);
  await resolve('Subscription.onUpdateItem', { id }, USER);
  await resolve('Subscription.onDeleteItem', { id }, USER);
  await resolve('Subscription.onItemChange', { filter: { id: { beginsWith: 'bench-' } } });
  await resolve('Query.itemChanges', { since: 'PT1H', limit: 20 });
  await resolve('Mutation.publishItemChange', { input: changeOf(id) });
  await resolve('Mutation.deleteItem', { input: { id: kind.id } });
  await resolve('Mutation.deleteItem', { input: { id } });
}

/** As the publisher reports it. */
function changeOf(id: string): object {
  const at = new Date().toISOString();
  const item = { id, payload: PAYLOAD, version: 2, owner: null, createdAt: at, updatedAt: at };
  return {
    type: 'UPDATED',
    id,
    version: 2,
    at,
    owner: '',
    order: '0000000000000001',
    payloadOmitted: false,
    item,
    previous: { ...item, version: 1 },
  };
}

/** The figures in tables. A handler that no request came to has none. */
export function resolversResult(units: CodeUnit[]): SectionResult {
  const time = (times: number[]): number | string => (times.length === 0 ? '–' : median(times));
  const total = ({ request, response }: CodeUnit): number =>
    (request.length > 0 ? median(request) : 0) + (response.length > 0 ? median(response) : 0);
  const largest = units.reduce((a, b) => (b.characters > a.characters ? b : a));
  return {
    tables: [
      {
        title: 'Each shipped code unit',
        columns: ['', 'request, µs', 'response, µs', 'characters', 'of the limit, %'],
        rows: units.map((unit) => [
          unit.title,
          time(unit.request),
          time(unit.response),
          unit.characters,
          (100 * unit.characters) / CODE_LIMIT,
        ]),
        notes: [
          'Medians of evaluations within real requests; the time excludes the DynamoDB engine and the Lambda function.',
          `AppSync accepts ${CODE_LIMIT} characters in a code unit, and has refused smaller ones (aws/aws-appsync-community#301).`,
        ],
      },
    ],
    targets: [{ name: 'largest bundle over the limit', ratio: largest.characters / CODE_LIMIT, atMost: 0.7 }],
    plots: [
      {
        kind: 'bars',
        file: 'resolvers',
        title: 'Evaluating request and response of each code unit',
        unit: 'µs',
        bars: units.map((unit) => ({ label: unit.title, value: total(unit), ours: true })),
      },
      {
        kind: 'bars',
        file: 'resolver-sizes',
        title: `Bundle sizes; AppSync accepts ${CODE_LIMIT} characters`,
        unit: 'characters',
        bars: units.map(({ title, characters }) => ({ label: title, value: characters, ours: true })),
      },
    ],
    skipped: [],
    samples: units.map((unit) => ({
      title: unit.title,
      characters: unit.characters,
      evaluations: unit.request.length,
      request: time(unit.request),
      response: time(unit.response),
    })),
  };
}
