import type { Template } from 'aws-cdk-lib/assertions';

/* Templates as people would write them: no hashes, no nested intrinsic functions. */

/** Tests name the properties they expect, so the types of CloudFormation would add nothing. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Properties = Record<string, any>;

export interface Resource {
  Type: string;
  Properties: Properties;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

/** Resources of a type, or all, by logical id without its hash. */
export function resources(template: Template, type?: string): Map<string, Resource> {
  const all = Object.entries(template.toJSON()['Resources'] as Record<string, Resource>);
  return new Map(
    all.filter(([, resource]) => !type || resource.Type === type).map(([id, one]) => [withoutHash(id), one]),
  );
}

/** The one resource of a type. */
export function theOnly(template: Template, type: string): Resource {
  const found = [...resources(template, type).values()];
  if (found.length !== 1) {
    throw new Error(`the template has ${found.length} resources of ${type}, not one`);
  }
  return found[0]!;
}

const withoutHash = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}$/, '');

/** `{"Fn::Join": ["", [{"Fn::GetAtt": ["DataItems2E91B8E8", "Arn"]}, "/index/*"]]}` is `DataItems.Arn/index/*`. */
export function readable(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  const [[name, of] = []] = Object.entries(value as Properties);
  switch (name) {
    case 'Ref':
      return withoutHash(of);
    case 'Fn::GetAtt':
      return `${withoutHash(of[0])}.${of[1]}`;
    case 'Fn::Join':
      return (of[1] as unknown[]).map(readable).join(of[0]);
    default:
      throw new Error(`cannot read ${JSON.stringify(value)}`);
  }
}
