import { isRecord } from '../ground/record.ts';
import { quoted, shown } from './json.ts';
import type { JsonObject } from './json.ts';

/** The reason why an expression has no value; the scope adds the place. */
export class Unresolvable extends Error {
  override name = 'Unresolvable';
}

/** A value that a deployment has and this server has not, such as a secret or an export of another app: only what needs it does not run. */
export class OnlyOnAws extends Unresolvable {}

/** `AWS::NoValue`: its property or list item is left out. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** What intrinsic functions need from their stack. */
export interface Surroundings {
  region: string;
  mappings: Record<string, unknown>;
  /** Resolves an expression inside the current one. */
  resolve(expression: unknown): unknown;
  /** Whether only AWS knows the value: a text that stands for it here, whatever its form is there. */
  isInvented(value: unknown): boolean;
  /** @throws Unresolvable for an unknown parameter or resource. */
  ref(name: string): unknown;
  /** @throws Unresolvable for an unknown resource or attribute. */
  attribute(logicalId: string, attribute: string): unknown;
  /** @throws Unresolvable for an unknown condition. */
  condition(name: string): boolean;
  /** @throws Unresolvable when no stack exports the name. */
  exported(name: string): unknown;
  /** @throws Unresolvable for an unknown stack or output. */
  stackOutput(stackName: string, output: string): unknown;
}

type Intrinsic = (argument: unknown, at: Surroundings) => unknown;

/** `{ "Fn::Join": … }` or `{ "Ref": … }`; undefined for every other value. */
export function intrinsicName(value: JsonObject): string | undefined {
  const names = Object.keys(value);
  const [name = ''] = names;
  return names.length === 1 && (name === 'Ref' || name.startsWith('Fn::')) ? name : undefined;
}

/** @throws Unresolvable when the function is unknown or its argument has no value. */
export function callIntrinsic(name: string, argument: unknown, at: Surroundings): unknown {
  const intrinsic = intrinsics[name];
  if (intrinsic === undefined) {
    throw new Unresolvable(`the local server does not know ${name}`);
  }
  return intrinsic(argument, at);
}

function text(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  throw new Unresolvable(`${shown(value)} is not a string`);
}

function list(value: unknown, length?: number): unknown[] {
  if (Array.isArray(value) && (length === undefined || value.length === length)) {
    return value;
  }
  throw new Unresolvable(`${shown(value)} is not a list${length === undefined ? '' : ` of ${length}`}`);
}

const ref: Intrinsic = (argument, at) => at.ref(text(argument));

const getAtt: Intrinsic = (argument, at) => {
  const [logicalId = '', ...attribute] = typeof argument === 'string' ? argument.split('.') : list(argument);
  return at.attribute(text(logicalId), attribute.map((part) => text(at.resolve(part))).join('.'));
};

/** A list; of a value that only AWS knows, the value itself. */
function items(expression: unknown, at: Surroundings): unknown[] {
  const value = at.resolve(expression);
  return at.isInvented(value) ? [value] : list(value);
}

const join: Intrinsic = (argument, at) => {
  const [delimiter, parts] = list(argument, 2);
  return items(parts, at).map(text).join(text(delimiter));
};

const sub: Intrinsic = (argument, at) => {
  const [template, variables] = Array.isArray(argument) ? list(argument, 2) : [argument, {}];
  const given = isRecord(variables) ? variables : {};
  return text(template).replaceAll(/\$\{(!?)([^}]*)\}/g, (_, literal: string, name: string) =>
    literal === '!' ? `\${${name}}` : text(substitute(name.trim(), given, at)),
  );
};

function substitute(name: string, given: JsonObject, at: Surroundings): unknown {
  if (Object.hasOwn(given, name)) {
    return at.resolve(given[name]);
  }
  return name.includes('.') ? getAtt(name, at) : at.ref(name);
}

