import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { readLogTail, startLogTail, stopLogTail, type LogTail, type MemberPath } from '../../api/member-diagnosis.js';
import { usePortal } from '../../app/use-portal.js';

const POLL_MS = 1_000;
/** As many as one tail may have. */
const MAX_LINES = 5_000;

/** Watches a member's log from when it is asked for until it ends or the page is left. */
export function useLogTail(path: MemberPath) {
  const { client } = usePortal();
  const { gatewayId, memberId } = path;
  const [tail, setTail] = useState<LogTail>();
  const [lines, setLines] = useState<readonly string[]>([]);
  const [failure, setFailure] = useState<unknown>();
  const [now, setNow] = useState(() => Date.now());
  const isRunning = tail?.state === 'requested' || tail?.state === 'open';
  const take = (next: LogTail) => {
    setTail(next);
    setNow(Date.now());
    setFailure(undefined);
    if (next.lines.length > 0) setLines((before) => [...before, ...next.lines].slice(-MAX_LINES));
  };
  const start = useMutation({
    mutationFn: () => startLogTail(client, path),
    onSuccess: (begun) => {
      setLines([]);
      take(begun);
    },
  });
  const stop = useMutation({
    mutationFn: () => stopLogTail(client, path),
    onSuccess: () => setTail((one) => one && { ...one, state: 'ended', reason: 'stopped' }),
  });
  const next = tail?.next ?? 0;
  useEffect(() => {
    if (!isRunning) return undefined;
    let isGone = false;
    const timer = setTimeout(() => {
      readLogTail(client, { gatewayId, memberId }, next)
        .then((answer) => {
          if (!isGone) take(answer);
        })
        .catch((error: unknown) => {
          if (isGone) return;
          setFailure(error);
          // No answer at all passes; a refusal does not.
          setTail((one) => one && (error instanceof TypeError ? { ...one } : { ...one, state: 'ended' }));
        });
    }, POLL_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
    // `tail` is another object with each answer, which asks for the next.
  }, [client, gatewayId, memberId, isRunning, next, tail]);
  const running = useRef(false);
  useEffect(() => {
    running.current = isRunning;
  }, [isRunning]);
  // The machine need not go on sending to a page that nobody sees. It ends by itself soon, should this not arrive.
  useEffect(
    () => () => {
      if (running.current) stopLogTail(client, { gatewayId, memberId }).catch((error: unknown) => setFailure(error));
    },
    [client, gatewayId, memberId],
  );
  const secondsLeft = tail ? Math.max(0, Math.ceil((Date.parse(tail.until) - now) / 1_000)) : 0;
  return { tail, lines, isRunning, start, stop, failure: failure ?? start.error ?? stop.error, secondsLeft };
}
