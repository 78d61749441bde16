import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build, type Plugin } from 'esbuild';
import { rules } from '../model/kinds/rules/registry.ts';
import { replaceKeywords } from './ajv-keywords.ts';
import { EXTENSION_KEYWORDS, type Extensions, KindFailure, readExtensions } from './kind-extensions.ts';
import { type KindFile, KINDS, readKinds, SUFFIX } from './read-kinds.ts';

/*
 * Compiles schema/kinds/*.schema.json to schema/generated/kinds.js: each kind's validator, its schema and its extensions.
 * `npm run codegen` writes the files; a test compares them with the schemas.
 */

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

interface KindSource extends Extensions {
  kind: string;
  schema: Record<string, unknown>;
}

const DIALECT_CHECK = new Ajv2020({ strict: false });

/** In Ajv's words, which the compiled validators do without. */
function checkSchema(schema: object, file: string): void {
  if (!DIALECT_CHECK.validateSchema(schema)) {
    const problem = DIALECT_CHECK.errorsText(DIALECT_CHECK.errors, { dataVar: '' });
    throw new KindFailure(`${file} is no JSON Schema: ${problem}`);
  }
}

/** Ajv passes over a member of this name, so its rules would never be kept. */
function checkNames(schema: unknown, file: string): void {
  if (typeof schema !== 'object' || schema === null) {
    return;
  }
  const { properties } = schema as { properties?: object };
  if (typeof properties === 'object' && Object.hasOwn(properties, '__proto__')) {
    throw new KindFailure(
      `${file} describes a member called __proto__, which no validator looks at: choose another name`,
    );
  }
  Object.values(schema).forEach((member) => checkNames(member, file));
}

function sourceOf({ kind, file, schema }: KindFile, kinds: readonly string[]): KindSource {
  checkSchema(schema, file);
  checkNames(schema, file);
  return { kind, schema, ...readExtensions(schema, file, Object.keys(rules), kinds) };
}

/** `inlineRefs` off: a definition used twice is compiled once. `ownProperties`: `constructor` and its like are members only where they are given. `strictRequired` off: it refuses `required` in a branch of `oneOf` that leaves `properties` to its parent. */
function makeAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    inlineRefs: false,
    ownProperties: true,
    messages: false,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    code: { source: true, esm: true, lines: true },
  });
  replaceKeywords(ajv);
  ajv.addVocabulary(EXTENSION_KEYWORDS);
  addFormats.default(ajv, { mode: 'full', keywords: false });
  return ajv;
}

function add(ajv: Ajv2020, { kind, schema }: KindSource): void {
  try {
    ajv.addSchema(schema, kind);
    ajv.getSchema(kind);
  } catch (error) {
    throw new KindFailure(`${kind}${SUFFIX}: ${(error as Error).message}`);
  }
}

const exportName = (index: number): string => `validate${index}`;

function moduleSource(sources: readonly KindSource[]): string {
  const ajv = makeAjv();
  for (const source of sources) {
    add(ajv, source);
  }
  const validators = standaloneCode(
    ajv,
    Object.fromEntries(sources.map(({ kind }, index) => [exportName(index), kind])),
  );
  const kinds = sources.map(({ kind, schema, unique, references, rules }, index) => {
    const data = JSON.stringify({ kind, schema, unique, references, rules }, null, 2);
    return `{ validate: ${exportName(index)}, ...${data} }`;
  });
  return `${validators}\nexport const kinds = [${kinds.join(',\n')}];\n`;
}

/**
 * Names what comes from a package by its package, `ajv/dist/runtime/ucs2length.js`, so that the code is the same wherever `node_modules` is.
 */
const packageNames: Plugin = {
  name: 'package-names',
  setup(esbuild) {
    esbuild.onResolve({ filter: /./ }, ({ path, namespace, pluginData }) => {
      if (namespace !== 'package' && path.startsWith('.')) {
        return undefined; // A file of this project.
      }
      const importer = (pluginData as string | undefined) ?? join(PROJECT, 'package.json');
      const file = createRequire(importer).resolve(path);
      return { path: file.split(/node_modules[\\/]/).at(-1)!, namespace: 'package', pluginData: file };
    });
    esbuild.onLoad({ filter: /./, namespace: 'package' }, ({ pluginData }) => ({
      contents: readFileSync(pluginData as string, 'utf8'),
      pluginData: pluginData as string,
    }));
  },
};

/** Ajv's code asks for its helpers with `require`, also as a module; esbuild puts those it uses into the one file. */
async function bundle(source: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: PROJECT, sourcefile: 'schema/kinds' },
    absWorkingDir: PROJECT,
    bundle: true,
    plugins: [packageNames],
    write: false,
    format: 'esm',
    platform: 'neutral',
    target: 'node20',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

const HEADER = '// Generated by schema/generate-validators.ts from schema/kinds; do not edit.\n';

const DECLARATION = `${HEADER}import type { Kind } from '../../model/kinds/kind.ts';

/** All registered kinds, by name. */
export declare const kinds: readonly Kind[];
`;

/** The text of `kinds.js` and `kinds.d.ts`. Equal schemas give equal text. */
export interface Generated {
  code: string;
  declaration: string;
}

/**
 * Compiles all kinds of a folder.
 *
 * @param directory holds `<kind>.schema.json` files; others are left alone
 * @throws KindFailure naming the file and what is wrong with it
 */
export async function generateValidators(directory: string = KINDS): Promise<Generated> {
  const files = readKinds(directory);
  const kinds = files.map(({ kind }) => kind);
  const code = await bundle(moduleSource(files.map((file) => sourceOf(file, kinds))));
  return { code: HEADER + code, declaration: DECLARATION };
}
