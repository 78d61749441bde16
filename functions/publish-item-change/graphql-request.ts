import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from './sha256.ts';

/** Sends a body to AppSync, signed by the role of the Lambda function. Rejects where no answer came. */
export type Send = (body: string) => Promise<{ status: number; body: string }>;

/** AppSync ends a request after 30 s (AppSync quotas); publishing takes milliseconds, so what takes longer is lost. */
const TIME_OUT_MS = 5000;

/** Lambda puts the role's credentials of the moment into the environment (developer guide, "Defined runtime environment variables"). */
function credentials() {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw new Error('there are no credentials in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  }
  return Promise.resolve({
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  });
}

/** @param url of the GraphQL endpoint */
export function signedSend(url: URL, region: string): Send {
  const signer = new SignatureV4({ service: 'appsync', region, sha256: Sha256, credentials });
  return async (body) => {
    const { headers } = await signer.sign(
      new HttpRequest({
        method: 'POST',
        protocol: url.protocol,
        hostname: url.hostname,
        path: url.pathname,
        headers: { host: url.host, 'content-type': 'application/json' },
        body,
      }),
    );
    const signal = AbortSignal.timeout(TIME_OUT_MS);
    const response = await fetch(url, { method: 'POST', headers, body, signal });
    return { status: response.status, body: await response.text() };
  };
}
