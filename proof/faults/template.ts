// The types of CloudFormation would add nothing: faults are what they do not allow.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Properties = Record<string, any>;

export interface Resource {
  Type: string;
  Properties: Properties;
  DeletionPolicy?: string;
  [member: string]: unknown;
}

export interface Template {
  Resources: Record<string, Resource>;
  Outputs?: Record<string, { Value: unknown }>;
}

/** The resources of a type whose logical ids begin so, without the hash. */
export function resources(template: Template, type: string, start = ''): Resource[] {
  return Object.entries(template.Resources)
    .filter(([id, { Type }]) => Type === type && id.startsWith(start))
    .map(([, resource]) => resource);
}

/** The statements of the policies whose logical ids begin so. */
export const statements = (template: Template, start: string): Properties[] =>
  resources(template, 'AWS::IAM::Policy', start).flatMap(
    ({ Properties: { PolicyDocument } }) => PolicyDocument.Statement as Properties[],
  );
