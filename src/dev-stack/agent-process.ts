import { existsSync } from 'node:fs';
import { writeFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChildProcesses } from './child-processes.js';
import { tailOf } from './log-tail.js';
import { readPrivateFile } from './private-file.js';
import { findProcess } from './process-identity.js';

export interface AgentOptions {
  /** The gateway's name, and the process's. */
  readonly name: string;
  readonly distDir: string;
  readonly stateDir: string;
  readonly log: string;
  readonly caFile: string;
  /** Plays the identity of a machine of its own, so that several agents fit on this one. */
  readonly machineId: string;
}

export interface Registration {
  readonly controlPlaneUrl: string;
  readonly region: string;
  readonly joinToken: string;
  readonly recoveryKey: string;
}

/** Registers the agent as an operator would, unattended: join token and recovery key come from files that are gone afterwards. */
export async function registerAgent(
  children: ChildProcesses,
  agent: AgentOptions,
  registration: Registration,
): Promise<void> {
  const joinTokenFile = `${agent.stateDir}.join-token`;
  const recoveryKeyFile = `${agent.stateDir}.recovery-key`;
  await writeFile(joinTokenFile, registration.joinToken, { mode: 0o600 });
  await writeFile(recoveryKeyFile, registration.recoveryKey, { mode: 0o600 });
  try {
    await children.run({
      name: `${agent.name} registration`,
      log: agent.log,
      env: environment(agent),
      args: [
        join(agent.distDir, 'gateway-agent/main.js'),
        'register',
        ...['--control-plane', registration.controlPlaneUrl],
        ...['--name', agent.name],
        ...['--region', registration.region],
        ...['--join-token-file', joinTokenFile],
        ...['--recovery-key-file', recoveryKeyFile],
        ...['--ca-file', agent.caFile],
        ...['--state', agent.stateDir],
      ],
    });
  } finally {
    await rm(joinTokenFile, { force: true });
    await rm(recoveryKeyFile, { force: true });
  }
}

export function isRegistered(agent: AgentOptions): boolean {
  return existsSync(agent.stateDir);
}

/** How long an agent may take until it holds its state folder, in milliseconds. */
const SERVING_MS = 15_000;

/** Starts the launcher, which starts the agent; that connects by itself and goes on trying. */
export async function runAgent(
  children: ChildProcesses,
  agent: AgentOptions & { readonly controlPlaneUrl: string },
  onExit: () => void,
): Promise<void> {
  await writePolicy(agent.stateDir);
  await children.start(
    {
      name: `agent ${agent.name}`,
      log: agent.log,
      env: environment(agent),
      args: [
        join(agent.distDir, 'gateway-agent/main.js'),
        'run',
        '--managed',
        ...['--control-plane', agent.controlPlaneUrl],
        ...['--state', agent.stateDir],
      ],
    },
    onExit,
  );
}

/** Without it an agent goes nowhere on its own machine, which is where the whole stack is. One that was edited stays. */
const LOOPBACK_POLICY = "version: 1\nhosts: ['*', localhost, 127.0.0.0/8, '::1']\nlogTail: anyone\n";

async function writePolicy(stateDir: string): Promise<void> {
  const path = join(stateDir, 'policy.yaml');
  if (!existsSync(path)) await writeFile(path, LOOPBACK_POLICY, { mode: 0o600 });
}

/**
 * The agent's own process, once it holds its state folder.
 *
 * @throws Error with the end of its log when it does not come up
 */
export async function agentPid(children: ChildProcesses, agent: AgentOptions): Promise<number> {
  const deadline = Date.now() + SERVING_MS;
  for (;;) {
    const pid = await servingPid(agent.stateDir);
    if (pid !== undefined) return pid;
    if (!children.isRunning(`agent ${agent.name}`) || Date.now() > deadline)
      throw new Error(`the agent of ${agent.name} did not come up:\n${await tailOf(agent.log)}`);
    await sleep(25);
  }
}

/** The process that holds the state folder, while it lives. */
async function servingPid(stateDir: string): Promise<number | undefined> {
  const text = await readPrivateFile(join(stateDir, 'agent.lock'));
  if (text === undefined) return undefined;
  const { pid } = JSON.parse(text) as { pid: number };
  return (await findProcess(pid))?.commandLine.includes(stateDir) ? pid : undefined;
}

function environment(agent: AgentOptions): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    NODE_ENV: 'development',
    NODE_EXTRA_CA_CERTS: agent.caFile,
    TIDEGATE_MACHINE_ID: agent.machineId,
  };
}
