/** An argument of a command line, with its value if it has one. */
export interface Argument {
  /** `--allow` or `-c`; undefined for a word that is not an option. */
  option?: string;
  value?: string;
  /** As they were written. */
  words: readonly string[];
}

/**
 * Splits a command line as yargs reads it for the CDK CLI: `--allow x`, `--allow=x`, `-c x`, `-cx` and `-c=x`.
 * @param takesValue of an option
 */
export function split(args: readonly string[], takesValue: (option: string) => boolean): Argument[] {
  const found: Argument[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at]!;
    const [option, inline] = optionIn(word, takesValue);
    if (option === undefined) {
      found.push({ words: [word] });
    } else if (inline !== undefined || !takesValue(option)) {
      found.push({ option, ...(inline !== undefined && { value: inline }), words: [word] });
    } else {
      at += 1;
      const value = args[at];
      found.push({ option, ...(value !== undefined && { value }), words: args.slice(at - 1, at + 1) });
    }
  }
  return found;
}

function optionIn(word: string, takesValue: (option: string) => boolean): [option?: string, inline?: string] {
  if (word.startsWith('--')) {
    const at = word.indexOf('=');
    return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)];
  }
  if (!/^-[A-Za-z]/.test(word)) {
    return [];
  }
  const short = word.slice(0, 2);
  return word.length > 2 && takesValue(short) ? [short, word.slice(2).replace(/^=/, '')] : [word];
}
