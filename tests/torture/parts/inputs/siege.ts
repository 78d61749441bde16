import type { Random } from '../../../../packages/appsync-local/tests/harness/random.ts';
import type { Findings } from '../../findings.ts';
import type { Client } from '../../harness/client.ts';
import { type Judge, shortened } from '../../harness/judge.ts';
import type { Victim } from '../../harness/victim.ts';
import { hostileCode } from './code.ts';
import { hostileBody } from './documents.ts';
import { provoke } from './frames.ts';
import { answersIn, exchangeBytes, hostileRequest } from './http.ts';

/** What is thrown at a server besides values for its fields. */
export interface Siege {
  victim: Victim;
  client: Client;
  judge: Judge;
  findings: Findings;
  random: Random;
}

/** Bytes on its port, which may be HTTP. */
export async function throwBytes({ victim, judge, findings, random }: Siege): Promise<void> {
  const bytes = hostileRequest(random);
  const sent = bytes.toString('latin1');
  const answer = await exchangeBytes(victim.port, bytes);
  findings.count('hostile HTTP requests');
  judge.look(answer, 'somebody', sent);
  for (const { status, body } of answersIn(answer)) {
    if (status >= 500) {
      findings.problem('wrong', `status ${status} over HTTP`, `${shortened(sent)}\ngot ${shortened(body)}`);
    }
  }
}

/** A document, by whoever may call. */
export async function throwDocument({ client, findings, random }: Siege): Promise<void> {
  await client.send(random.oneOf(client.callers), hostileBody(random));
  findings.count('hostile documents');
}

/** Frames over one connection. */
export async function throwFrames({ client, judge, findings, random }: Siege): Promise<void> {
  const { sent, frames } = await provoke(client, random);
  findings.count('hostile connections');
  findings.count('frames in answer', frames.length);
  for (const frame of frames) {
    judge.look(frame, 'a subscriber', sent);
    const fault = /"errorType":"(InternalFailure|InternalError|Code|MappingTemplate)"|^HTTP 5/.exec(
      frame,
    )?.[0];
    if (fault !== undefined) {
      findings.problem('wrong', `${fault} over WebSocket`, `${shortened(sent)}\ngot ${shortened(frame)}`);
    }
  }
}

const OWN_ERROR = /code\.js:\d+:\d+: \w+Error/g;

/** Code to be evaluated. Whatever it does, there is an answer. */
export async function throwCode({ client, judge, findings, random }: Siege): Promise<void> {
  const { kind, path, body } = hostileCode(random);
  const answer = await client.target.send('POST', path, { 'content-type': 'application/json' }, body);
  findings.count(`evaluations of ${kind}`);
  // Where the code itself fails, AppSync says how.
  judge.look(answer.body.replaceAll(OWN_ERROR, ''), 'evaluated code', body);
  if (answer.status >= 500) {
    findings.problem(
      'wrong',
      `status ${answer.status} of EvaluateCode`,
      `${shortened(body)}\ngot ${shortened(answer.body)}`,
    );
  }
}
