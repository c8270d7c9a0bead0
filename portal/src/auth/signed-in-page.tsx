import { Spinner } from '@fluentui/react-components';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { usePortal } from '../app/use-portal.js';
import { FailurePanel } from '../parts/failure-panel.js';
import { texts } from '../texts/texts.js';

/** Where the directory sends the browser back to. */
export function SignedInPage() {
  const { signIn } = usePortal();
  const navigate = useNavigate();
  const [failure, setFailure] = useState<unknown>();
  const isTaken = useRef(false);
  useEffect(() => {
    // A code is good for one exchange, and effects run twice in development.
    if (isTaken.current) return;
    isTaken.current = true;
    signIn
      .complete()
      .then((returnTo) => navigate({ href: `/portal${returnTo.replace(/^\/portal/, '')}`, replace: true }))
      .catch(setFailure);
  }, [signIn, navigate]);
  return (
    <main style={{ padding: '4rem 1rem' }}>
      {failure === undefined ? (
        <Spinner label={texts.auth.working} />
      ) : (
        <FailurePanel error={failure} onAgain={() => void navigate({ to: '/sign-in' })} />
      )}
    </main>
  );
}
