import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BodyPieces } from './body-pieces.js';

async function* source(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

describe('a body cut into pieces', () => {
  it('is the same body, in pieces no larger than asked for, only the last marked so', async () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        chunks,
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 1, max: 30 }),
        async (given, first, others) => {
          const pieces = new BodyPieces(source(given));
          const got = [await pieces.next(first)];
          expect(got[0]!.bytes.length).toBeLessThanOrEqual(first);
          while (!got.at(-1)!.last) {
            got.push(await pieces.next(others));
            expect(got.at(-1)!.bytes.length).toBeLessThanOrEqual(others);
          }
          expect(Buffer.concat(got.map((piece) => piece.bytes))).toEqual(Buffer.concat(given));
          expect(got.slice(0, -1).some(({ last }) => last)).toBe(false);
        },
      ),
    );
  });

  it('tells its source when nobody reads on', async () => {
    let isClosed = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.alloc(10);
      } finally {
        isClosed = true;
      }
    }
    const pieces = new BodyPieces(endless());
    expect(await pieces.next(5)).toMatchObject({ last: false });
    await pieces.close();
    expect(isClosed).toBe(true);
  });
});
