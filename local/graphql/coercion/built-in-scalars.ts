import { Kind, type ValueNode } from 'graphql';
import { type Coercion, Unfit } from './coercion.ts';
import { javaText, javaTypeOf } from './java-text.ts';

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
      return coerce(name === 'ID' ? textOf(node) : valueOf(node));
    },
    serialize: coerce,
  };
}

const textOf = (node: ValueNode): unknown => ('value' in node ? node.value : null);

const valueOf = (node: ValueNode): unknown =>
  node.kind === Kind.INT || node.kind === Kind.FLOAT ? Number(node.value) : textOf(node);

/** Java's BigDecimal takes these texts; JavaScript's Number() takes more, such as `0x10` and ` 1`. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function toNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function toInt(value: unknown): number | undefined {
  const number = toNumber(value);
  // `| 0` keeps whole numbers of 32 bits as they are, and nothing else.
  return number !== undefined && (number | 0) === number ? number : undefined;
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
      return undefined;
  }
}

function toId(value: unknown): string | undefined {
  if (typeof value === 'string') {
    return value;
  }
  return typeof value === 'number' && Number.isInteger(value) ? String(value) : undefined;
}
