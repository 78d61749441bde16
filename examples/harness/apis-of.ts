import { start } from 'appsync-local';

/**
 * The APIs of an app that has several, each as `api` takes it: the server does not start without a choice, and says which there are.
 *
 * @throws Error when the app has one, or does not start for another reason
 */
export async function apisOf(app: string): Promise<string[]> {
  const reason = await start({ app }).then(
    async (server) => {
      await server.close();
      return 'it started';
    },
    (error: Error) => error.message,
  );
  const [, list] =
    /^the cloud assembly has \d+ GraphQL APIs: (.*); choose one with --api$/.exec(reason) ?? [];
  if (list === undefined) {
    throw new Error(`expected a choice of APIs, got: ${reason}`);
  }
  return list.split(', ').map((title) => title.replaceAll("'", ''));
}
