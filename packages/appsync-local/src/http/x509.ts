import type * as x509 from '@peculiar/x509';

const METADATA_READERS = ['getMetadata', 'getOwnMetadata'] as const;

/**
 * Loads the certificate library. Its dependency injection requires a `Reflect.getMetadata` at load time, though none of its
 * classes has decorator metadata; so one that returns nothing exists while it loads.
 */
export async function loadX509(): Promise<typeof x509> {
  const reflect = Reflect as unknown as Record<string, unknown>;
  const lent = METADATA_READERS.filter((name) => !(name in reflect));
  for (const name of lent) {
    reflect[name] = () => undefined;
  }
  try {
    return await import('@peculiar/x509');
  } finally {
    for (const name of lent) {
      delete reflect[name];
    }
  }
}
