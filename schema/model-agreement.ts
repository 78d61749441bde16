import type { ChangeFilterMember } from '../model/change-filter.ts';
import type { ChangeMember } from '../model/change-log.ts';
import type { OperatorOn } from '../model/filter.ts';
import type { ClientMember, FilterMember, ItemMember } from '../model/item.ts';
import type {
  ChangedItemInput,
  ChangeTextFilterInput,
  DateTimeRangeInput,
  IntFilterInput,
  Item,
  ItemChange,
  ItemChangeFilterInput,
  ItemChangeInput,
  ItemChangeTypeFilterInput,
  ItemFilterInput,
  PayloadFilterInput,
  PutItemInput,
  PutValidatedItemInput,
  StringFilterInput,
  UpdateItemInput,
} from './generated/schema.ts';

/*
 * The schema and the model have the same members and operators. `'tags' does not satisfy the constraint 'never'` says that one of
 * them has `tags` and the other does not: add it to MEMBERS of model/item.ts or OPERATORS of model/filter.ts, or to schema.graphql.
 */

type Agree<Difference extends never> = Difference;
type Difference<A, B> = Exclude<A, B> | Exclude<B, A>;

/** What a write says besides the members of the item. */
type OfTheWrite = 'id' | 'owner' | 'expectedVersion';

export type Agreement = [
  Agree<Difference<keyof Item, ItemMember>>,
  Agree<Difference<keyof ChangedItemInput, ItemMember>>,
  Agree<Difference<keyof PutItemInput, ClientMember | OfTheWrite | 'clientRequestToken'>>,
  Agree<Difference<keyof UpdateItemInput, ClientMember | OfTheWrite>>,
  Agree<Difference<keyof PutValidatedItemInput, ClientMember | OfTheWrite | 'kind'>>,
  Agree<Difference<keyof ItemFilterInput, FilterMember | 'and' | 'or' | 'not'>>,
  Agree<Difference<keyof StringFilterInput, OperatorOn<'text'>>>,
  Agree<Difference<keyof IntFilterInput, OperatorOn<'int'>>>,
  Agree<Difference<keyof DateTimeRangeInput, OperatorOn<'time'>>>,
  Agree<Difference<keyof PayloadFilterInput, OperatorOn<'payload'> | 'path'>>,
  Agree<Difference<keyof ItemChange, ChangeMember | 'item' | 'previous'>>,
  Agree<Difference<keyof ItemChangeInput, ChangeMember | 'item' | 'previous'>>,
  Agree<Difference<keyof ItemChangeFilterInput, ChangeFilterMember>>,
  Agree<Difference<keyof ChangeTextFilterInput, OperatorOn<'change'>>>,
  Agree<Difference<keyof ItemChangeTypeFilterInput, OperatorOn<'change type'>>>,
];
