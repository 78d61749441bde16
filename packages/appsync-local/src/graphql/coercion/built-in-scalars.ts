import { Kind, type ValueNode } from 'graphql';
import { type Coercion, Unfit } from './coercion.ts';
import { javaText, javaTypeOf } from './java-text.ts';
import { isWholeDecimal, isZeroDecimal, JsonNumber } from './json-number.ts';

/**
 * The five scalars of GraphQL as graphql-java up to version 15 coerces them (its `Scalars.java`; the Boolean and the
 * String rows were observed on AWS in output).
 */
export const BUILT_IN_SCALARS: Record<string, Coercion> = {
  Int: scalar('Int', [Kind.INT], toInt),
  Float: scalar('Float', [Kind.INT, Kind.FLOAT], toNumber),
  String: scalar('String', [Kind.STRING], javaText),
  Boolean: scalar('Boolean', [Kind.BOOLEAN], toBoolean),
  ID: scalar('ID', [Kind.STRING, Kind.INT], toId),
};

type Convert = (value: unknown) => string | number | boolean | undefined;

/** @param convert answers undefined for what does not fit */
function scalar(name: string, kinds: Kind[], convert: Convert): Coercion {
  const coerce = (value: unknown): unknown => {
    const converted = convert(value);
    if (converted === undefined) {
      throw new Unfit(`Expected type '${name}' but was '${javaTypeOf(value)}'.`);
    }
    return converted;
  };
  return {
    parseValue: coerce,
    parseLiteral: (node) => {
      if (!kinds.includes(node.kind)) {
        throw new Unfit(`Expected type '${name}'.`);
      }
      return coerce(name === 'ID' ? idOf(node) : valueOf(node));
    },
    serialize: coerce,
  };
}

const textOf = (node: ValueNode): unknown => ('value' in node ? node.value : null);

/** Java's BigInteger writes `-0` as 0. */
const idOf = (node: ValueNode): unknown =>
  node.kind === Kind.INT ? String(BigInt(node.value)) : textOf(node);

const valueOf = (node: ValueNode): unknown =>
  node.kind === Kind.INT || node.kind === Kind.FLOAT ? Number(node.value) : textOf(node);

/** Java's BigDecimal takes these texts; JavaScript's Number() takes more, such as `0x10` and ` 1`. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The decimal that a text, or a number which JavaScript cannot hold as it was written, stands for. */
function decimalIn(value: unknown): string | undefined {
  if (value instanceof JsonNumber) {
    return value.written;
  }
  return typeof value === 'string' && DECIMAL.test(value) ? value : undefined;
}

function toNumber(value: unknown): number | undefined {
  const decimal = decimalIn(value);
  const number = decimal === undefined ? value : Number(decimal);
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function toInt(value: unknown): number | undefined {
  const decimal = decimalIn(value);
  if (decimal !== undefined && !isWholeDecimal(decimal)) {
    return undefined;
  }
  const number = toNumber(value);
  // `| 0` keeps whole numbers of 32 bits as they are, makes 0 of -0, and keeps nothing else.
  return number !== undefined && (number | 0) === number ? number | 0 : undefined;
}

function toBoolean(value: unknown): boolean | undefined {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value.toLowerCase() === 'true';
    case 'number':
      return value !== 0;
    default:
      return value instanceof JsonNumber ? !isZeroDecimal(value.written) : undefined;
  }
}

/** Whole numbers of any length keep every digit (graphql-java 11 takes Long, 14 BigInteger too); a fraction is none. */
function toId(value: unknown): string | undefined {
  if (typeof value === 'string') {
    return value;
  }
  if (value instanceof JsonNumber) {
    return value.isWhole ? value.toString() : undefined;
  }
  return typeof value === 'number' && Number.isInteger(value) ? String(value) : undefined;
}
