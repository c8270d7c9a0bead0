import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Whoever stops a replica waits about ten seconds before it kills: requests under way get most of that. */
const SHUTDOWN_MS = 8_000;

/** The server closes idle connections once; those whose last answer ends later are looked for this often. */
const SWEEP_MS = 50;

/**
 * Ends the application when the operating system asks: no new connections, requests under way finish, and after eight
 * seconds what is left is cut.
 *
 * @param exit called with the exit code when all is done
 */
export function stopOnSignals(app: NestFastifyApplication, exit: (code: number) => void): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    const server = app.getHttpServer();
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    const cut = setTimeout(() => {
      server.closeAllConnections();
      setTimeout(() => exit(1), 1_000).unref();
    }, SHUTDOWN_MS);
    app.close().then(
      () => {
        clearTimeout(cut);
        clearInterval(sweep);
        exit(0);
      },
      () => exit(1),
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
}
