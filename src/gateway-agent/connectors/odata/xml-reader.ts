/** Beginning or end of an element; what has no content is both, one after the other. */
export interface XmlEvent {
  readonly isEnd: boolean;
  /** Without its prefix. */
  readonly name: string;
  /** Attributes without a prefix: those of a vocabulary's own. */
  readonly attributes: ReadonlyMap<string, string>;
}

/** Why a text is no XML that we take. */
export class XmlError extends Error {
  override readonly name = 'XmlError';
}

const MAX_DEPTH = 64;
const MAX_ATTRIBUTES = 100;

const NAME = /[\p{L}_][\p{L}\p{N}\p{M}_.:\u00b7-]*/uy;
const ATTRIBUTE = /\s+([\p{L}_][\p{L}\p{N}\p{M}_.:\u00b7-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/uy;
const TAG_END = /\s*(\/?)>/y;

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

/**
 * The elements of an XML document in their order; the text between them is passed over. A document with a DTD is refused,
 * so there are no entities but the five of XML itself, and nothing is ever fetched or expanded.
 *
 * @throws XmlError
 */
export function* readXml(text: string): Generator<XmlEvent> {
  const open: string[] = [];
  let hasRoot = false;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    const next = text[at + 1];
    if (next === '!' || next === '?') {
      at = skipAside(text, at);
      continue;
    }
    const isEnd = next === '/';
    const full = match(NAME, text, at + (isEnd ? 2 : 1))[0];
    at += full.length + (isEnd ? 2 : 1);
    const name = full.slice(full.indexOf(':') + 1);
    if (isEnd) {
      if (open.pop() !== full) throw new XmlError('an element ends that was not open');
      const [close, slash] = match(TAG_END, text, at);
      if (slash) throw new XmlError('an end that is empty');
      at += close.length;
      yield { isEnd, name, attributes: NO_ATTRIBUTES };
      continue;
    }
    if (hasRoot && open.length === 0) throw new XmlError('more than one root');
    hasRoot = true;
    const { attributes, end } = readAttributes(text, at);
    const [close, slash] = match(TAG_END, text, end);
    at = end + close.length;
    yield { isEnd: false, name, attributes };
    if (slash) yield { isEnd: true, name, attributes: NO_ATTRIBUTES };
    else if (open.push(full) > MAX_DEPTH) throw new XmlError('too deep');
  }
  if (!hasRoot || open.length > 0) throw new XmlError('the document is not whole');
}

/** Comments, instructions and character data. */
function skipAside(text: string, at: number): number {
  const end = text.startsWith('<!--', at)
    ? '-->'
    : text.startsWith('<![CDATA[', at)
      ? ']]>'
      : text.startsWith('<?', at)
        ? '?>'
        : undefined;
  if (end === undefined) throw new XmlError('a document type');
  const found = text.indexOf(end, at + 2);
  if (found === -1) throw new XmlError('the document is not whole');
  return found + end.length;
}

function readAttributes(text: string, start: number): { attributes: ReadonlyMap<string, string>; end: number } {
  let attributes: Map<string, string> | undefined;
  let count = 0;
  let end = start;
  for (;;) {
    ATTRIBUTE.lastIndex = end;
    const found = ATTRIBUTE.exec(text);
    if (!found) return { attributes: attributes ?? NO_ATTRIBUTES, end };
    end = ATTRIBUTE.lastIndex;
    count += 1;
    if (count > MAX_ATTRIBUTES) throw new XmlError('too many attributes');
    const [, name = '', quoted, single] = found;
    if (name.includes(':')) continue;
    attributes ??= new Map();
    if (attributes.has(name)) throw new XmlError('an attribute stands twice');
    attributes.set(name, decode(quoted ?? single ?? ''));
  }
}

function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(
    /&(?:#(\d{1,7});|#x([\da-f]{1,6});|(\w+);)?/gi,
    (_, decimal?: string, hex?: string, name = '') => {
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      const character = code <= 0x10_ffff ? String.fromCodePoint(code) : ENTITIES.get(String(name));
      if (character === undefined) throw new XmlError('an entity that is not of XML itself');
      return character;
    },
  );
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  if (!found) throw new XmlError('a tag that is none');
  return found;
}
