import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../dist/dev-stack/free-port.js';
import { replicaSettings } from '../../dist/dev-stack/control-plane-process.js';

/** The same as in the Dockerfile. */
const MEMORY_OPTIONS = ['--max-semi-space-size=2', '--max-old-space-size=384'];

/** How long a replica may take until it answers, in milliseconds. */
const READY_MS = 30_000;

/**
 * Starts one more replica, in a process of its own and without a limit of management calls.
 * @param options `distDir` of the build, `profileDir` for a profile of its processor time, undefined for none
 * @returns {Promise<{ baseUrl: string, pid: number, stop: () => Promise<void> }>}
 */
export async function startReplica(cloud, { name, distDir, profileDir }) {
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const profile = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`];
  const child = spawn(process.execPath, [...MEMORY_OPTIONS, ...profile, join(distDir, 'main.js')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      MALLOC_ARENA_MAX: '1',
      NODE_EXTRA_CA_CERTS: cloud.caFile,
      TIDEGATE_HOST: '127.0.0.1',
      TIDEGATE_PORT: String(port),
      TIDEGATE_REPLICA_ID: name,
      ...replicaSettings(baseUrl, cloud),
      LOG_LEVEL: 'error',
      TIDEGATE_MANAGEMENT_REQUESTS_PER_MINUTE: '1000000',
    },
  });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  const deadline = Date.now() + READY_MS;
  while (!(await answers(baseUrl))) {
    if (child.exitCode === null && Date.now() < deadline) await sleep(50);
    else {
      await stop();
      throw new Error(`the replica ${name} did not come up`);
    }
  }
  return { baseUrl, pid: child.pid, stop };
}

async function answers(baseUrl) {
  try {
    return (await fetch(`${baseUrl}/health`)).ok;
  } catch (error) {
    if (error instanceof TypeError) return false; // nobody listens yet
    throw error;
  }
}
