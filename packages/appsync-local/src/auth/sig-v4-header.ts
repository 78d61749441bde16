import type { SignedRequest } from './caller.ts';
import { incompleteSignature } from './refusals.ts';
import { headerOf } from './request-headers.ts';

/** The unverified contents of a SigV4 `Authorization` header and its date. */
export interface ClaimedSignature {
  accessKeyId: string;
  /** `20261123`. */
  date: string;
  region: string;
  service: string;
  terminator: string;
  /** Lower case, sorted. */
  signedHeaders: string[];
  signature: string;
  /** `20261123T101500Z`. */
  timestamp: string;
  /** Epoch milliseconds of `timestamp`. */
  signedAt: number;
}

export const SIG_V4_ALGORITHM = 'AWS4-HMAC-SHA256';

export const isSigV4 = (authorization: string | undefined): boolean =>
  authorization?.trimStart().startsWith(SIG_V4_ALGORITHM) ?? false;

/** As the SDKs write it; anything else is read part by part, which takes three times as long. */
const USUAL =
  /^AWS4-HMAC-SHA256 Credential=([^/,=\s]+)\/(\d{8})\/([^/,=\s]+)\/([^/,=\s]+)\/([^/,=\s]+), ?SignedHeaders=([a-z\d;-]+), ?Signature=([\da-f]{64})$/;

const SIGNATURE = /^[\da-f]{64}$/;
const SIGNATURE_LENGTH = 64;

/** Requests that a client signs within a second differ in their signatures alone, so the rest is read once. */
let last: { beforeSignature: string; sentDate: string; claimed: ClaimedSignature } | undefined;

/** @throws RequestRefused IncompleteSignatureException, which names everything that is missing. */
export function parseSigV4(request: SignedRequest): ClaimedSignature {
  const authorization = headerOf(request, 'authorization') ?? '';
  const sentDate = headerOf(request, 'x-amz-date');
  const signature = authorization.slice(-SIGNATURE_LENGTH);
  const beforeSignature = authorization.slice(0, -SIGNATURE_LENGTH);
  if (last?.beforeSignature === beforeSignature && last.sentDate === sentDate && SIGNATURE.test(signature)) {
    return { ...last.claimed, signature };
  }
  const usual = sentDate === undefined ? null : USUAL.exec(authorization);
  if (!usual) {
    return readParts(request, authorization);
  }
  const claimed = readUsual(usual, sentDate!);
  last = { beforeSignature, sentDate: sentDate!, claimed };
  return claimed;
}

/** The whole text, and the seven groups of `USUAL`. */
type UsualParts = [string, string, string, string, string, string, string, string];

function readUsual(usual: RegExpExecArray, sentDate: string): ClaimedSignature {
  const parts = usual as unknown as UsualParts;
  const [, accessKeyId, date, region, service, terminator, signedHeaders, signature] = parts;
  return {
    ...{ accessKeyId, date, region, service, terminator },
    ...parseDate(sentDate),
    signature,
    signedHeaders: signedHeaders.split(';').sort(),
  };
}

function readParts(request: SignedRequest, authorization: string): ClaimedSignature {
  const parameters = parseParameters(authorization);
  const sentDate = headerOf(request, 'x-amz-date') ?? headerOf(request, 'date');
  const [credential, signature, signedHeaders] = ['Credential', 'Signature', 'SignedHeaders'].map((name) =>
    parameters.get(name),
  );
  if (!credential || !signature || !signedHeaders || !sentDate) {
    throw incompleteSignature(missingParts(authorization, parameters, sentDate));
  }
  return {
    ...parseCredential(credential),
    ...parseDate(sentDate),
    signature,
    signedHeaders: signedHeaders.toLowerCase().split(';').sort(),
  };
}

function parseParameters(authorization: string): Map<string, string> {
  const list = authorization.trim().slice(SIG_V4_ALGORITHM.length).split(',');
  return new Map(
    list.map((pair) => {
      const equals = pair.indexOf('=');
      return [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()];
    }),
  );
}

// The sentences and their order were recorded on AWS for `Authorization: invalidtoken123`.
function missingParts(
  authorization: string,
  parameters: Map<string, string>,
  sentDate: string | undefined,
): string {
  const sentences = ['Credential', 'Signature', 'SignedHeaders']
    .filter((name) => !parameters.get(name))
    .map((name) => `Authorization header requires '${name}' parameter.`);
  if (!sentDate) {
    sentences.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  }
  return [...sentences, `Authorization=${authorization}`].join(' ');
}

function parseCredential(credential: string) {
  const parts = credential.split('/');
  const [accessKeyId, date, region, service, terminator] = parts;
  if (parts.length !== 5 || !accessKeyId || !date || !region || !service || !terminator) {
    throw incompleteSignature(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  }
  return { accessKeyId, date, region, service, terminator };
}

function parseDate(sent: string): { timestamp: string; signedAt: number } {
  const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(sent.trim());
  if (basic) {
    const [timestamp, year, month, day, hour, minute, second] = basic;
    const signedAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    if (!Number.isNaN(signedAt)) {
      return { timestamp, signedAt };
    }
  }
  const signedAt = Date.parse(sent);
  if (Number.isNaN(signedAt)) {
    throw incompleteSignature(`Date must be in ISO-8601 'basic format'. Got '${sent}'.`);
  }
  return { timestamp: toTimestamp(signedAt), signedAt };
}

/** `20261123T101500Z` for epoch milliseconds. */
export const toTimestamp = (epochMs: number): string =>
  `${new Date(epochMs).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
