import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const QUIET = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** What a machine of a customer that does little would say. */
const LOAD = { read: async () => ({ cpuPercent: 7.5, memoryPercent: 41.2, diskFreeBytes: 52_428_800_000 }) };

/** The agent's own code, out of a build. @returns what makes members of it */
export async function loadAgent(distDir) {
  const from = (path) => import(pathToFileURL(join(distDir, path)).href);
  const { ControlPlane } = await from('gateway-agent/control-plane.js');
  const { Heartbeat } = await from('gateway-agent/heartbeat.js');
  const { ServerClock } = await from('gateway-agent/server-clock.js');
  const { capabilitiesOf } = await from('gateway-agent/agent.js');
  const capabilities = capabilitiesOf(['postgresql', 'http', 'filesystem']);

  /**
   * An agent as far as its control plane sees it once its link stands: its heartbeat and its client, nothing replaced.
   *
   * @param onAnswered told how long a heartbeat took, in milliseconds
   * @param onFailed told the code or kind of what went wrong
   */
  return function simulatedMember({ url, issuer, memberId, identity, onAnswered, onFailed }) {
    const controlPlane = new ControlPlane({ url }, { memberId, issuer, identity });
    const measured = {
      heartbeat: async (body, signal) => {
        const startedAt = performance.now();
        try {
          const answer = await controlPlane.heartbeat(body, signal);
          onAnswered(performance.now() - startedAt);
          return answer;
        } catch (error) {
          if (!signal.aborted) onFailed(error.problem?.code ?? error.kind ?? error.name);
          throw error;
        }
      },
    };
    const heartbeat = new Heartbeat({
      controlPlane: measured,
      capabilities,
      load: LOAD,
      clock: new ServerClock(),
      state: () => ({
        epoch: 1,
        receiving: true,
        draining: false,
        inFlight: 0,
        conditions: [],
        keyIds: ['k'.repeat(43)],
        update: undefined,
      }),
      onAnswer: () => undefined,
      onSuperseded: () => onFailed('superseded'),
      log: QUIET,
    });
    return {
      start: () => heartbeat.start(),
      /** As if it had fetched its token at some other time: tokens of a fleet that has run for a while are of every age. */
      ageToken: (share) => {
        const { token } = controlPlane;
        if (token) token.validUntil = Date.now() + (token.validUntil - Date.now()) * share;
      },
      stop: async () => {
        await heartbeat.stop();
        await controlPlane.close();
      },
    };
  };
}
