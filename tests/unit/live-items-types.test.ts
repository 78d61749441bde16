import { expectTypeOf, it } from 'vitest';
import type { RefusalCode, RefusalType } from '../../model/refusal-codes.ts';
import type * as client from '../../packages/live-items/src/index.ts';
import type * as api from '../../schema/generated/operations.ts';

// `live-items` writes the API's types out, so that it needs no file of this repository. `npm run typecheck` compares them.

it('takes for an item what the API gives for one', () => {
  expectTypeOf<client.Item>().toEqualTypeOf<api.ItemFieldsFragment>();
});

it('takes for a change, and for a page of them, what the API gives for one', () => {
  expectTypeOf<client.ItemChangeType>().toEqualTypeOf<api.ItemChangeType>();
  expectTypeOf<client.ItemChange>().toEqualTypeOf<api.ItemChangeFieldsFragment>();
  expectTypeOf<client.ItemChangePage>().toEqualTypeOf<api.ItemChangesQuery['itemChanges']>();
});

it('knows the codes of errors, and of which type each is', () => {
  expectTypeOf<client.ErrorCode>().toEqualTypeOf<RefusalCode>();
  expectTypeOf<client.ErrorCodes[RefusalCode<'Conflict'>]>().toEqualTypeOf<'Conflict'>();
  expectTypeOf<client.ErrorCodes[RefusalCode]>().toEqualTypeOf<RefusalType>();
  expectTypeOf<client.ApiError['code']>().toEqualTypeOf<RefusalCode | null>();
});

it('filters what it holds by what listItems filters by, and by id', () => {
  expectTypeOf<api.ItemFilterInput>().toExtend<client.ItemFilter>();
  expectTypeOf<Required<client.ItemFilter>>().toHaveProperty('id');
  expectTypeOf<Exclude<keyof client.ItemFilter, 'id'>>().toEqualTypeOf<keyof api.ItemFilterInput>();
  expectTypeOf<client.PayloadFilter>().toEqualTypeOf<api.PayloadFilterInput>();
});

it('filters by what onItemChange filters by', () => {
  expectTypeOf<client.TextFilter>().toEqualTypeOf<api.ChangeTextFilterInput>();
  expectTypeOf<client.LiveItemsFilter>().toEqualTypeOf<Omit<api.ItemChangeFilterInput, 'type'>>();
});
