/** A registered kind of validated items, as `schema/generate-validators.ts` writes it into `schema/generated/kinds.js`. */
export interface Kind {
  /** `product`: the name of its file, `schema/kinds/product.schema.json`. */
  kind: string;
  /** The JSON Schema 2020-12 as written, extensions included; `itemKinds` answers it. */
  schema: Readonly<Record<string, unknown>>;
  validate: Validator;
  /** Root keyword `x-unique`: pointer patterns to the values that no two items of the kind share. */
  unique: readonly string[];
  /** Root keyword `x-references`: where the payload has ids of items that must exist. */
  references: readonly ReferenceRule[];
  /** Root keyword `x-rules`: rules in code. */
  rules: readonly CodeRule[];
}

export interface ReferenceRule {
  /** A pointer pattern. */
  path: string;
  /** The kind that the item must be of; null for any item, also one without a kind. */
  kind: string | null;
}

export interface CodeRule {
  /** `gtin`: a file in `rules/`, registered in `rules/registry.ts`. */
  rule: string;
  /** A pointer pattern: a JSON Pointer (RFC 6901) in which `*` stands for every element of an array. */
  path: string;
}

/** A function Ajv compiled with `allErrors`: false leaves all errors in `errors` until the next call. */
export interface Validator {
  (payload: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

/** What Ajv says of one broken keyword (Ajv docs, API, "Error objects"). */
export interface SchemaError {
  keyword: string;
  /** JSON Pointer to the value that broke the keyword. */
  instancePath: string;
  /** `#/properties/price/required`: where the keyword stands in the schema. */
  schemaPath: string;
  params: Readonly<Record<string, unknown>>;
  /** Set when it is a member's name, not its value, that broke the keyword. */
  propertyName?: string;
}
