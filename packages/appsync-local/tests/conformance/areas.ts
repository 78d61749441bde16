import { appsyncJs } from './appsync-js/area.ts';
import { authAreas } from './auth/areas.ts';
import type { Area } from './check.ts';
import { dataSources } from './data-sources/area.ts';
import { evaluate } from './evaluate/area.ts';
import { graphql } from './graphql/area.ts';
import { limits } from './graphql/limits/area.ts';
import { schemas } from './graphql/schemas/area.ts';
import { iam } from './iam/area.ts';
import { rds } from './rds/area.ts';
import { realtime } from './realtime/area.ts';

/** In the order of the report. */
export const areas: Area[] = [
  graphql,
  limits,
  schemas,
  ...authAreas,
  evaluate,
  appsyncJs,
  rds,
  dataSources,
  iam,
  realtime,
];
