import type { LifeGateway } from './life-gateway.js';
import type { LifeWorld } from './life-world.js';

/** Something that happens in a gateway's life. */
export interface LifeStep {
  readonly kind: string;
  readonly weight: number;
  /** Whether it can happen to this gateway now. */
  readonly can: (gateway: LifeGateway, world: LifeWorld) => boolean;
  /** Makes it happen, there and in the model. @returns a word on how it went @throws Error when it went otherwise than it must */
  readonly run: (world: LifeWorld, gateway: LifeGateway) => Promise<string>;
}

/** @throws Error when something is not as it must be */
export function must(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}

/** A rotation may go back and forth between two looks at it; it does not do so again and again. */
const MOST_TRIES = 3;

/**
 * Takes an outcome that is right before what was done or after it: the control plane moves rotations on by itself, also
 * in between. A refusal that is right at neither moment is asked for again, since it has changed nothing.
 *
 * @param expected what the outcome ought to be as things are when it is asked; empty for success
 * @throws Error when it is neither
 */
export async function mustBe(expected: () => Promise<string>, act: () => Promise<string>): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const before = await expected();
    const outcome = await act();
    if (outcome === before || outcome === (await expected())) return outcome;
    must(
      outcome !== '' && tries < MOST_TRIES,
      `answered with ${outcome || 'success'}, not with ${before || 'success'}`,
    );
  }
}

/** What a command was refused with: the control plane's code, or the agent's own reason; empty when it went well. */
export async function refusal(command: Promise<unknown>): Promise<string> {
  try {
    await command;
    return '';
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return /\(([A-Z_]+)\)$/.exec(message)?.[1] ?? message;
  }
}
