import type { Area } from './check.ts';
import { authAreas } from './auth/areas.ts';
import { graphql } from './graphql/area.ts';

/** In the order of the report. */
export const areas: Area[] = [graphql, ...authAreas];
