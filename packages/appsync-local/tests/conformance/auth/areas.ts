import type { Area } from '../check.ts';
import { cognitoDeny, cognitoOnly } from './cognito-only/area.ts';
import { everyMode } from './every-mode/area.ts';
import { iamOnly } from './iam-only/area.ts';
import { lambdaNotPermitted } from './lambda-not-permitted/area.ts';
import { lambdaOnly } from './lambda-only/area.ts';
import { oidcOnly } from './oidc-only/area.ts';

/** Authorization: an app for each set of modes, whose checks share one row of ids. */
export const authAreas: Area[] = [
  everyMode,
  cognitoOnly,
  cognitoDeny,
  iamOnly,
  lambdaOnly,
  lambdaNotPermitted,
  oidcOnly,
];
