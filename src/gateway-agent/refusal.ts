import { ControlPlaneError } from './control-plane.js';
import { CommandError } from './exit-codes.js';

const REMEDIES = {
  unreachable: 'Check the address, the network and the proxy, and --ca-file when the certificate is your own.',
  unavailable: 'Try again in a while.',
  refused: 'See the message; nothing was changed.',
  invalid: 'Check that --control-plane leads to a Tidegate control plane of a fitting version.',
} as const;

/** Passes an answer on; turns a control plane's refusal into one of a command. @throws CommandError */
export async function refusalOf<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof ControlPlaneError)) throw error;
    const { code, remedy } = error.problem;
    const reason = error.kind === 'refused' ? 'refused' : error.kind === 'invalid' ? 'unexpected' : 'unreachable';
    const message = code === undefined ? error.message : `${error.message} (${code})`;
    throw new CommandError(reason, message, remedy ?? REMEDIES[error.kind], { cause: error });
  }
}
