import tls from 'node:tls';

/** Authorities that were given, the last of which holds: they have the same name, so that a chain fits one of them only. */
const given: string[] = [];
let isInstalled = false;

/**
 * Makes every TLS client of this process trust one more authority. The Service Bus client has no option for it, and
 * NODE_EXTRA_CA_CERTS is read only when a process starts.
 *
 * @returns how to end it
 */
export function trustInThisProcess(ca: string): () => void {
  install();
  given.push(ca);
  return () => {
    given.splice(given.lastIndexOf(ca), 1);
  };
}

/** For good: the agent and the relay wrap the same function, and putting back what was there before would undo theirs. */
function install(): void {
  if (isInstalled) return;
  isInstalled = true;
  const connect = tls.connect;
  tls.connect = (...args: unknown[]) => {
    const options = args.find((arg): arg is tls.ConnectionOptions => typeof arg === 'object' && arg !== null);
    const ca = given.at(-1);
    if (options && ca !== undefined) options.ca ??= [ca, ...tls.rootCertificates];
    return Reflect.apply(connect, tls, args) as tls.TLSSocket;
  };
}
