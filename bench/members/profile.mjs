import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';

/** Where Node listens once SIGUSR1 asked it to; one process of a machine at a time. */
const INSPECTOR = 'http://127.0.0.1:9229/json/list';

/** Begins a CPU profile of a running Node. @returns what ends it and writes it down for Chrome's developer tools */
export async function profile(pid, file) {
  process.kill(pid, 'SIGUSR1');
  await sleep(500);
  const [{ webSocketDebuggerUrl }] = await (await fetch(INSPECTOR)).json();
  const socket = new WebSocket(webSocketDebuggerUrl, { maxPayload: 1024 ** 3 });
  await once(socket, 'open');
  let last = 0;
  const ask = (method) =>
    new Promise((done) => {
      last += 1;
      const id = last;
      const hear = (data) => {
        const answer = JSON.parse(data);
        if (answer.id !== id) return;
        socket.off('message', hear);
        done(answer.result);
      };
      socket.on('message', hear);
      socket.send(JSON.stringify({ id, method }));
    });
  await ask('Profiler.enable');
  await ask('Profiler.start');
  return async () => {
    const { profile: recorded } = await ask('Profiler.stop');
    writeFileSync(file, JSON.stringify(recorded));
    socket.close();
  };
}
