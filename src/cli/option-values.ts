import { InvalidArgumentError } from 'commander';

/** Takes one of some words, however it is capitalised. */
export function oneOf<Word extends string>(...words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const found = words.find((word) => word.toLowerCase() === text.toLowerCase());
    if (found === undefined) throw new InvalidArgumentError(`It is one of ${words.join(', ')}.`);
    return found;
  };
}

export function onOff(text: string): boolean {
  return oneOf('on', 'off')(text) === 'on';
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It is a whole number.');
  return Number(text);
}

/** Words between commas; `all` stands for no restriction. */
export function listOrAll(text: string): string[] | null {
  return text === 'all' ? null : text.split(',').map((word) => word.trim());
}

/** Collects an option that may be given several times. */
export function several(text: string, earlier: readonly string[] = []): string[] {
  return [...earlier, text];
}
