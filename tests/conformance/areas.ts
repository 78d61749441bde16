import type { Area } from './check.ts';
import { graphql } from './graphql/area.ts';
import { realtime } from './realtime/area.ts';

/** In the order of the report. */
export const areas: Area[] = [graphql, realtime];
