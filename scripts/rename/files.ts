import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MADE_ANEW } from '../made-anew.ts';

/** Files whose texts change. */
const TEXTS = /(?:\.(?:c|m)?[jt]s|\.(?:json|md|ya?ml|graphql|svg|rs|toml|html|css)|^\.[a-z]+ignore|\/run)$/;

/** Of others, or of this command: it holds both old and new names. */
const LEFT: readonly RegExp[] = [
  // The emulator knows nothing of this app, but for tests that run it and two pages that have it as their example.
  /^packages\/appsync-local\/(?!tests\/(?:server|clients|harness|apps)\/|docs\/(?:request-path|testing-resolvers)\.md$)/,
  // Apps of their own. The demo and the pages (web, web-apollo, …) use this API.
  /^examples\/(?!demo\/|web)/,
  /^scripts\/rename\//,
  /^tests\/unit\/scripts\/rename\//,
  /^tests\/adopter\/rename\.test\.ts$/,
];

/** A copyright notice must stay as it is, and what npm locked of others is none of ours. */
const KEPT = /(?:^|\/)LICENSE$|.\/package-lock\.json$/;

/** Folders that have no business with DynamoDB: there, the type's bare name is always the type. */
const OF_THE_API = /^(?:schema|packages\/live-[a-z-]+)\//;

/** Import and export read and write DynamoDB's JSON. */
export const isDynamoDb = (file: string): boolean => /^(?:tests\/|docs\/)?transfer\b/.test(file);

export const isAlwaysType = (file: string): boolean => OF_THE_API.test(file);

export const isCode = (file: string): boolean => /\.(?:c|m)?[jt]s$/.test(file);

/** Whether a file's path follows the names. */
export const isRenamed = (file: string): boolean => !LEFT.some((left) => left.test(file));

/** Whether its text does. */
export const hasNames = (file: string): boolean => TEXTS.test(file) && !KEPT.test(file);

/** Every file whose path follows the names, below the root, in order. */
export function filesBelow(root: string, folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isDirectory()) {
        return MADE_ANEW.has(entry.name) ? [] : filesBelow(root, path);
      }
      return entry.isFile() && isRenamed(path) ? [path] : [];
    })
    .sort();
}
