import { StringDecoder } from 'node:string_decoder';

/** An entry has some kilobytes; what goes on and on is no line of an export. In characters. */
const MAX_LINE = 1_048_576;

/** A line without an end in sight. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong';
}

/** Lines of a text, in constant memory. @throws LineTooLong */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of chunks) {
    rest += decoder.write(chunk);
    let from = 0;
    for (let at = rest.indexOf('\n'); at >= 0; at = rest.indexOf('\n', from)) {
      yield rest.slice(from, at);
      from = at + 1;
    }
    rest = rest.slice(from);
    if (rest.length > MAX_LINE) throw new LineTooLong('a line is longer than a mebibyte');
  }
  rest += decoder.end();
  if (rest !== '') yield rest;
}
