import type { ApiClient } from '../harness/client.ts';
import type { ApiTarget } from '../harness/target.ts';

/**
 * How AWS is known to do what a check says:
 * - `documented`: an AWS page, package or API model says so;
 * - `observed`: recorded on AWS;
 * - `inferred`: deduced from clients, emulators or several of the above;
 * - `chosen`: nothing was found, so this is what we do until AWS says otherwise.
 */
export type Evidence = 'documented' | 'observed' | 'inferred' | 'chosen';

/** One promise about AppSync's behaviour, which any API made from its area's app can be checked for. */
export interface Check {
  /** `GQL-012`. It never changes its meaning and is never used again for another one. */
  id: string;
  /** What is promised, as a sentence without a subject: `answers 400 to a body that is not JSON`. */
  promise: string;
  /** Where AWS says or shows so: `AppSync developer guide, resolver-reference-overview-js`, `aws-amplify/amplify-flutter#822`. */
  source: string;
  evidence: Evidence;
  /**
   * Why local intentionally behaves differently. The check still says what AWS does; locally it must fail. If it passes,
   * the run fails until this line is removed.
   */
  unlike?: string;
  /** AppSync was seen to do it, and plain JavaScript does not: a run of plain JavaScript leaves the check out. */
  javascript?: 'appsync';
  /** Set if the check looks at something that only the local server does; it is skipped on AWS. */
  localOnly?: boolean;
  /** @throws Error of `node:assert` when the promise is broken. */
  run(api: ConformanceApi): Promise<void> | void;
}

/** All that a check may use: requests over the wire. */
export interface ConformanceApi extends ApiClient {
  target: ApiTarget;
}

/** Users by name, with the groups that each is in. */
export interface TestUsers {
  /** Of the user pool. */
  pool?: Record<string, string[]>;
  /** Of the OpenID Connect provider. */
  oidc?: string[];
}

/** Checks that share an app. */
export interface Area {
  /** `graphql`: the folder below `tests/conformance`. */
  name: string;
  /** For people: `GraphQL documents, values and errors`. */
  title: string;
  /** What the ids of its checks begin with: `GQL`. */
  prefix: string;
  /** Writes the cloud assembly of the app that the checks are run against to this directory. */
  synthesize(outdir: string): void;
  /** Whose tokens the checks need, which a local server makes by itself. @default none */
  users?: TestUsers;
  checks: Check[];
}
