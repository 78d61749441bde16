import { list } from '../helper-arguments.ts';
import type { HelperTree } from '../helper.ts';
import { batches } from './batches.ts';
import { requests } from './requests.ts';
import { operations } from './update-markers.ts';

/** `@aws-appsync/utils/dynamodb`; the results are those recorded by localstack/appsync-utils. */
export const dynamodbModule: HelperTree = {
  ...requests,
  ...batches,
  operations,
  toStringSet: (values: unknown) => ({ SS: list(values, 'toStringSet') }),
  toNumberSet: (values: unknown) => ({ NS: list(values, 'toNumberSet') }),
  toBinarySet: (values: unknown) => ({ BS: list(values, 'toBinarySet') }),
};
