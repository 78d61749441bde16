const { existsSync, readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { basename, dirname, join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
const { runtimeError } = require('./errors.cjs');

/**
 * Finds `dir/file.export` below the task root. Tries `file`, `file.js`, `file.mjs` and `file.cjs`, in Lambda's order.
 *
 * @param {boolean} callbacks - whether the runtime has callback handlers (up to Node.js 22)
 * @throws Runtime.MalformedHandlerName, Runtime.ImportModuleError, Runtime.UserCodeSyntaxError, Runtime.HandlerNotFound,
 * Runtime.CallbackHandlerDeprecated, or the module's own error
 */
async function loadHandler(taskRoot, handlerName, callbacks) {
  if (handlerName.includes('..')) {
    const advice = 'Use absolute paths when specifying root directories in handler names.';
    throw runtimeError('MalformedHandlerName', `'${handlerName}' is not a valid handler name. ${advice}`);
  }
  const [, moduleName, exportPath] = /^([^.]*)\.(.*)$/.exec(basename(handlerName)) ?? [];
  if (moduleName === undefined) throw runtimeError('MalformedHandlerName', 'Bad handler');

  const module = await loadModule(resolve(taskRoot, dirname(handlerName), moduleName), taskRoot, moduleName);
  const handler = member(module, exportPath) ?? member(module.default, exportPath);
  if (!handler) throw runtimeError('HandlerNotFound', `${handlerName} is undefined or not exported`);
  if (typeof handler !== 'function') {
    throw runtimeError('HandlerNotFound', `${handlerName} is not a function`);
  }
  if (!callbacks && handler.length >= 3) throw callbackRemoved();
  return handler;
}

const member = (module, path) => path.split('.').reduce((value, key) => value?.[key], module);

async function loadModule(file, taskRoot, moduleName) {
  const require = createRequire(join(taskRoot, 'index.js'));
  try {
    if (existsSync(file) && !existsSync(join(file, 'package.json'))) return requireFile(require, file);
    if (existsSync(`${file}.js`)) {
      return isModule(dirname(file)) ? await importFile(`${file}.js`) : requireFile(require, `${file}.js`);
    }
    if (existsSync(`${file}.mjs`)) return await importFile(`${file}.mjs`);
    if (existsSync(`${file}.cjs`)) return requireFile(require, `${file}.cjs`);
    return require(require.resolve(moduleName, { paths: [taskRoot, dirname(file)] }));
  } catch (error) {
    if (error instanceof SyntaxError) throw runtimeError('UserCodeSyntaxError', String(error), error);
    if (error?.code === 'MODULE_NOT_FOUND') throw runtimeError('ImportModuleError', String(error), error);
    throw error;
  }
}

const requireFile = (require, file) => require(file);
const importFile = (file) => import(pathToFileURL(file).href);

/** Whether `.js` files of a directory are ES modules, by the nearest package.json. */
function isModule(directory) {
  if (basename(directory) === 'node_modules') return false;
  const file = join(directory, 'package.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')).type === 'module';
  const parent = dirname(directory);
  return parent === directory ? false : isModule(parent);
}

const callbackRemoved = () =>
  runtimeError(
    'CallbackHandlerDeprecated',
    'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. ' +
      'You need to modify this function to use a supported handler signature to use Node.js 24 or later. ' +
      'For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
  );

module.exports = { loadHandler };
