/** How many findings each check has in a faulty template that it does not have in the right one. */
export type Caught = Record<'cfn-lint' | 'cdk-nag' | 'appsync-local check' | 'tests/infra', number>;
