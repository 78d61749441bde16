import type * as Yaml from 'yaml';
import { isRecord } from '../../ground/record.ts';
import { StartFailure } from '../../ground/start-failure.ts';
import { loadJsonObject, loadText, shown } from '../json.ts';
import type { JsonObject } from '../json.ts';

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
 * Reads a CloudFormation template: JSON, or YAML with the short forms of intrinsic functions.
 * @returns the template with every short form written out: `!Ref x` as `{ Ref: 'x' }`
 * @throws StartFailure when the file cannot be read or is no template, with the line
 */
export async function parseTemplate(path: string): Promise<JsonObject> {
  const text = loadText(path);
  if (/^\s*\{/.test(text)) {
    return loadJsonObject(path);
  }
  const value = parseYaml(await import('yaml'), path, text);
  if (!isRecord(value)) {
    throw new StartFailure(`${path} must hold a CloudFormation template; it holds ${shown(value)}`);
  }
  return value;
}

function parseYaml(yaml: typeof Yaml, path: string, text: string): unknown {
  const document = yaml.parseDocument(text, {
    version: '1.1',
    schema: 'yaml-1.1',
    logLevel: 'error',
    customTags: (tags) => [bool(yaml, true), bool(yaml, false), ...tags.filter(isKept)],
  });
  writeOut(yaml, document, path);
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
const isKept = (tag: Yaml.Tags[number]): boolean =>
  typeof tag === 'string' ||
  !(
    tag.tag === 'tag:yaml.org,2002:timestamp' ||
    tag.tag === 'tag:yaml.org,2002:bool' ||
    ('format' in tag && tag.format === 'TIME')
  );

const bool = (yaml: typeof Yaml, value: boolean): Yaml.ScalarTag => ({
  identify: (found) => found === value,
  default: true,
  tag: 'tag:yaml.org,2002:bool',
  test: value ? /^(?:true|True|TRUE|yes|Yes|YES|on|On|ON)$/ : /^(?:false|False|FALSE|no|No|NO|off|Off|OFF)$/,
  resolve: () => new yaml.Scalar(value),
});

/** Turns each node with a short form's tag into a map with the function's name. @throws StartFailure for another tag */
function writeOut(yaml: typeof Yaml, document: Yaml.Document, path: string): void {
  yaml.visit(document, {
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
      const written = new yaml.YAMLMap();
      written.add(new yaml.Pair(new yaml.Scalar(name), node));
      return written;
    },
  });
}
