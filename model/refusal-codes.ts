/**
 * Why something is refused, for programs: `errorInfo.code`, below its `errorType`, with one sentence for docs/errors.md. A code never changes
 * its meaning and is never given to another one. Only types and tests read the table: no resolver carries it.
 */
export const CODES = {
  BadRequest: {
    id_required: 'The id is blank.',
    kind_required: 'The kind is blank.', // part: validated-items
    id_too_long: 'The id has more bytes than a key may have.',
    kind_too_long: 'The kind has more bytes than a key may have.', // part: validated-items
    unpaired_surrogate: 'A text holds an unpaired surrogate, which UTF-8 has no bytes for.',
    expected_version_out_of_range: 'The expected version is negative.',
    expected_version_zero: 'An update expects version 0, which means create only.',
    expires_at_out_of_range: 'The expiry is not a time in seconds up to the end of the year 9999.',
    owner_invalid: 'The owner is blank or has more bytes than a key may have.',
    item_is_validated: 'The item has a kind, so only putValidatedItem may write it.', // part: validated-items
    item_too_large: 'The item is larger than the 400 KB that DynamoDB holds.',
    payload_too_deep: 'The payload nests more lists and maps than DynamoDB holds.',
    payload_name_empty: 'A member of the payload has an empty name.',
    payload_number_inexact: 'A number of the payload may have lost digits on its way.',
    payload_number_out_of_range: 'A number of the payload is too small for DynamoDB.',
    too_many_members: 'A merge has more members than one write can merge.',
    too_many_actions: 'The unique values and references need more actions than one transaction has.', // part: validated-items
    kind_unknown: 'No such kind is registered.', // part: validated-items
    unique_value_too_long: 'A unique value makes a key that is too long.', // part: validated-items
    too_many_ids: 'One request asks for more ids than allowed.',
    answer_too_large: 'The items asked for are larger than one answer holds.',
    items_out_of_range: 'A batch has no items, or more than one transaction takes.',
    id_repeated: 'A batch has the same id more than once.',
    request_token_misplaced: 'A token is in an item of a batch instead of beside the items.',
    request_token_out_of_range: 'The token is blank or too long.',
    request_token_reused: 'The token was used with another input.',
    request_token_input_too_large: 'The input is too large to be kept beside its token.',
    limit_out_of_range: 'The limit is below 1 or above the largest page.',
    next_token_invalid: 'The token belongs to another query or another caller.',
    sort_without_index: 'The listing of this caller reads no index, so it has no order.',
    time_range_empty: 'No time lies within the bounds.',
    filter_empty: 'A filter inside and, or, not is empty, or a list of filters is.',
    filter_too_large: 'The filter has more parts than allowed, or makes too long an expression.',
    filter_time_misplaced: 'A bound on the key of an index is inside and, or, not.',
    filter_operator_missing: 'A condition on the payload has no operator.',
    filter_operator_repeated: 'A member of the filter has more than one operator.', // part: change-feed
    filter_operand_type:
      'An operand has a type that its operator does not take, or bounds are the wrong way round.',
    filter_operand_unstorable: 'No stored payload can hold the operand.',
    filter_values_out_of_range: 'A list of values is empty or too long.',
    filter_value_too_long: 'A value is longer than a subscription filter takes.', // part: change-feed
    // part: change-feed
    filter_combinations_out_of_range:
      'The lists of values make more combinations than a subscription filter takes.',
    // end: change-feed
    filter_path_invalid: 'The path cannot be read.',
    filter_path_ambiguous: 'The path has too many numbers that may be positions or names.',
    filter_path_too_deep: 'The path has more steps than a payload has levels.',
    since_too_old: 'The cursor or the time back is older than the changes that are kept.', // part: change-feed
    since_invalid: 'It is neither a cursor of this caller nor a time back.', // part: change-feed
  },
  // part: validated-items
  ValidationFailed: {
    payload_invalid: 'The payload breaks rules of its kind.',
  },
  // end: validated-items
  NotFound: {
    item_missing: 'There is no item with this id to update.',
  },
  Conflict: {
    version_differs: 'The item is at another version than expected, or there is none.',
    race_lost: 'Another writer was faster; no version was expected, or it was the right one.',
    unique_taken: 'Another item holds a value that must be unique within the kind.', // part: validated-items
    referenced: 'Other items refer to the item.', // part: validated-items
  },
  Unauthorized: {
    not_owner: 'This caller may not write the item.',
    owner_not_allowed: 'Only admins and IAM callers may name an owner.',
    write_not_allowed: 'This caller may write no items.',
    caller_unknown: 'The permissions have no rule for this kind of caller.',
    subscription_not_allowed: 'This caller owns nothing that the subscription could match.',
  },
  Throttled: {
    throttled: 'DynamoDB or Lambda is throttling.',
    transaction_in_the_way:
      'Each attempt conflicted with another transaction on the same items; nothing was written.',
  },
  InternalError: {
    internal_error: 'Something else failed; nothing was written.',
    outcome_unknown: 'The data source failed or timed out during a write; the item may have been written.',
  },
} as const;

/** Kinds of errors of a field: `errorType` (docs/errors.md). */
export type RefusalType = keyof typeof CODES;

/** The codes of one kind of errors, or of all. */
export type RefusalCode<Type extends RefusalType = RefusalType> = {
  [Each in Type]: keyof (typeof CODES)[Each] & string;
}[Type];

/**
 * The same request, sent again as it is, may succeed and does no harm: `errorInfo.retryable`. Not so after `outcome_unknown`, since the write may have
 * been done and others may have written since.
 */
export const RETRYABLE: RefusalCode[] = [
  'race_lost',
  'throttled',
  'transaction_in_the_way',
  'internal_error',
];
