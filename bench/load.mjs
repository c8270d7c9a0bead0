/**
 * Closed loop: `concurrency` callers, each sending its next request when its last was answered.
 * @returns {{ requests: number, seconds: number, perSecond: number, p50: number, p99: number }} times in milliseconds
 */
export async function closedLoop({ concurrency, seconds, request }) {
  const times = [];
  const until = performance.now() + seconds * 1000;
  const startedAt = performance.now();
  const caller = async () => {
    while (performance.now() < until) {
      const began = performance.now();
      await request();
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, caller));
  const elapsed = (performance.now() - startedAt) / 1000;
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { requests: times.length, seconds: elapsed, perSecond: times.length / elapsed, p50: at(0.5), p99: at(0.99) };
}
