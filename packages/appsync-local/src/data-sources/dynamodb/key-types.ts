import type { TableModel } from '../../template/app-model.ts';

/** The types of a key's attributes. */
export interface KeyTypes {
  partitionKey: string;
  /** By attribute name: `S`, `N` or `B`. */
  types: ReadonlyMap<string, string>;
}

/** Returns the keys of a table, or of an index by name; undefined for an index that the template lacks. */
export type KeyTypesOf = (index: string | undefined) => KeyTypes | undefined;

export function keyTypesOf(table: TableModel): KeyTypesOf {
  const typeOf = new Map(
    table.attributeDefinitions.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]),
  );
  const keyTypes = (keySchema: TableModel['keySchema']): KeyTypes => ({
    partitionKey: keySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '',
    types: new Map(keySchema.map(({ AttributeName: name }) => [name, typeOf.get(name) ?? ''])),
  });
  const ofTable = keyTypes(table.keySchema);
  const ofIndexes = new Map(
    [...table.globalSecondaryIndexes, ...table.localSecondaryIndexes].map(({ IndexName, KeySchema }) => [
      IndexName,
      keyTypes(KeySchema),
    ]),
  );
  return (index) => (index === undefined ? ofTable : ofIndexes.get(index));
}
