/** A noun in Pascal case, such as `BlogPost`, and its plural. */
export interface Noun {
  one: string;
  many: string;
}

/** How a noun is written in names of all sorts. */
export interface Forms {
  pascal: Noun;
  /** `blogPost`, at the beginning of a name. */
  camel: Noun;
  /** `blog-post`, in names of files and packages. */
  kebab: Noun;
  /** `blog_post`, in codes of errors. */
  snake: Noun;
  /** `BLOG_POST`, in names of constants. */
  upper: Noun;
}

const wordsOf = (pascal: string): string[] => pascal.match(/[A-Z][a-z]*/g) ?? [];

const joined = (pascal: string, by: string): string => wordsOf(pascal).join(by).toLowerCase();

/** @param noun in Pascal case, without two capitals in a row */
export function formsOf(noun: Noun): Forms {
  const both = (form: (pascal: string) => string): Noun => ({ one: form(noun.one), many: form(noun.many) });
  return {
    pascal: noun,
    camel: both((pascal) => pascal[0]!.toLowerCase() + pascal.slice(1)),
    kebab: both((pascal) => joined(pascal, '-')),
    snake: both((pascal) => joined(pascal, '_')),
    upper: both((pascal) => joined(pascal, '_').toUpperCase()),
  };
}

/** The plural of an English noun by the rules that have no exceptions to learn; `--plural` has the rest. */
export function pluralOf(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) {
    return noun.replace(/y$/, 'ies');
  }
  return /(?:s|x|z|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}
