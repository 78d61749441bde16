import { localJson } from './local-route.ts';

/** See ConsoleSettings in console.ts; on another machine than the server's the credentials are missing. */
export interface Settings {
  title: string;
  region: string;
  modes: AuthenticationType[];
  oidcIssuers: string[];
  apiKey?: string;
  credentials?: Credentials;
  /** Whether `/_local/app.json` reports saved files. */
  isWatched?: boolean;
}

export type AuthenticationType =
  | 'API_KEY'
  | 'AWS_IAM'
  | 'AMAZON_COGNITO_USER_POOLS'
  | 'OPENID_CONNECT'
  | 'AWS_LAMBDA';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

export const loadSettings = (): Promise<Settings> => localJson<Settings>('/_local/console.json');
