import type { IngressLink } from './ingress-link.js';
import type { Link, Session } from './rhea-internals.js';

/** Largest request on `$cbs` or `$management`: some scheduled messages at once. */
const MAX_REQUEST_BYTES = 2 * 1024 * 1024;

/** Deliveries in one disposition frame: rhea walks the whole range, and a session has 2048 places. */
const MAX_DISPOSITION_RANGE = 4096;

/**
 * Puts the broker's checks in front of an AMQP session of rhea, which collects transfers without limit, decodes
 * format 0 completely, and trusts the ranges it is given.
 */
export function guardSession(session: Session, ingressAt: (link: Link) => IngressLink | undefined): void {
  const transfer = session.on_transfer.bind(session);
  const requestBytes = new WeakMap<Link, number>();
  session.on_transfer = (frame) => {
    const link = session.remote.handles[frame.performative.handle];
    const ingress = link && ingressAt(link);
    if (ingress) ingress.admit(frame);
    else if (link) {
      const started = (link as { _incomplete?: unknown })._incomplete ? (requestBytes.get(link) ?? 0) : 0;
      const bytes = started + (frame.payload?.length ?? 0);
      if (bytes > MAX_REQUEST_BYTES) throw new RangeError('a request is larger than the broker accepts');
      requestBytes.set(link, bytes);
    }
    transfer(frame);
  };

  const disposition = session.on_disposition.bind(session);
  session.on_disposition = (frame) => {
    const { first, last } = frame.performative;
    if ((last ?? first) - first > MAX_DISPOSITION_RANGE)
      throw new RangeError('a disposition covers too many deliveries');
    disposition(frame);
  };
}
