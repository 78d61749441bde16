import { type DocumentNode, Lexer, parse, Source, type Token, TokenKind } from 'graphql';

/**
 * Parses a schema as AppSync does, with graphql-java's older grammar. Accepts `implements A, B` for `implements A & B`
 * (observed, aws/aws-appsync-community#58), as well as `implements A B`, and skips semicolons (inferred from graphql-java 11:
 * `Graphql.g4`, whose tokenizer continues after an unknown character). Errors give places in the given text.
 *
 * @throws GraphQLError for a syntax error
 */
export function parseSdl(sdl: string): DocumentNode {
  return parse(joinInterfaces(withoutSemicolons(sdl)));
}

const STRING_COMMENT_OR_SEMICOLON = /"""(?:\\"""|[^])*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*|;/g;

const withoutSemicolons = (sdl: string): string =>
  sdl.includes(';')
    ? sdl.replace(STRING_COMMENT_OR_SEMICOLON, (found) => (found === ';' ? ' ' : found))
    : sdl;

/** Puts an `&` between two names of interfaces, in place of what separates them. */
function joinInterfaces(sdl: string): string {
  if (!/\bimplements\b/.test(sdl)) {
    return sdl;
  }
  const characters = sdl.split('');
  for (const [before, after] of unjoinedNames(sdl)) {
    const between = sdl.slice(before.end, after.start);
    const comma = between.indexOf(',');
    characters[before.end + Math.max(comma, 0)] = '&';
  }
  return characters.join('');
}

const DEFINITIONS = new Set([
  'type',
  'interface',
  'union',
  'enum',
  'input',
  'scalar',
  'schema',
  'directive',
  'extend',
]);

/** Adjacent names after `type X implements`, outside all braces, up to the next definition. */
function unjoinedNames(sdl: string): [Token, Token][] {
  const tokens = tokensOf(sdl);
  const pairs: [Token, Token][] = [];
  let depth = 0;
  let listing = false;
  tokens.forEach((token, index) => {
    const previous = tokens[index - 1];
    if (token.kind === TokenKind.BRACE_L) {
      depth += 1;
    }
    if (token.kind === TokenKind.BRACE_R) {
      depth -= 1;
    }
    const isInterface = token.kind === TokenKind.NAME && depth === 0 && !DEFINITIONS.has(token.value);
    if (listing && isInterface && previous?.kind === TokenKind.NAME && previous.value !== 'implements') {
      pairs.push([previous, token]);
    }
    listing =
      isImplements(tokens, index, depth) || (listing && (isInterface || token.kind === TokenKind.AMP));
  });
  return pairs;
}

const isImplements = (tokens: Token[], index: number, depth: number): boolean =>
  depth === 0 &&
  tokens[index]!.value === 'implements' &&
  ['type', 'interface'].includes(tokens[index - 2]?.value ?? '');

/** The tokens up to the first error, which `parse` reports. */
function tokensOf(sdl: string): Token[] {
  const lexer = new Lexer(new Source(sdl));
  const tokens: Token[] = [];
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      tokens.push(token);
    }
  } catch {
    // A character that begins no token.
  }
  return tokens;
}
