import { TransferFailure } from '../transfer-failure.ts';
import { linesOf, type Source } from './source.ts';

/** The output of the AWS CLI's `scan`, `query` and `execute-statement` begins with one of these. */
const MEMBERS_OF_A_SCAN = /^\s*"(Items|Count|ScannedCount|LastEvaluatedKey|ConsumedCapacity|NextToken)"\s*:/;

/** More than the length of either of a document's first two lines. */
const LOOKED_AT = 100;

/**
 * Recognizes a file that is UTF-16, or one JSON document instead of one item per line, for which a parser's error about each
 * line would help nobody.
 * @throws TransferFailure that says what to do
 */
export async function refuseWholeDocument(source: Source): Promise<void> {
  const [first = EMPTY, second = EMPTY] = await firstLines(source);
  const encoding = utf16Of(first);
  if (encoding) {
    refuse(source, 'is UTF-16; expected UTF-8, which iconv makes of it', `iconv -f ${encoding} -t UTF-8`);
  }
  refuseJson(source, textOf(first), textOf(second));
}

function refuseJson(source: Source, first: string, second: string): void {
  const isScan = MEMBERS_OF_A_SCAN.test(first.slice(1)) || (first === '{' && MEMBERS_OF_A_SCAN.test(second));
  const line = '; expected one item a line, which jq makes of it';
  if (isScan) {
    refuse(source, `is the output of a scan or query, one JSON document${line}`, "jq -c '.Items[]'");
  }
  if (first === '[' || /^\[\s*\{/.test(first)) {
    refuse(source, `is one JSON list${line}`, "jq -c '.[]'");
  }
  if (first === '{') {
    refuse(source, `is JSON over many lines${line}`, "jq -c '.'");
  }
}

function refuse(source: Source, what: string, command: string): never {
  const path = source.files[0]?.path;
  const file = source.name === undefined ? (path ?? 'FILE') : 'FILE';
  throw new TransferFailure(
    `${source.name ?? path ?? 'the file'} ${what}: ${command} ${file} | npm run import -- -`,
  );
}

const EMPTY = Buffer.alloc(0);

const textOf = (bytes: Buffer): string => bytes.toString().trim();

/** The first two lines that are not blank, as far as they are looked at. */
async function firstLines(source: Source): Promise<Buffer[]> {
  const found: Buffer[] = [];
  for await (const { bytes } of linesOf(source, () => undefined)) {
    const start = bytes.subarray(0, LOOKED_AT);
    if (textOf(start) !== '') {
      found.push(start);
    }
    if (found.length === 2) {
      break;
    }
  }
  return found;
}

/** Windows PowerShell's `>` writes UTF-16: a byte order mark, then two bytes for a character, one of them 0 in ASCII. */
function utf16Of([first, second]: Buffer): 'UTF-16LE' | 'UTF-16BE' | undefined {
  if ((first === 0xff && second === 0xfe) || second === 0) {
    return 'UTF-16LE';
  }
  return (first === 0xfe && second === 0xff) || first === 0 ? 'UTF-16BE' : undefined;
}
