import type { CodeModel } from './app-model.ts';
import type { Assembly } from './assembly.ts';
import { createProblems } from './problems.ts';
import { readCode } from './read-code.ts';
import { resourcesOf } from './resource.ts';
import type { Resource } from './resource.ts';
import { createStacks } from './stacks.ts';

/** One code unit and its stack. */
export interface StackCode extends CodeModel {
  stackName: string;
}

/**
 * Reads the APPSYNC_JS code of every resolver and AppSync function of an assembly, for all its APIs, and nothing else: the
 * local server need not be able to run the rest of the app.
 * @throws StartFailure with everything that cannot be read, on one line
 */
export function readCodes(assembly: Assembly): StackCode[] {
  const problems = createProblems();
  const codes = createStacks(assembly, {})
    .all()
    .flatMap(resourcesOf)
    .flatMap((resource) => problems.attempt(() => codeOf(resource)) ?? []);
  problems.refuse();
  return codes;
}

function codeOf(resource: Resource): StackCode | undefined {
  const title = titleOf(resource);
  if (title === undefined || isMappingTemplate(resource)) {
    return undefined;
  }
  const code = readCode(resource, title);
  return code && { ...code, stackName: resource.stackName };
}

function titleOf({ type, properties }: Resource): string | undefined {
  switch (type) {
    case 'AWS::AppSync::Resolver':
      return `resolver ${properties.text('TypeName')}.${properties.text('FieldName')}`;
    case 'AWS::AppSync::FunctionConfiguration':
      return `AppSync function ${properties.text('Name')}`;
    default:
      return undefined;
  }
}

/** AppSync runs VTL as well, but it is not code here. */
const isMappingTemplate = ({ properties }: Resource): boolean =>
  properties.value('Code') === undefined && properties.value('CodeS3Location') === undefined;
