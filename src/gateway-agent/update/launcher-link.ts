import { launcherMessageSchema, type AgentMessage, type LauncherContext } from './launcher-messages.js';

/** The launcher answers at once; an agent without one must not wait for ever. */
const CONTEXT_MS = 10_000;

/** The process that the agent runs in, as far as the way to its launcher goes. */
export interface LaunchedProcess {
  readonly send?: ((message: AgentMessage) => unknown) | undefined;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  removeListener(event: 'message', listener: (message: unknown) => void): unknown;
}

/** The agent's side of the way to the launcher that started it. */
export class LauncherLink {
  constructor(private readonly process: LaunchedProcess) {}

  /** @throws Error when nobody answers */
  context(): Promise<LauncherContext> {
    return new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timer);
        this.process.removeListener('message', listen);
      };
      const timer = setTimeout(() => {
        done();
        reject(new Error('the launcher does not answer'));
      }, CONTEXT_MS);
      const listen = (message: unknown): void => {
        const parsed = launcherMessageSchema.safeParse(message);
        if (!parsed.success) return;
        done();
        resolve(parsed.data);
      };
      this.process.on('message', listen);
      this.tell({ type: 'hello' });
    });
  }

  tell(message: AgentMessage): void {
    this.process.send?.(message);
  }
}
