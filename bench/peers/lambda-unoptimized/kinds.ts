import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Kind } from '../../../model/kinds/kind.ts';
import { rules } from '../../../model/kinds/rules/registry.ts';
import { EXTENSION_KEYWORDS, readExtensions } from '../../../schema/kind-extensions.ts';
import country from '../../../schema/kinds/country.schema.json';
import product from '../../../schema/kinds/product.schema.json';

/** Stands for schema/generated/kinds.js: the same kinds, compiled when the function loads. */
const ajv = new Ajv2020({ allErrors: true, strictRequired: false, allowUnionTypes: true });
ajv.addVocabulary(EXTENSION_KEYWORDS);
addFormats.default(ajv, { mode: 'full', keywords: false });

const KINDS = ['country', 'product'];

const compile = (kind: string, schema: Record<string, unknown>): Kind => ({
  ...readExtensions(schema, `${kind}.schema.json`, Object.keys(rules), KINDS),
  kind,
  schema,
  validate: ajv.compile(schema) as Kind['validate'],
});

export const kinds: readonly Kind[] = [compile('country', country), compile('product', product)];
