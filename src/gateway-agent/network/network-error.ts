import { systemErrorCode } from '../exit-codes.js';

const REMEDIES = {
  'name-unknown': 'Check the name, and that this machine’s DNS server knows it.',
  refused: 'Check the address and the port, and that a firewall lets them through.',
  unreachable: 'Check the network and the routes of this machine.',
  timeout: 'A firewall may drop the packets: `tidegate-agent network` lists what it has to allow.',
  cut: 'Something in between cut the connection: look at the firewall or the proxy.',
  'proxy-unreachable': 'Check the address of the proxy in network.yaml or HTTPS_PROXY.',
  'proxy-sign-in': 'Set user name and password of the proxy in network.yaml (proxy.username, proxy.passwordFile).',
  'proxy-refused': 'Have the proxy allow CONNECT to this host and port: `tidegate-agent network` lists them.',
  'proxy-broken': 'Check that the address of the proxy leads to an HTTP proxy.',
  'tls-protocol': 'Have TLS 1.2 or 1.3 switched on there with the suites that docs/tls.md lists.',
  'tls-untrusted':
    'If the certificate is of your own authority or of an inspecting proxy, give its PEM with --ca-file.',
  'tls-name': 'Check the name; a proxy that inspects TLS must present a certificate for it.',
  'tls-date': 'Check the clock of this machine, and the certificate.',
  'tls-absent': 'Check the port: what answers there does not speak TLS.',
} as const;

/** Why a place in the cloud cannot be reached. */
export type NetworkFault = keyof typeof REMEDIES;

/** A connection to the cloud that did not come about. Never says the password of a proxy. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';

  constructor(
    readonly fault: NetworkFault,
    message: string,
    options: ErrorOptions = {},
  ) {
    super(message, options);
  }

  get remedy(): string {
    return REMEDIES[this.fault];
  }
}

const SYSTEM: Readonly<Record<string, readonly [NetworkFault, string]>> = {
  ENOTFOUND: ['name-unknown', 'the name is not known'],
  EAI_AGAIN: ['name-unknown', 'the name service does not answer'],
  ECONNREFUSED: ['refused', 'the connection was refused'],
  ECONNRESET: ['cut', 'the connection was cut'],
  EPIPE: ['cut', 'the connection was cut'],
  ETIMEDOUT: ['timeout', 'there was no answer in time'],
};

/** @param place `host:port` */
export function ofSystemError(place: string, error: unknown): NetworkError {
  if (error instanceof NetworkError) return error;
  const code = systemErrorCode(error) ?? 'unknown';
  const [fault, words] = SYSTEM[code] ?? ['unreachable', `it cannot be reached (${code})`];
  return new NetworkError(fault, `${place}: ${words}.`, { cause: error });
}

const TRUST =
  /^(?:UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|CERT_SIGNATURE|CERT_UNTRUSTED|CERT_REJECTED|INVALID_CA|PATH_LENGTH)/;
const PROTOCOL = /ALERT_HANDSHAKE_FAILURE|ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|ALERT_INSUFFICIENT_SECURITY|NO_SHARED|CIPHER|DH_KEY_TOO_SMALL/; // prettier-ignore
const NOT_TLS = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|RECORD_LAYER|UNEXPECTED_MESSAGE/;

/** @param place `host:port` */
export function ofTlsError(place: string, error: unknown): NetworkError {
  const code = systemErrorCode(error) ?? '';
  const made = (fault: NetworkFault, words: string) => new NetworkError(fault, `${place}: ${words}.`, { cause: error });
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return made('tls-name', 'the certificate is for another name');
  if (code === 'CERT_HAS_EXPIRED') return made('tls-date', 'the certificate has expired');
  if (code === 'CERT_NOT_YET_VALID') return made('tls-date', 'the certificate is not valid yet');
  if (TRUST.test(code))
    return made('tls-untrusted', `the certificate is of an authority that is not trusted (${code})`);
  if (PROTOCOL.test(code)) return made('tls-protocol', `no TLS version or cipher suite in common (${code})`);
  if (NOT_TLS.test(code)) return made('tls-absent', 'what answers there does not speak TLS');
  return ofSystemError(place, error);
}
