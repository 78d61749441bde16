/**
 * A variable of the Lambda function's environment, which is read when the function is loaded.
 *
 * @param what it is to be given, for the message: `a table's name`
 * @throws Error when it is not set or empty
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
