/** Credentials of every local server. They give access only to servers on this machine, so they are not a secret. */
export const LOCAL_API_KEY = 'da2-localdevkey000000000000000';

export const LOCAL_CREDENTIALS = {
  accessKeyId: 'AKIALOCALDEVELOPMENT',
  secretAccessKey: 'local-development-secret',
};

export const DEFAULT_PORT = 4000;
