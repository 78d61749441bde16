import type { HelperTree } from '../helper.ts';
import { HelperFailure } from '../interruption.ts';

/** A helper that exists on AWS but not here. Code may import it; a call fails and says so. */
const unsupported = (name: string) => () => {
  throw new HelperFailure(`${name} is not supported by the local server; it works on AWS only`);
};

const unsupportedAll = (prefix: string, names: string[]): HelperTree =>
  Object.fromEntries(names.map((name) => [name, unsupported(`${prefix}${name}`)]));

/** `@aws-appsync/utils/ai`: there is no local Bedrock. */
export const aiModule: HelperTree = unsupportedAll('@aws-appsync/utils/ai: ', ['invokeModel', 'converse']);
