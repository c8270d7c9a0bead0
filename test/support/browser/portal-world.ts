import type { Browser } from 'playwright-core';
import { AgentMachine } from '../agent-machine.js';
import { E2eStack } from '../e2e-stack.js';
import { launchChromium } from './chromium.js';
import { PortalPerson } from './portal-person.js';

/** One stack and one browser for all stories, and the administrator who goes through them. */
export class PortalWorld implements AsyncDisposable {
  readonly machines: AgentMachine[] = [];

  private constructor(
    readonly stack: E2eStack,
    readonly browser: Browser,
    readonly admin: PortalPerson,
  ) {}

  static async start(): Promise<PortalWorld> {
    // The browser first: where there is none, no stack is started in vain.
    const browser = await launchChromium();
    try {
      const stack = await E2eStack.start();
      try {
        return new PortalWorld(stack, browser, await PortalPerson.signIn(browser, stack));
      } catch (error) {
        await stack.stop();
        throw error;
      }
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  /** A machine that is ended with the world. */
  machine(name: string): AgentMachine {
    const machine = new AgentMachine(this.stack, name);
    this.machines.push(machine);
    return machine;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close();
    await Promise.all(this.machines.map((machine) => machine.end()));
    await this.stack.stop();
  }
}
