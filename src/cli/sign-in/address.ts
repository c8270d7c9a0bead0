import { CommandError } from '../exit-codes.js';

/**
 * An address to which a token may be sent: https, or this machine.
 *
 * @returns without a slash at its end
 * @throws CommandError ADDRESS_UNSAFE, USAGE
 */
export function safeAddress(text: string): string {
  if (!URL.canParse(text)) throw new CommandError(`${text} is not an address such as https://tidegate.example.`);
  const url = new URL(text);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal)) return text.replace(/\/+$/, '');
  throw new CommandError(`${url.origin} would be sent your access token in the clear.`, {
    code: 'ADDRESS_UNSAFE',
    remedy: 'Use its https address.',
  });
}
