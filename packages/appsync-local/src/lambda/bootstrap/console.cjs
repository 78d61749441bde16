const { format } = require('node:util');

let requestId;
let json = false;

/** Sets the invocation that log lines belong to. */
const setRequestId = (id) => {
  requestId = id;
};

/**
 * Replaces the console by Lambda's: every line has time, request id and level, as tab separated text or as a JSON object ("Log
 * and monitor Node.js Lambda functions", AWS Lambda developer guide), and goes to stdout.
 */
function patchConsole(logFormat) {
  json = logFormat?.toUpperCase() === 'JSON';
  const write = json ? writeJson : writeText;
  const levels = { trace: 'TRACE', debug: 'DEBUG', info: 'INFO', log: 'INFO', warn: 'WARN', error: 'ERROR' };
  for (const [method, level] of Object.entries({ ...levels, fatal: 'FATAL' })) {
    console[method] = (...parts) => write(level, parts);
  }
}

/** Logs an error of the function in the runtime's form. */
function logError(what, error) {
  const shown = error instanceof Error ? error : new Error(textOf(error));
  if (json) console.error(shown);
  else console.error(what, `\t${safeStringify(shown, textError)}`);
}

/** Anything can be thrown, also an object that cannot become text. */
function textOf(thrown) {
  try {
    return String(thrown);
  } catch {
    return format('%o', thrown);
  }
}

function writeText(level, parts) {
  writeLine(`${new Date().toISOString()}\t${requestId}\t${level}\t${format(...parts)}`);
}

function writeJson(level, parts) {
  const entry = { timestamp: new Date().toISOString(), level, requestId };
  if (parts.length === 1) {
    writeLine(
      safeStringify({ ...entry, message: parts[0] }, jsonError, () => ({
        ...entry,
        message: format(parts[0]),
      })),
    );
    return;
  }
  const error = parts.find((part) => part instanceof Error);
  const details = error ? jsonError('', error, []) : {};
  writeLine(JSON.stringify({ ...entry, message: format(...parts), ...details }));
}

let out;

/**
 * Writes a message as one line: its line breaks become carriage returns. Lambda's lines have a file descriptor of their own, so a function that
 * ends its stdout goes on; here its further lines are lost.
 */
function writeLine(line) {
  out ??= process.stdout.on('error', () => {});
  out.write(`${line.replaceAll('\n', '\r')}\n`);
}

function safeStringify(value, replacer, fallback = () => format(value)) {
  try {
    return JSON.stringify(value, (key, member) => replacer(key, member));
  } catch {
    return JSON.stringify(fallback());
  }
}

const lines = (stack) => (typeof stack === 'string' ? stack.split('\n') : stack);

function textError(_key, value) {
  if (!(value instanceof Error)) return value;
  const { name, message, code, stack } = value;
  return { errorType: name, errorMessage: message, code, ...value, stack: lines(stack) };
}

function jsonError(_key, value, members = value) {
  if (!(value instanceof Error)) return value;
  const errorType = value.constructor?.name ?? 'UnknownError';
  return { errorType, errorMessage: value.message, stackTrace: lines(value.stack), ...members };
}

module.exports = { setRequestId, patchConsole, logError };
