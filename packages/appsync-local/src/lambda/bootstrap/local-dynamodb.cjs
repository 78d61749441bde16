const Module = require('node:module');

const NAMES = ['https', 'node:https'];

/** DynamoDB's hosts: of a region, of its streams, of FIPS, dual-stack, and of an account ("Service endpoints", AWS General Reference). */
const DYNAMODB =
  /^((streams\.)?dynamodb(-fips)?\.[\w-]+\.(amazonaws\.com(\.cn)?|api\.aws)|\d{12}\.(ddb|streams-ddb)\.[\w-]+\.amazonaws\.com)$/;

/**
 * Sends requests to DynamoDB to this machine's, also those of an SDK that does not know AWS_ENDPOINT_URL_DYNAMODB: version 2, and version 3
 * before 3.451, which bundles of functions contain. They would reach for AWS, and wait until the function's time is up.
 *
 * Does not load node:https, which most functions without an SDK never do: it waits for the function to do so.
 *
 * @param {string | undefined} endpoint - where DynamoDB is; undefined leaves everything as it is
 * @returns to be called when the function has loaded, for what its ES modules import
 */
function redirectDynamoDb(endpoint) {
  if (endpoint === undefined) return () => undefined;
  const to = new URL(endpoint);
  const load = Module._load;
  Module._load = function (name, ...rest) {
    const loaded = load.call(this, name, ...rest);
    if (NAMES.includes(name)) redirect(loaded, to);
    return loaded;
  };
  return () => {
    if (process.moduleLoadList.includes('NativeModule https')) require('node:https');
  };
}

const redirected = new WeakSet();

function redirect(https, to) {
  if (redirected.has(https)) return;
  redirected.add(https);
  const { request } = https;
  https.request = (...given) => {
    const { options, callback } = requestOf(given);
    if (!DYNAMODB.test(options.hostname ?? options.host ?? '')) return request(...given);
    const { hostname, port, protocol } = to;
    const there = {
      ...options,
      protocol,
      hostname,
      host: hostname,
      port,
      agent: undefined,
      servername: undefined,
    };
    const send = protocol === 'https:' ? request : require('node:http').request;
    return send(there, callback);
  };
  https.get = (...given) => {
    const sent = https.request(...given);
    sent.end();
    return sent;
  };
  Module.syncBuiltinESMExports();
}

/** `request(url, options, callback)`, `request(url, callback)` and `request(options, callback)`. */
function requestOf(given) {
  const [first, second] = given;
  const callback = given.find((one) => typeof one === 'function');
  if (typeof first !== 'string' && !(first instanceof URL)) return { options: first ?? {}, callback };
  const { hostname, pathname, search } = new URL(first);
  const more = typeof second === 'function' ? {} : second;
  return { options: { hostname, path: `${pathname}${search}`, ...more }, callback };
}

module.exports = { redirectDynamoDb };
