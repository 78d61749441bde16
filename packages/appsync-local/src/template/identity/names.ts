import { createHash } from 'node:crypto';

const BASE36 = 'abcdefghijklmnopqrstuvwxyz0123456789';
const BASE62 = `${BASE36}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

/**
 * Letters and digits that are the same for the same parts, like an id that AWS would generate.
 * @param length in characters, at most 32 (one byte of a SHA-256 each)
 */
function stableText(alphabet: string, length: number, parts: string[]): string {
  const bytes = createHash('sha256').update(parts.join('\0')).digest();
  return [...bytes.subarray(0, length)].map((byte) => alphabet[byte % alphabet.length]).join('');
}

/** `length` lower-case letters and digits, for example an API id (26). */
export const lowerCaseId = (length: number, ...parts: string[]): string => stableText(BASE36, length, parts);

/** `length` letters of both cases and digits, for example the end of a user pool id (9). */
export const mixedCaseId = (length: number, ...parts: string[]): string => stableText(BASE62, length, parts);

/** A UUID, for example at the end of a stack id. */
export function stableUuid(...parts: string[]): string {
  const hex = createHash('sha256').update(parts.join('\0')).digest('hex');
  return [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ]
    .map(([from, to]) => hex.slice(from, to))
    .join('-');
}

/** Characters that CloudFormation appends to make a generated name unique. */
const SUFFIX_LENGTH = 12;

/**
 * The name that CloudFormation generates for a resource without one: `Stack-LogicalId-ABCDEFGHIJKL`.
 * @param longest characters that the service allows; the middle is cut as in CloudFormation
 */
export function physicalName(stackName: string, logicalId: string, longest = 255): string {
  const suffix = lowerCaseId(SUFFIX_LENGTH, stackName, logicalId).toUpperCase();
  const readable = `${stackName}-${logicalId}`.slice(0, longest - SUFFIX_LENGTH - 1);
  return `${readable}-${suffix}`;
}
