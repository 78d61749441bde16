/** UTF-8 has no bytes for an unpaired surrogate, so DynamoDB cannot store the text. */
export const hasUnpairedSurrogate = (text: string): boolean => /\p{Surrogate}/u.test(text);
