import { Pair, parseDocument, Scalar, visit, YAMLMap } from 'yaml';
import type { Document, ScalarTag, Tags } from 'yaml';
import { StartFailure } from '../../ground/start-failure.ts';

/** `!Ref x` and the like (CloudFormation template reference, "Intrinsic functions"). */
const SHORT_FORMS = new Map(
  [
    'And',
    'Base64',
    'Cidr',
    'Equals',
    'FindInMap',
    'GetAtt',
    'GetAZs',
    'GetStackOutput',
    'If',
    'ImportValue',
    'Join',
    'Length',
    'Not',
    'Or',
    'Select',
    'Split',
    'Sub',
    'ToJsonString',
    'Transform',
  ].map((name) => [`!${name}`, `Fn::${name}`]),
)
  .set('!Ref', 'Ref')
  .set('!Condition', 'Condition');

/**
 * Parses YAML as CloudFormation takes it.
 * @returns plain values, with every short form of an intrinsic function written out
 * @throws StartFailure with the line
 */
export function parseYaml(path: string, text: string): unknown {
  const document = parseDocument(text, {
    version: '1.1',
    schema: 'yaml-1.1',
    logLevel: 'error',
    // CloudFormation takes a key that is there twice, and its last value (observed: go-to-k/cdk-real-drift#1074).
    uniqueKeys: false,
    customTags: (tags) => [bool(true), bool(false), ...tags.filter(isKept).map(withDigits)],
  });
  writeOut(document, path);
  try {
    const [error] = document.errors;
    if (error !== undefined) {
      throw error;
    }
    return document.toJS();
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    throw new StartFailure(`${path} is not valid YAML: ${reason!.replace(/:$/, '')}`);
  }
}

/**
 * CloudFormation takes YAML 1.1 without its dates and base-60 numbers: `2012-10-17` stays text ("CloudFormation template
 * formats"). `y` and `n` stay text too, since `AttributeType: N` is a number's type in every template of a table.
 */
const isKept = (tag: Tags[number]): boolean =>
  typeof tag === 'string' ||
  !(
    tag.tag === 'tag:yaml.org,2002:timestamp' ||
    tag.tag === 'tag:yaml.org,2002:bool' ||
    ('format' in tag && tag.format === 'TIME')
  );

/** YAML 1.1's grammar of numbers takes a lone dot, which is the folder of the template in `CodeUri: .`. */
const withDigits = (tag: Tags[number]): Tags[number] =>
  typeof tag === 'object' && tag.tag === 'tag:yaml.org,2002:float' && 'test' in tag && tag.test?.test('.')
    ? ({ ...tag, test: new RegExp(`^(?=.*\\d)(?:${tag.test.source})`) } as ScalarTag)
    : tag;

const bool = (value: boolean): ScalarTag => ({
  identify: (found) => found === value,
  default: true,
  tag: 'tag:yaml.org,2002:bool',
  test: value ? /^(?:true|True|TRUE|yes|Yes|YES|on|On|ON)$/ : /^(?:false|False|FALSE|no|No|NO|off|Off|OFF)$/,
  resolve: () => new Scalar(value),
});

/** Turns each node with a short form's tag into a map with the function's name. @throws StartFailure for another tag */
function writeOut(document: Document, path: string): void {
  visit(document, {
    Node: (_, node) => {
      const tag = 'tag' in node ? node.tag : undefined;
      if (typeof tag !== 'string' || !tag.startsWith('!')) {
        return undefined;
      }
      const name = SHORT_FORMS.get(tag);
      if (name === undefined) {
        throw new StartFailure(
          `${path} has ${tag}, which CloudFormation does not have; it has ${[...SHORT_FORMS.keys()].join(', ')}`,
        );
      }
      node.tag = undefined;
      const written = new YAMLMap();
      written.add(new Pair(new Scalar(name), node));
      return written;
    },
  });
}
