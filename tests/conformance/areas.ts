import { appsyncJs } from './appsync-js/area.ts';
import type { Area } from './check.ts';
import { evaluate } from './evaluate/area.ts';
import { graphql } from './graphql/area.ts';

/** In the order of the report. */
export const areas: Area[] = [graphql, evaluate, appsyncJs];
