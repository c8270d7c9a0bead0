import { texts } from '../texts/texts.js';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is wrong with an id; undefined for a good one. */
export function idProblem(text: string): string | undefined {
  return ID.test(text) ? undefined : texts.events.idWrong;
}
