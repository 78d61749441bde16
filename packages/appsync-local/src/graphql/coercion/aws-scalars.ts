import { Kind, type ValueNode } from 'graphql';
import { parseJson } from './aws-json.ts';
import { type Coercion, Unfit } from './coercion.ts';
import { isDate, isDateTime, isTime } from './dates.ts';
import { isIpAddress } from './ip-address.ts';
import { javaText } from './java-text.ts';
import { JsonNumber } from './json-number.ts';
import { isPhoneNumber } from './phone-number.ts';

/** The range of AWSTimestamp in seconds: the first and last instant of java.time, as AppSync's description of the scalar says. */
const FIRST_SECOND = -31557014167219200;
const LAST_SECOND = 31556889864403199;

type Accepts = (value: unknown) => boolean;

const text =
  (accepts: (text: string) => boolean): Accepts =>
  (value) =>
    typeof value === 'string' && accepts(value);

const isTimestamp: Accepts = (value) =>
  Number.isInteger(value) && Number(value) >= FIRST_SECOND && Number(value) <= LAST_SECOND;

/** Integers alone: AppSync refused `1.6841268E12`, which the client had sent as an integer before (aws-amplify/amplify-android#2453). */
const toSeconds = (value: unknown): unknown =>
  value instanceof JsonNumber && value.isWhole ? value.value : value;

/** With the advice that AppSync's message has (aws-amplify/amplify-cli#3070, aws-amplify/amplify-category-api#354). */
const TIMESTAMP =
  "a valid timestamp. Ensure that the value provided is an Integer that lies within the limits specified in this scalar's description";

/** A short form of RFC 822: text, `@`, text, no blanks. */
const isEmail = (value: string): boolean => /^[^\s@]+@[^\s@]+$/.test(value);

const isUrl = (value: string): boolean =>
  /^[A-Za-z][A-Za-z0-9+.-]*:/.test(value) && URL.canParse(value) && !new URL(value).pathname.includes('//');

/**
 * AppSync's own scalars, with their names in "Unable to parse `…` as …": observed for date, date and time, and phone number,
 * inferred for the others (docs/facts/scalars.md#scalar-words).
 */
export const AWS_SCALARS: Record<string, Coercion> = {
  AWSDate: checked('a valid date', text(isDate)),
  AWSTime: checked('a valid Time Object', text(isTime)),
  AWSDateTime: checked('a valid DateTime Object', text(isDateTime)),
  AWSTimestamp: checked(TIMESTAMP, isTimestamp, toSeconds),
  AWSEmail: checked('a valid email address', text(isEmail)),
  AWSJSON: awsJson(),
  AWSURL: checked('a valid URL', text(isUrl)),
  AWSPhone: checked('a valid phone number', text(isPhoneNumber)),
  AWSIPAddress: checked('a valid IP address', text(isIpAddress)),
};

function checked(noun: string, accepts: Accepts, convert = (value: unknown): unknown => value): Coercion {
  const passing = (value: unknown, verb: string): unknown => {
    const converted = convert(value);
    if (!accepts(converted)) {
      throw new Unfit(`Unable to ${verb} \`${javaText(value)}\` as ${noun}.`);
    }
    return converted;
  };
  return {
    parseValue: (value) => passing(value, 'parse'),
    parseLiteral: (node) => passing(literalValue(node), 'parse'),
    serialize: (value) => passing(value, 'serialize'),
  };
}

/** JSON text on the wire, the parsed value in handlers; a value from a handler is always serialized, including strings. */
function awsJson(): Coercion {
  const parse = (value: unknown): unknown => {
    if (typeof value !== 'string') {
      throw new Unfit(`Unable to parse \`${javaText(value)}\` as valid JSON.`);
    }
    return parseJson(value);
  };
  return {
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : null),
    serialize: (value) => JSON.stringify(value),
  };
}

function literalValue(node: ValueNode): unknown {
  if (node.kind === Kind.INT) {
    return Number(node.value);
  }
  return node.kind === Kind.STRING ? node.value : null;
}
