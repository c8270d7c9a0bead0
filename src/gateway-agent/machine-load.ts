import { statfs } from 'node:fs/promises';
import { cpus, freemem, totalmem } from 'node:os';
import type { HeartbeatRequest } from '../contract/membership.js';

/** How busy the machine is, measured between two looks. */
export class MachineLoad {
  private before = cpuTimes();

  constructor(private readonly statePath: string) {}

  async read(): Promise<HeartbeatRequest['load']> {
    const now = cpuTimes();
    const total = now.total - this.before.total;
    const busy = total - (now.idle - this.before.idle);
    this.before = now;
    const disk = await statfs(this.statePath);
    return {
      cpuPercent: total > 0 ? percent(busy / total) : 0,
      memoryPercent: percent(1 - freemem() / totalmem()),
      diskFreeBytes: disk.bavail * disk.bsize,
    };
  }
}

function cpuTimes(): { idle: number; total: number } {
  const times = cpus().map((cpu) => cpu.times);
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
  return {
    idle: sum(times.map(({ idle }) => idle)),
    total: sum(times.map(({ user, nice, sys, idle, irq }) => user + nice + sys + idle + irq)),
  };
}

function percent(part: number): number {
  return Math.round(Math.min(1, Math.max(0, part)) * 1000) / 10;
}
