/**
 * Reads a variable of the Lambda function's environment, when the function is loaded.
 *
 * @param what its value, for the message: `a table's name`
 * @throws Error when it is missing or empty
 */
export function environment(name: string, what: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(
      `environment variable ${name} is ${value === undefined ? 'not set' : 'empty'}: give it ${what}`,
    );
  }
  return value;
}
