import { type Answer, signedPost } from '../aws/signed-post.ts';

/** Sends a body to AppSync, signed by the role of the Lambda function. Rejects where no answer came. */
export type Send = (body: string) => Promise<Answer>;

/** AppSync ends a request after 30 s (AppSync quotas); publishing takes milliseconds, so what takes longer is lost. */
const TIME_OUT_MS = 5000;

const HEADERS = { 'content-type': 'application/json' };

/** @param url of the GraphQL endpoint */
export function signedSend(url: URL, region: string): Send {
  const post = signedPost({ url, name: 'appsync', region, connectMs: TIME_OUT_MS, answerMs: TIME_OUT_MS });
  return (body) => post(HEADERS, body);
}
