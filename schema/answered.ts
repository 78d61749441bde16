/** Mutations that are null only beside an error (docs/adr/0033). Not `deleteItem`, which is also null where there was no item. */
type NullWithErrorOnly =
  | 'putItem'
  | 'putItems'
  | 'putValidatedItem' // part: validated-items
  | 'updateItem';

/** `data` of an operation that was answered without errors. */
export type Answered<Result> = {
  [Field in keyof Result]: Field extends NullWithErrorOnly ? NonNullable<Result[Field]> : Result[Field];
};
