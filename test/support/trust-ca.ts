import tls from 'node:tls';

/**
 * Makes every TLS client of this process trust one more authority. The Service Bus client has no option for it, and
 * NODE_EXTRA_CA_CERTS is read only when a process starts.
 */
export function trustInThisProcess(ca: string): () => void {
  const connect = tls.connect;
  tls.connect = (...args: unknown[]) => {
    const options = args.find((arg): arg is tls.ConnectionOptions => typeof arg === 'object' && arg !== null);
    if (options) options.ca ??= [ca, ...tls.rootCertificates];
    return Reflect.apply(connect, tls, args) as tls.TLSSocket;
  };
  return () => {
    tls.connect = connect;
  };
}
