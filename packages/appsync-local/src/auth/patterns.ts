import { StartFailure } from '../ground/start-failure.ts';

/**
 * Compiles a regular expression of an authorization mode's configuration. The whole text must match, like Java's
 * `Matcher.matches` (inferred: AppSync runs on Java, and the guide's example `1F4G9H|1J6L4B` would otherwise accept any longer
 * client id).
 *
 * @param property the template's name for it, for messages.
 * @throws StartFailure when it is not a valid regular expression.
 */
export function compilePattern(property: string, source: string): (text: string) => boolean {
  try {
    const pattern = new RegExp(`^(?:${source})$`, 's');
    return (text) => pattern.test(text);
  } catch {
    throw new StartFailure(
      `${property} '${source}' is not a regular expression that JavaScript understands; ` +
        "correct it in the API's authorization configuration.",
    );
  }
}
