import { text } from '../helper-arguments.ts';
import type { HelperTree } from '../helper.ts';
import { toJsonObject } from '../rds-helpers/to-json-object.ts';
import type { Session } from '../session.ts';
import { authType } from './auth-type.ts';
import { encoding } from './encoding.ts';
import { errors } from './errors.ts';
import { http } from './http.ts';
import { ids } from './ids.ts';
import { matches } from './java-pattern.ts';
import { math } from './math.ts';
import { str } from './str.ts';
import { time } from './time/time.ts';
import { transform } from './transform.ts';
import { dynamodb } from './typed-values.ts';
import { xml } from './xml.ts';

/** The namespace `util`, as @aws-appsync/utils 2.1.1 declares it. @param now epoch milliseconds */
export const util = (session: Session, now: () => number): HelperTree => ({
  ...ids(now),
  ...encoding,
  ...errors(session),
  matches: (pattern: unknown, value: unknown) =>
    matches(text(pattern, 'util.matches'), text(value, 'util.matches')),
  authType: () => authType(session.current?.identity),
  time: time(now),
  dynamodb,
  rds: { toJsonObject },
  http: http(session),
  xml,
  transform,
  math,
  str,
});
