// What a page notes of itself while it is used.

/** Runs in the page before anything else: first paints of the title and of what stands below it, and interactions. */
export const WATCH = `
  globalThis.seen = { interactions: new Map() };
  const note = (name) => requestAnimationFrame(() => setTimeout(() => { globalThis.seen[name] ??= performance.now(); }));
  new MutationObserver(() => {
    const main = document.querySelector('main');
    if (!main?.querySelector('h1')) return;
    if (globalThis.seen.title === undefined) note('title');
    const isLoading = main.querySelector('[role="progressbar"], .fui-Skeleton') !== null;
    if (globalThis.seen.content === undefined && !isLoading) note('content');
  }).observe(document, { childList: true, subtree: true });
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) {
      if (!interactionId) continue;
      const { interactions } = globalThis.seen;
      interactions.set(interactionId, Math.max(duration, interactions.get(interactionId) ?? 0));
    }
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });`;

/** Milliseconds from asking for the address until the title, and all of the page, were painted. */
export async function paintsOf(page) {
  return page.evaluate(`new Promise((painted) => {
    const { seen } = globalThis;
    const look = () => (seen.content === undefined ? setTimeout(look, 20) : painted(seen));
    look();
  })`);
}

/** Milliseconds from each thing done to the next paint, rounded to eight by the browser; those below 16 are not told. */
export function interactionsOf(page) {
  return page.evaluate('[...globalThis.seen.interactions.values()]');
}

/** Notes how long each frame takes until it is stopped. */
export function frameTimes(page) {
  const begun = page.evaluate(`(() => {
    globalThis.frames = { times: [], isOn: true };
    let before = performance.now();
    const next = (now) => {
      globalThis.frames.times.push(now - before);
      before = now;
      if (globalThis.frames.isOn) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  })()`);
  return {
    stop: async () => {
      await begun;
      return page.evaluate('(() => { globalThis.frames.isOn = false; return globalThis.frames.times; })()');
    },
  };
}
