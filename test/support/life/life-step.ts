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

/** What a command was refused with: the control plane's code, or the agent's own reason. @throws Error when it went well */
export async function refusal(command: Promise<unknown>): Promise<string> {
  try {
    await command;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return /\(([A-Z_]+)\)$/.exec(message)?.[1] ?? message;
  }
  throw new Error('went well, and must not have');
}
