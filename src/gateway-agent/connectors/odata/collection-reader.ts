/** Longest row taken, in bytes: one is held whole. */
export const MAX_ROW_BYTES = 16 * 1024 * 1024;
/** Longest other part of an answer, in bytes: counts and links. */
const MAX_PART_BYTES = 64 * 1024;
/** Depth of nesting in a row. */
const MAX_DEPTH = 64;

/** Why an answer is no list of OData. */
export class CollectionError extends Error {
  override readonly name = 'CollectionError';
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d];

const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** What an answer tells of a list beside its rows: names of OData 4.0, and the shorter ones of 4.01. */
const LIST_MEMBERS = ['@odata.count', '@odata.nextLink', '@count', '@nextLink'] as const;
export type ListMember = (typeof LIST_MEMBERS)[number];

type Place = 'start' | 'name' | 'colon' | 'value' | 'behind' | 'row' | 'behind-row' | 'end';

/**
 * Takes the answer to a list apart as its bytes come: `{…, "value": [row, row, …], …}`. Only one row is ever held, and the
 * small members around them.
 */
export class CollectionReader {
  /** Members beside `value` that say something of the list, as JSON text. */
  readonly members = new Map<ListMember, string>();
  private place: Place = 'start';
  private member = '';
  private hasRows = false;
  /** A name, value or row that is being read. */
  private piece: Piece | undefined;

  /** The rows that end within this chunk, as JSON text. @throws CollectionError */
  feed(chunk: Uint8Array): string[] {
    const rows: string[] = [];
    for (let at = 0; at < chunk.length;) {
      if (this.piece) {
        at = this.piece.take(chunk, at);
        if (!this.piece.isWhole) break;
        const text = this.piece.text();
        this.piece = undefined;
        this.finish(text, rows);
        continue;
      }
      const byte = chunk[at] ?? 0;
      // A byte order mark is not forbidden everywhere.
      if (isBlank(byte) || (this.place === 'start' && (byte === 0xef || byte === 0xbb || byte === 0xbf))) {
        at += 1;
        continue;
      }
      at += this.step(byte);
    }
    return rows;
  }

  /** @throws CollectionError when the answer is not whole, or had no rows in it */
  end(): void {
    if (this.place !== 'end' || !this.hasRows) throw new CollectionError('the list is not whole');
  }

  /** @returns bytes that were used up */
  private step(byte: number): 0 | 1 {
    switch (this.place) {
      case 'start':
        this.expect(byte, OPEN_OBJECT);
        this.place = 'name';
        return 1;
      case 'name':
        if (byte === CLOSE_OBJECT) {
          this.place = 'end';
          return 1;
        }
        if (byte !== QUOTE) throw new CollectionError('no name of a member');
        this.piece = new Piece(MAX_PART_BYTES);
        return 0;
      case 'colon':
        this.expect(byte, COLON);
        this.place = 'value';
        return 1;
      case 'value':
        if (this.member === 'value') {
          this.expect(byte, OPEN_ARRAY);
          if (this.hasRows) throw new CollectionError('two lists');
          this.hasRows = true;
          this.place = 'row';
          return 1;
        }
        this.piece = new Piece(MAX_PART_BYTES);
        return 0;
      case 'behind':
        if (byte !== COMMA && byte !== CLOSE_OBJECT) throw new CollectionError('no end of a member');
        this.place = byte === COMMA ? 'name' : 'end';
        return 1;
      case 'row':
        if (byte === CLOSE_ARRAY) {
          this.place = 'behind';
          return 1;
        }
        if (byte !== OPEN_OBJECT) throw new CollectionError('a row that is no object');
        this.piece = new Piece(MAX_ROW_BYTES);
        return 0;
      case 'behind-row':
        if (byte !== COMMA && byte !== CLOSE_ARRAY) throw new CollectionError('no end of a row');
        this.place = byte === COMMA ? 'row' : 'behind';
        return 1;
      case 'end':
        throw new CollectionError('something behind the list');
    }
  }

  private finish(text: string, rows: string[]): void {
    if (this.place === 'row') {
      rows.push(text);
      this.place = 'behind-row';
    } else if (this.place === 'name') {
      this.member = nameOf(text);
      this.place = 'colon';
    } else {
      const name = LIST_MEMBERS.find((each) => each === this.member);
      if (name) this.members.set(name, text);
      this.place = 'behind';
    }
  }

  private expect(byte: number, wanted: number): void {
    if (byte !== wanted) throw new CollectionError('no list of OData');
  }
}

function nameOf(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch (cause) {
    throw new CollectionError('no name of a member', { cause });
  }
}

/** One JSON value, put together from the chunks it lies in. */
class Piece {
  isWhole = false;
  private readonly parts: Uint8Array[] = [];
  private size = 0;
  private depth = 0;
  private isInText = false;
  private isEscaped = false;

  constructor(private readonly maxBytes: number) {}

  /** @returns where the value ended, or the chunk's length */
  take(chunk: Uint8Array, start: number): number {
    const end = this.scan(chunk, start);
    this.size += end - start;
    if (this.size > this.maxBytes) throw new CollectionError('a row or member is too long');
    this.parts.push(chunk.subarray(start, end));
    return end;
  }

  text(): string {
    const only = this.parts[0];
    const bytes =
      this.parts.length === 1 && only
        ? Buffer.from(only.buffer, only.byteOffset, only.length)
        : Buffer.concat(this.parts);
    return bytes.toString('utf8');
  }

  private scan(chunk: Uint8Array, start: number): number {
    for (let at = start; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (this.isInText) {
        if (this.isEscaped) this.isEscaped = false;
        else if (byte === BACKSLASH) this.isEscaped = true;
        else if (byte === QUOTE) {
          this.isInText = false;
          if (this.depth === 0) return this.whole(at + 1);
        }
        continue;
      }
      if (byte === QUOTE) this.isInText = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        this.depth += 1;
        if (this.depth > MAX_DEPTH) throw new CollectionError('a row is nested too deeply');
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        if (this.depth === 0) return this.whole(at);
        this.depth -= 1;
        if (this.depth === 0) return this.whole(at + 1);
      } else if (this.depth === 0 && (byte === COMMA || isBlank(byte))) return this.whole(at);
    }
    return chunk.length;
  }

  private whole(end: number): number {
    this.isWhole = true;
    return end;
  }
}
