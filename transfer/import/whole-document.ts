import { TransferFailure } from '../transfer-failure.ts';
import { linesOf, type Source } from './source.ts';

/** The output of the AWS CLI's `scan`, `query` and `execute-statement` begins with one of these. */
const MEMBERS_OF_A_SCAN = /^\s*"(Items|Count|ScannedCount|LastEvaluatedKey|ConsumedCapacity|NextToken)"\s*:/;

/** More than the length of either of a document's first two lines. */
const LOOKED_AT = 100;

/**
 * Recognizes a file that is one JSON document instead of one item per line, for which a parser's error about each line would
 * help nobody.
 * @throws TransferFailure that says what to do
 */
export async function refuseWholeDocument(source: Source): Promise<void> {
  const [first = '', second = ''] = await firstLines(source);
  const name = source.name ?? source.files[0]?.path ?? 'the file';
  const isScan = MEMBERS_OF_A_SCAN.test(first.slice(1)) || (first === '{' && MEMBERS_OF_A_SCAN.test(second));
  if (isScan) {
    refuse(source, `${name} is the output of a scan or query, one JSON document`, '.Items[]');
  }
  if (first === '[' || /^\[\s*\{/.test(first)) {
    refuse(source, `${name} is one JSON list`, '.[]');
  }
  if (first === '{') {
    refuse(source, `${name} is JSON over many lines`, '.');
  }
}

function refuse(source: Source, what: string, filter: string): never {
  const file = source.name === undefined ? (source.files[0]?.path ?? 'FILE') : 'FILE';
  throw new TransferFailure(
    `${what}; expected one item a line, which jq makes of it: jq -c '${filter}' ${file} | npm run import -- -`,
  );
}

/** The first two lines that are not blank, trimmed. */
async function firstLines(source: Source): Promise<string[]> {
  const found: string[] = [];
  for await (const { bytes } of linesOf(source, () => undefined)) {
    const text = bytes.subarray(0, LOOKED_AT).toString().trim();
    if (text !== '') {
      found.push(text);
    }
    if (found.length === 2) {
      break;
    }
  }
  return found;
}
