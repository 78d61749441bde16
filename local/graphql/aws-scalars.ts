import type { GraphQLScalarType } from 'graphql';
import { GraphQLError, Kind, type ValueNode } from 'graphql';
import { parseJson } from './aws-json.ts';

/** The scalars every AppSync schema has without declaring them (AppSync developer guide, "Scalar types"). */
export const AWS_SCALARS_SDL = [
  'AWSDate',
  'AWSTime',
  'AWSDateTime',
  'AWSTimestamp',
  'AWSEmail',
  'AWSJSON',
  'AWSURL',
  'AWSPhone',
  'AWSIPAddress',
]
  .map((name) => `scalar ${name}`)
  .join('\n');

const OFFSET = '(?:Z|[+-]\\d{2}:\\d{2}(?::\\d{2})?)';
const DATE = '-?\\d{4,}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])';
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d+)?)?';
const whole = (pattern: string): RegExp => new RegExp(`^${pattern}$`);

/** AWSTimestamp's range in seconds: the first and last instant of java.time, as AppSync's description of it says. */
const FIRST_SECOND = -31557014167219200;
const LAST_SECOND = 31556889864403199;

type Check = (value: unknown) => boolean;

const text =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);

const existingDate: Check = (value) => {
  const [, year, month, day] = /^(-?\d+)-(\d\d)-(\d\d)/.exec(String(value)) ?? [];
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getUTCDate() === Number(day);
};

const both =
  (...checks: Check[]): Check =>
  (value) =>
    checks.every((check) => check(value));

/** How each scalar names itself in "Unable to parse `…` as …", and what it accepts. */
const SCALARS: Record<string, { noun: string; accepts: Check }> = {
  AWSDate: { noun: 'a valid date', accepts: both(text(whole(`${DATE}${OFFSET}?`)), existingDate) },
  AWSTime: { noun: 'a valid Time Object', accepts: text(whole(`${TIME}${OFFSET}?`)) },
  AWSDateTime: {
    noun: 'a valid DateTime Object',
    accepts: both(text(whole(`${DATE}T${TIME}${OFFSET}`)), existingDate),
  },
  AWSTimestamp: {
    noun: 'a valid timestamp',
    accepts: (value) =>
      Number.isInteger(value) && Number(value) >= FIRST_SECOND && Number(value) <= LAST_SECOND,
  },
  AWSEmail: { noun: 'a valid email address', accepts: text(/^[^\s@]+@[^\s@]+$/) },
  AWSURL: { noun: 'a valid URL', accepts: (value) => typeof value === 'string' && isUrl(value) },
  AWSPhone: { noun: 'a valid phone number', accepts: text(/^\+?\d(?:[\d -]{4,}\d)$/) },
  AWSIPAddress: {
    noun: 'a valid IP address',
    accepts: text(
      /^(?:\d{1,3}(?:\.\d{1,3}){3}(?:\/(?:\d|[12]\d|3[0-2]))?|[0-9a-fA-F:]*:[0-9a-fA-F:.]*(?:\/\d{1,3})?)$/,
    ),
  },
};

function isUrl(value: string): boolean {
  return (
    /^[A-Za-z][A-Za-z0-9+.-]*:/.test(value) && URL.canParse(value) && !new URL(value).pathname.includes('//')
  );
}

/** Gives the schema's AWS scalars their behaviour. `scalar AWSDate` in the schema itself is tolerated, as AppSync does. */
export function behaviourOf(type: GraphQLScalarType): void {
  if (type.name === 'AWSJSON') {
    Object.assign(type, awsJson());
  } else if (SCALARS[type.name]) {
    Object.assign(type, checkedScalar(SCALARS[type.name]!));
  }
}

type Behaviour = Pick<GraphQLScalarType, 'parseValue' | 'parseLiteral' | 'serialize'>;

function checkedScalar({ noun, accepts }: { noun: string; accepts: Check }): Behaviour {
  const parse = (value: unknown): unknown => {
    if (!accepts(value)) {
      throw new GraphQLError(`Unable to parse \`${String(value)}\` as ${noun}.`);
    }
    return value;
  };
  return {
    parseValue: parse,
    parseLiteral: (node) => parse(literalValue(node)),
    serialize: (value) => {
      if (!accepts(value)) {
        throw new GraphQLError(`Unable to serialize \`${String(value)}\` as ${noun}.`);
      }
      return value;
    },
  };
}

/** JSON text on the wire, the value itself in handlers; a value from a handler is always serialized, strings too. */
function awsJson(): Behaviour {
  return {
    parseValue: (value) => {
      if (typeof value !== 'string') {
        throw new GraphQLError(
          `Unable to parse \`${JSON.stringify(value)}\` as valid JSON. AWSJSON takes JSON text.`,
        );
      }
      return parseJson(value);
    },
    parseLiteral: (node) => {
      if (node.kind !== Kind.STRING) {
        throw new GraphQLError('AWSJSON takes a string that holds JSON text.', { nodes: node });
      }
      return parseJson(node.value);
    },
    serialize: (value) => JSON.stringify(value),
  };
}

function literalValue(node: ValueNode): unknown {
  if (node.kind === Kind.INT || node.kind === Kind.FLOAT) {
    return Number(node.value);
  }
  return 'value' in node ? node.value : null;
}
