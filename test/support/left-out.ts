/**
 * For `describe.skipIf`: says plainly what a run leaves out, and why, so that a green run does not claim more than it saw.
 *
 * @param isMissing what the tests need is not here
 */
export function leftOut(isMissing: boolean, what: string): boolean {
  if (isMissing) process.stdout.write(`Left out: ${what}\n`);
  return isMissing;
}