const select: Intrinsic = (argument, at) => {
  const [index, choosable] = list(argument, 2);
  const position = Number(at.resolve(index));
  const choices = items(choosable, at);
  if (Number.isInteger(position) && position >= 0 && position < choices.length) {
    return choices[position];
  }
  // A part of the ARN of a custom resource, say: what needs the part does not run here, and the rest of the template does.
  const invented = choices.find((choice) => at.isInvented(choice));
  if (invented !== undefined) {
    return invented;
  }
  throw new Unresolvable(`there is no item ${shown(index)} in a list of ${choices.length}`);
};

const split: Intrinsic = (argument, at) => {
  const [delimiter, source] = list(argument, 2);
  return text(at.resolve(source)).split(text(delimiter));
};

const choose: Intrinsic = (argument, at) => {
  const [condition, whenTrue, whenFalse] = list(argument, 3);
  return at.resolve(at.condition(text(condition)) ? whenTrue : whenFalse);
};

/** Parameters are text, so `true` equals `"true"`. */
const equals: Intrinsic = (argument, at) => {
  const [left, right] = list(argument, 2).map((side) => comparable(at.resolve(side)));
  return left === right;
};

const comparable = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function isTrue(expression: unknown, at: Surroundings): boolean {
  if (isRecord(expression) && typeof expression['Condition'] === 'string') {
    return at.condition(expression['Condition']);
  }
  const value = at.resolve(expression);
  if (value === true || value === 'true') {
    return true;
  }
  if (value === false || value === 'false') {
    return false;
  }
  throw new Unresolvable(`${shown(value)} is neither true nor false`);
}

const findInMap: Intrinsic = (argument, at) => {
  const [map, first, second, options] = list(argument);
  const [mapName, firstKey, secondKey] = [map, first, second].map((part) => text(at.resolve(part)));
  const row = isRecord(at.mappings[mapName!]) ? at.mappings[mapName!] : undefined;
  const cell =
    isRecord(row) && isRecord(row[firstKey!]) ? (row[firstKey!] as JsonObject)[secondKey!] : undefined;
  if (cell !== undefined) {
    return cell;
  }
  if (isRecord(options) && 'DefaultValue' in options) {
    return at.resolve(options['DefaultValue']);
  }
  throw new Unresolvable(
    `mapping '${mapName}' has no ${firstKey}.${secondKey}; the template has the mappings ${quoted(Object.keys(at.mappings))}`,
  );
};

const stackOutput: Intrinsic = (argument, at) => {
  const { StackName, OutputName } = isRecord(argument) ? argument : {};
  return at.stackOutput(text(at.resolve(StackName)), text(at.resolve(OutputName)));
};

/** A region's zones; most regions have three. */
const zones: Intrinsic = (argument, at) => {
  const region = text(at.resolve(argument)) || at.region;
  return ['a', 'b', 'c'].map((letter) => `${region}${letter}`);
};

const intrinsics: Record<string, Intrinsic> = {
  Ref: ref,
  'Fn::GetAtt': getAtt,
  'Fn::Join': join,
  'Fn::Sub': sub,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::If': choose,
  'Fn::Equals': equals,
  'Fn::And': (argument, at) => list(argument).every((part) => isTrue(part, at)),
  'Fn::Or': (argument, at) => list(argument).some((part) => isTrue(part, at)),
  'Fn::Not': (argument, at) => !isTrue(list(argument, 1)[0], at),
  'Fn::FindInMap': findInMap,
  'Fn::ImportValue': (argument, at) => at.exported(text(at.resolve(argument))),
  'Fn::GetStackOutput': stackOutput,
  'Fn::Base64': (argument, at) => Buffer.from(text(at.resolve(argument))).toString('base64'),
  'Fn::GetAZs': zones,
  'Fn::Length': (argument, at) => list(at.resolve(argument)).length,
  'Fn::ToJsonString': (argument, at) => JSON.stringify(at.resolve(argument)),
};
