import { randomBytes } from 'node:crypto';
import type { SessionCredentials } from '../auth/sig-v4.ts';
import type { JudgeCall } from '../http/dynamodb-gate.ts';
import { graphqlAccess } from '../iam/appsync-access.ts';
import { dynamoDbAccesses } from '../iam/dynamodb-access.ts';
import type { AppModel } from '../template/app-model.ts';
import type { FunctionRole, Roles } from './roles.ts';

/** Sessions of Lambda functions' roles: each function has credentials of its own, so that its calls can be told from others'. */
export interface FunctionSessions {
  /** By the function's ARN; none for a function that is refused nothing. */
  credentialsOf(functionArn: string): { accessKeyId: string; secretAccessKey: string } | undefined;
  /** For the API in mode AWS_IAM. */
  callers: SessionCredentials[];
  /** For DynamoDB. */
  judgeCall: JudgeCall;
}

/**
 * With another DynamoDB than the embedded engine every function has the local user's credentials: DynamoDB Local keeps tables apart by
 * access key, and a real one would refuse keys made here.
 */
export const NO_SESSIONS: FunctionSessions = {
  credentialsOf: () => undefined,
  callers: [],
  judgeCall: () => 'allowed',
};

interface Session extends SessionCredentials {
  role: FunctionRole;
}

export function openFunctionSessions(app: AppModel, roles: Roles): FunctionSessions {
  const sessions = new Map<string, Session>();
  for (const lambda of app.lambdaFunctions) {
    const role = roles.ofFunction(lambda);
    if (role) {
      sessions.set(lambda.arn, openSession(app, lambda.functionName, role));
    }
  }
  const byKey = new Map([...sessions.values()].map((session) => [session.accessKeyId, session]));
  return {
    credentialsOf: (functionArn) => sessions.get(functionArn),
    callers: [...sessions.values()],
    judgeCall(accessKeyId, operation, input) {
      const session = byKey.get(accessKeyId);
      if (!session) {
        return 'unknown-caller';
      }
      for (const access of dynamoDbAccesses(operation, input, roles.tables)) {
        const refusal = session.role.judge(access);
        if (refusal) {
          return { refused: refusal.message };
        }
      }
      return 'allowed';
    },
  };
}

function openSession({ api, accountId }: AppModel, functionName: string, role: FunctionRole): Session {
  const { id, name } = role.model;
  return {
    role,
    accessKeyId: `ASIA${randomText(16)}`,
    secretAccessKey: randomBytes(30).toString('base64url'),
    // The user id and ARN of an assumed role's session (IAM user guide, "IAM identifiers").
    username: `${id}:${functionName}`,
    userArn: `arn:aws:sts::${accountId}:assumed-role/${name}/${functionName}`,
    mayRun(coordinate) {
      const access = graphqlAccess(api.arn, coordinate);
      return access === undefined || role.judge(access) === undefined;
    },
  };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** As many letters as bytes, like those of an access key id. */
const randomText = (length: number): string =>
  Array.from(randomBytes(length), (byte) => LETTERS[byte % LETTERS.length]).join('');
