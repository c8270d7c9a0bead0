/** A file of an archive. */
export interface TarFile {
  /** At most 100 characters, ASCII. */
  readonly name: string;
  readonly content: Buffer;
  readonly modifiedAt: Date;
}

/** Everything in a tar comes in blocks. @see POSIX.1-1988, ustar interchange format */
const BLOCK = 512;

/** A ustar archive of plain files for their owner alone. */
export function tarOf(files: readonly TarFile[]): Buffer {
  const parts = files.flatMap((file) => [headerOf(file), file.content, Buffer.alloc((BLOCK - (file.content.length % BLOCK)) % BLOCK)]); // prettier-ignore
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

function headerOf({ name, content, modifiedAt }: TarFile): Buffer {
  if (!/^[\x20-\x7e]{1,100}$/.test(name)) throw new RangeError('a name that does not fit into an archive');
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, digits: number) => block.write(`${value.toString(8).padStart(digits, '0')}\0`, at, 'latin1'); // prettier-ignore
  block.write(name, 0, 'latin1');
  octal(0o600, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(content.length, 124, 11);
  octal(Math.floor(modifiedAt.getTime() / 1000), 136, 11);
  block.write('        ', 148, 'latin1');
  block.write('0', 156, 'latin1');
  block.write('ustar\u000000', 257, 'latin1');
  let sum = 0;
  for (const byte of block) sum += byte;
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}
