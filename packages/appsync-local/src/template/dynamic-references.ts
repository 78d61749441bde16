import { OnlyOnAws } from './intrinsics.ts';

/** `{{resolve:ssm:NAME[:VERSION]}}`, CloudFormation User Guide, "Using dynamic references". */
const REFERENCE = /\{\{resolve:([a-z-]+):([^}]*)\}\}/g;

/**
 * Replaces dynamic references in a text by their values.
 * @throws OnlyOnAws for secrets, which only AWS knows
 */
export const dynamicReferences = (text: string, ssmParameter: (name: string) => unknown): string =>
  text.includes('{{resolve:')
    ? text.replaceAll(REFERENCE, (_, service: string, key: string) => {
        if (service === 'ssm') {
          return String(ssmParameter(key.replace(/:\d+$/, '')));
        }
        throw new OnlyOnAws(`a reference to ${service} has no value outside AWS`);
      })
    : text;
