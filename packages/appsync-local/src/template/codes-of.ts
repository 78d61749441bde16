import type { ApiModel, CodeModel } from './app-model.ts';

/** Every code unit of an API, those of AppSync functions first. */
export const codesOf = ({ functions, resolvers }: ApiModel): CodeModel[] =>
  [...functions, ...resolvers].flatMap((unit) => ('code' in unit && unit.code ? [unit.code] : []));
