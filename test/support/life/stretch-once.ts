import crypto, { type ScryptOptions } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

type Answer = (error: Error | null, key: Buffer) => void;
type Scrypt = (password: string, salt: Uint8Array, length: number, options: ScryptOptions, done: Answer) => void;

/**
 * Lets the same phrase and salt be stretched only once in this process: a third of a second and 128 MiB each, and the
 * same result for ever. The agent's own code stays as it is; the library beneath it remembers.
 *
 * @returns what puts the library back as it was
 */
export function stretchOnce(): () => void {
  const original = crypto.scrypt as Scrypt;
  const known = new Map<string, Promise<Buffer>>();
  const remembered: Scrypt = (password, salt, length, options, done) => {
    const name = JSON.stringify([password, Buffer.from(salt).toString('hex'), length, options]);
    const key =
      known.get(name) ??
      new Promise<Buffer>((resolve, reject) => {
        original(password, salt, length, options, (error, stretched) => (error ? reject(error) : resolve(stretched)));
      });
    known.set(name, key);
    // A copy each: who asked overwrites it after use.
    key.then(
      (stretched) => done(null, Buffer.from(stretched)),
      (error: Error) => done(error, Buffer.alloc(0)),
    );
  };
  const put = (scrypt: Scrypt) => {
    Object.assign(crypto, { scrypt });
    syncBuiltinESMExports();
  };
  put(remembered);
  return () => put(original);
}
