import { text } from '../helper-arguments.ts';
import type { HelperTree } from '../helper.ts';
import { HelperFailure } from '../interruption.ts';

/**
 * `util.xml`. One example is documented: elements become members, including the root, and numeric text becomes a number
 * (@aws-appsync/utils 2.1.1, xml-utils.d.ts). The rest follows the JSON-java library, whose terms the helpers use: attributes
 * become members, repeated elements a list, an empty element an empty string, and text beside members becomes `content`.
 */
export const xml: HelperTree = {
  toMap: (value: unknown) => parse(text(value, 'util.xml.toMap'), 'util.xml.toMap'),
  /** With `stringEncode` the JSON is itself encoded as a JSON string. */
  toJsonString: (value: unknown, stringEncode?: unknown) => {
    const json = JSON.stringify(parse(text(value, 'util.xml.toJsonString'), 'util.xml.toJsonString'));
    return stringEncode === true ? JSON.stringify(json) : json;
  },
};

/** An element that is still open, or the document around the root. */
interface Open {
  name: string;
  members: Map<string, unknown>;
  texts: unknown[];
}

const NAME = '[\\p{L}_:][\\p{L}\\p{N}_:.\\-]*';
const ATTRIBUTE = new RegExp(`(${NAME})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'gu');
const ATTRIBUTES = `(?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*`;

/** Comments, processing instructions, CDATA, an end tag, a start tag, text. */
const TOKEN = new RegExp(
  [
    '<!--[^]*?-->',
    '<\\?[^]*?\\?>',
    '<!\\[CDATA\\[(?<cdata>[^]*?)\\]\\]>',
    `</(?<end>${NAME})\\s*>`,
    `<(?<start>${NAME})(?<attributes>${ATTRIBUTES})\\s*(?<empty>/?)>`,
    '(?<text>[^<]+)',
  ].join('|'),
  'uy',
);

/** JSON-java's own limit; it bounds the cost of a hostile document by its length. */
const MAX_DEPTH = 512;

/** @throws HelperFailure for XML that is not well-formed, and for document types, which are never read */
function parse(source: string, helper: string): Record<string, unknown> {
  const broken = (what: string, at: number) =>
    new HelperFailure(`${helper}: ${what} at character ${at + 1} of the XML`);
  const top: Open = { name: '', members: new Map(), texts: [] };
  const open: Open[] = [top];
  for (let at = 0; at < source.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(source)?.groups;
    if (!token) {
      throw broken(
        source.startsWith('<!DOCTYPE', at) ? 'a document type, which is not supported,' : 'a mistake',
        at,
      );
    }
    const here = open.at(-1) as Open;
    if (token['start'] !== undefined) {
      if (here === top && top.members.size > 0) {
        throw broken('a second root element', at);
      }
      if (open.length > MAX_DEPTH) {
        throw broken(`more than ${MAX_DEPTH} elements inside each other`, at);
      }
      const element = openElement(token['start'], token['attributes'] ?? '');
      if (token['empty']) {
        close(element, here);
      } else {
        open.push(element);
      }
    } else if (token['end'] !== undefined) {
      if (here.name !== token['end']) {
        throw broken(`</${token['end']}>, which closes nothing,`, at);
      }
      open.pop();
      close(here, open.at(-1) as Open);
    } else {
      addText(here, token['cdata'], token['text']);
      if (here === top && top.texts.length > 0) {
        throw broken('text outside the root element', at);
      }
    }
  }
  if (open.length > 1) {
    throw broken(`<${(open.at(-1) as Open).name}>, which is not closed,`, source.length);
  }
  if (top.members.size === 0) {
    throw broken('no element', source.length);
  }
  return Object.fromEntries(top.members);
}

function openElement(name: string, attributes: string): Open {
  const members = new Map<string, unknown>();
  for (const [, attribute, double, single] of attributes.matchAll(ATTRIBUTE)) {
    members.set(attribute as string, valueOf(decoded(double ?? single ?? '')));
  }
  return { name, members, texts: [] };
}

function addText({ texts }: Open, cdata: string | undefined, given: string | undefined): void {
  if (cdata !== undefined) {
    texts.push(cdata);
  }
  const trimmed = (given ?? '').trim();
  if (trimmed !== '') {
    texts.push(valueOf(decoded(trimmed)));
  }
}

/** Repeated elements become a list. */
function close({ name, members, texts }: Open, parent: Open): void {
  const content = texts.length > 1 ? texts : texts.length > 0 ? texts[0] : '';
  if (members.size > 0 && texts.length > 0) {
    members.set('content', content);
  }
  const value = members.size > 0 ? Object.fromEntries(members) : content;
  const before = parent.members.get(name);
  if (!parent.members.has(name)) {
    parent.members.set(name, value);
  } else if (Array.isArray(before)) {
    before.push(value);
  } else {
    parent.members.set(name, [before, value]);
  }
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+(?:[eE][+-]?\d+)?)?$/;

/** Converts numbers, booleans and null; a whole number that JavaScript would round stays text. */
function valueOf(given: string): unknown {
  if (given === 'true' || given === 'false') {
    return given === 'true';
  }
  if (given === 'null') {
    return null;
  }
  if (!NUMBER.test(given)) {
    return given;
  }
  const value = Number(given);
  return given.includes('.') || Number.isSafeInteger(value) ? value : given;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** An undeclared entity stays as written. */
const decoded = (given: string): string =>
  given.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/g,
    (written, hex, decimal, name) => {
      if (name !== undefined) {
        return ENTITIES[name as string] as string;
      }
      const code = hex === undefined ? Number(decimal) : parseInt(hex as string, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : (written as string);
    },
  );
