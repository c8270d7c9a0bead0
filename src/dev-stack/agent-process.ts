import { existsSync } from 'node:fs';
import { writeFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChildProcesses } from './child-processes.js';

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

/** @returns its process id; it connects by itself and goes on trying */
export async function runAgent(
  children: ChildProcesses,
  agent: AgentOptions & { readonly controlPlaneUrl: string },
  onExit: () => void,
): Promise<number> {
  return children.start(
    {
      name: `agent ${agent.name}`,
      log: agent.log,
      env: environment(agent),
      args: [
        join(agent.distDir, 'gateway-agent/main.js'),
        'run',
        ...['--control-plane', agent.controlPlaneUrl],
        ...['--state', agent.stateDir],
      ],
    },
    onExit,
  );
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
