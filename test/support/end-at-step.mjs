// Loaded into a process before its own code: counts what it does to the folder of TIDEGATE_TEST_FOLDER and on the network,
// and ends it as SIGKILL does right before step TIDEGATE_TEST_END_AT. The count goes to TIDEGATE_TEST_STEPS_FILE.
import { subscribe } from 'node:diagnostics_channel';
import { promises, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { TIDEGATE_TEST_FOLDER: folder, TIDEGATE_TEST_END_AT: endAt, TIDEGATE_TEST_STEPS_FILE: file } = process.env;
let steps = 0;

function step() {
  steps += 1;
  if (steps === Number(endAt)) process.kill(process.pid, 'SIGKILL');
}

for (const name of ['open', 'mkdir', 'link', 'rename', 'rm']) {
  const own = promises[name];
  promises[name] = (...args) => {
    if (args.some((arg) => typeof arg === 'string' && arg.startsWith(folder))) step();
    return own(...args);
  };
}
syncBuiltinESMExports();
for (const moment of ['create', 'bodySent', 'headers']) subscribe(`undici:request:${moment}`, step);
process.on('exit', () => writeFileSync(file, String(steps)));
