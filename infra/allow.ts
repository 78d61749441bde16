import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';

/**
 * Allows these actions on these resources and nothing else. The constructs' own grants include more than needed here:
 * `TableV2.grant` every index of the table, `LambdaDataSource` every version of the function.
 */
export function allow(grantee: IGrantable, actions: string[], ...resourceArns: string[]): void {
  Grant.addToPrincipal({ grantee, actions, resourceArns }).assertSuccess();
}
