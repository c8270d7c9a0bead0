import { readdirSync, readFileSync } from 'node:fs';

/** Kernel clock ticks a second: 100 on every Linux this runs on (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100;

/** CPU seconds of a process and its descendants so far, user and system. */
export function cpuSeconds(pid) {
  const all = processTable();
  const family = [pid];
  for (const parent of family) family.push(...all.filter((row) => row.parent === parent).map((row) => row.pid));
  return all.filter((row) => family.includes(row.pid)).reduce((sum, row) => sum + row.ticks, 0) / TICKS_PER_SECOND;
}

/** Resident memory of one process, in MiB. */
export function residentMiB(pid) {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+) kB/);
  return line ? Number(line[1]) / 1024 : 0;
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + Number(number), 0);
}

/** The process that started another. */
export function parentOf(pid) {
  return processTable().find((row) => row.pid === pid)?.parent;
}

function processTable() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        // utime, stime, and cutime, cstime: those of children that ended meanwhile.
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return [{ pid: Number(name), parent: Number(fields[1]), ticks: sum(fields.slice(11, 15)) }];
      } catch (error) {
        if (error.code === 'ENOENT' || error.code === 'ESRCH') return []; // ended while we looked
        throw error;
      }
    });
}
