import { fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';

/** A young generation that holds a second's garbage of many agents: collecting the old one stops all of them at once. */
const FEW_PAUSES = ['--max-semi-space-size=64'];

/** The simulated members, in processes of their own so that their work is not counted as the control plane's. */
export class Fleet {
  #processes = [];
  /** Whether members keep their own time although they share the machine with what they call. */
  isOnTime = true;

  /** @returns raw public keys, by the number of the member */
  async create({ distDir, url, issuer, members, processes }) {
    const share = Math.ceil(members / processes);
    const identities = [];
    for (let first = 0; first < members; first += share) {
      const args = [distDir, url, issuer, String(first), String(Math.min(share, members - first))];
      const child = fork(join(import.meta.dirname, 'fleet-process.mjs'), args, { execArgv: FEW_PAUSES });
      child.setMaxListeners(0);
      this.isOnTime = preferred(child.pid) && this.isOnTime;
      this.#processes.push(child);
      const message = await answerOf(child);
      identities.push(...message.identities.map((key) => Buffer.from(key, 'base64url')));
    }
    return identities;
  }

  get pids() {
    return this.#processes.map(({ pid }) => pid);
  }

  /** Has every process do something. @returns their answers */
  async tell(command, options = {}) {
    return Promise.all(
      this.#processes.map(async (child) => {
        child.send({ command, ...options });
        return (await answerOf(child)).answer;
      }),
    );
  }

  /** How many members were answered in this phase. */
  async answeredMembers() {
    const counts = await this.tell('progress');
    return counts.reduce((sum, { members }) => sum + members, 0);
  }

  /** What was seen in this phase, of all together. */
  async report() {
    const reports = await this.tell('report');
    const failures = {};
    for (const report of reports)
      for (const [code, count] of Object.entries(report.failures)) failures[code] = (failures[code] ?? 0) + count;
    const all = (field) => reports.flatMap((report) => report[field]).sort((a, b) => a - b);
    return {
      failures,
      answered: reports.reduce((sum, { answered }) => sum + answered, 0),
      latencies: all('latencies'),
      connects: all('connects'),
      attempts: all('attempts'),
      firstAnswers: all('firstAnswers'),
    };
  }

  end() {
    for (const child of this.#processes) if (child.connected) child.disconnect();
  }
}

/**
 * Lets a process of members run before others. In earnest each has a machine of its own: what the control plane and its
 * database use of this one must not bring them into step.
 *
 * @returns false when the user may not
 */
function preferred(pid) {
  try {
    setPriority(pid, constants.priority.PRIORITY_HIGHEST);
    return true;
  } catch (error) {
    if (error.code === 'ERR_SYSTEM_ERROR') return false;
    throw error;
  }
}

/** What a process says next. @throws Error when it ends instead */
async function answerOf(child) {
  const over = new AbortController();
  const { signal } = over;
  const ended = once(child, 'exit', { signal }).then(([code, by]) => {
    throw new Error(`a process of members ended (${code ?? by})`);
  });
  const [message] = await Promise.race([once(child, 'message', { signal }), ended]);
  over.abort();
  await ended.catch((error) => {
    if (error.name !== 'AbortError') throw error;
  });
  return message;
}
