// AppSync developer guide, "Building a real-time WebSocket client".

const AWS_ENDPOINT = /^https:\/\/(\w+)\.appsync-api\.([\w-]+)\.(amazonaws\.com(?:\.cn)?)\/graphql$/;

/** Where the real-time endpoint of an API is; a custom domain and a local server have it below the API's path. */
export function realtimeUrlOf(url: string): string {
  return AWS_ENDPOINT.test(url)
    ? url.replace(AWS_ENDPOINT, 'wss://$1.appsync-realtime-api.$2.$3/graphql')
    : `${url.replace(/^http/, 'ws')}/realtime`;
}

/** What a signature for a connection or a subscription covers. */
export const realtimeHeaders = (url: string): Record<string, string> => ({
  accept: 'application/json, text/javascript',
  'content-encoding': 'amz-1.0',
  'content-type': 'application/json; charset=UTF-8',
  host: new URL(url).host,
});
