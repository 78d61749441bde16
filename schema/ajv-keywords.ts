import {
  _,
  type Ajv2020,
  type Code,
  type CodeGen,
  type CodeKeywordDefinition,
  type KeywordCxt,
  Name,
} from 'ajv/dist/2020.js';
import { resolveRef, SchemaEnv } from 'ajv/dist/compile/index.js';
import { callRef, getValidate } from 'ajv/dist/vocabularies/core/ref.js';
import { withErrorsOfReference } from '../model/kinds/keywords/errors-of-reference.ts';
import { isMultipleOf } from '../model/kinds/keywords/multiple-of.ts';
import { remembered } from '../model/kinds/keywords/remembered.ts';
import { repeatedElement } from '../model/kinds/keywords/repeated-element.ts';

/*
 * Keywords that Ajv compiles otherwise than is needed here. What they call at run time is in
 * model/kinds/keywords, which the bundle of the compiled kinds takes in.
 */

const helper = (gen: CodeGen, reference: unknown, code: Code): Name =>
  gen.scopeValue('func', { ref: reference, code });

/** Ajv divides doubles: 0.07 would be no multiple of 0.01. */
const multipleOf: CodeKeywordDefinition = {
  keyword: 'multipleOf',
  type: 'number',
  schemaType: 'number',
  error: { message: 'must be a multiple', params: ({ schemaCode }) => _`{multipleOf: ${schemaCode}}` },
  code(cxt) {
    const code = _`require("./model/kinds/keywords/multiple-of.ts").isMultipleOf`;
    cxt.pass(_`${helper(cxt.gen, isMultipleOf, code)}(${cxt.data}, ${cxt.schemaCode})`);
  },
};

/** Ajv compares each element with each other one where they are no scalars. */
const uniqueItems: CodeKeywordDefinition = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  error: { message: 'must be unique', params: ({ params: { repeat } }) => _`${repeat as Name}` },
  code(cxt) {
    if (cxt.schema !== true) {
      return;
    }
    const code = _`require("./model/kinds/keywords/repeated-element.ts").repeatedElement`;
    const repeat = cxt.gen.let('repeat', _`${helper(cxt.gen, repeatedElement, code)}(${cxt.data})`);
    cxt.setParams({ repeat });
    cxt.fail(_`${repeat} !== null`);
  },
};

/** What compiled code calls the list of errors, and their number. */
const [ERRORS, COUNT] = [new Name('vErrors'), new Name('errors')];

/** The schema that a `$ref` leads to, and the function compiled of it; undefined for `true`, `false` and what is not there. */
function referred(cxt: KeywordCxt): { env: SchemaEnv; validate: Code } | undefined {
  const { gen, it } = cxt;
  const $ref = cxt.schema as string;
  const { root } = it.schemaEnv;
  if (($ref === '#' || $ref === '#/') && it.baseId === root.baseId) {
    const validate =
      it.schemaEnv === root ? it.validateName : _`${gen.scopeValue('root', { ref: root })}.validate`;
    return { env: root, validate };
  }
  const env = resolveRef.call(it.self, root, it.baseId, $ref);
  return env instanceof SchemaEnv ? { env, validate: getValidate(cxt, env) } : undefined;
}

/**
 * Ajv asks a subschema again for every branch that refers to it, reports its errors under its own place, and copies all errors so far for
 * each `$ref`.
 * @param own Ajv's
 */
const reference = (own: CodeKeywordDefinition): CodeKeywordDefinition => ({
  keyword: '$ref',
  schemaType: 'string',
  code(cxt) {
    const { gen, it } = cxt;
    const code = _`require("./model/kinds/keywords/errors-of-reference.ts").withErrorsOfReference`;
    const before = gen.let('before', ERRORS);
    gen.assign(ERRORS, _`null`);
    const target = referred(cxt);
    if (target) {
      const called = _`require("./model/kinds/keywords/remembered.ts").remembered`;
      callRef(cxt, _`${helper(gen, remembered, called)}(${target.validate})`, target.env);
    } else {
      own.code(cxt);
    }
    const place = `${it.errSchemaPath}/$ref`;
    const name = it.propertyName ?? _`undefined`;
    gen.assign(
      ERRORS,
      _`${helper(gen, withErrorsOfReference, code)}(${before}, ${ERRORS}, ${place}, ${name})`,
    );
    gen.assign(COUNT, _`${ERRORS} === null ? 0 : ${ERRORS}.length`);
  },
});

/** Puts these in the place of Ajv's own. `$anchor` asserts nothing; Ajv resolves it, but does not know it. */
export function replaceKeywords(ajv: Ajv2020): void {
  const own = ajv.getKeyword('$ref') as CodeKeywordDefinition;
  for (const definition of [multipleOf, uniqueItems, reference(own)]) {
    ajv.removeKeyword(definition.keyword as string);
    ajv.addKeyword(definition);
  }
  ajv.addKeyword('$anchor');
}
