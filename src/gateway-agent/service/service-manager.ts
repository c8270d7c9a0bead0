import type { ServiceOrder } from './service-settings.js';
import type { ServiceStep } from './service-step.js';

/** How the service is, for people and scripts. */
export interface ServiceState {
  readonly installed: boolean;
  readonly running: boolean;
  /** In the words of the service manager. */
  readonly detail: string;
  readonly account: string | undefined;
}

/** What a kind of machine does for each action. */
export interface ServiceManager {
  /** @throws CommandError state when this manager does not run here; idle when there is no service to do it to */
  plan(order: ServiceOrder, stateDir: string): Promise<readonly ServiceStep[]>;
  state(): Promise<ServiceState>;
}
