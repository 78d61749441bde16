/**
 * A rule in code: what is wrong with the value, as the end of the sentence "the value …", or null when nothing is. It is given only values that
 * the kind's schema accepts.
 */
export type Rule = (value: unknown) => string | null;
