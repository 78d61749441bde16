import type { Area } from './check.ts';
import { dataSources } from './data-sources/area.ts';
import { graphql } from './graphql/area.ts';

/** In the order of the report. */
export const areas: Area[] = [graphql, dataSources];
