import { Spinner } from '@fluentui/react-components';
import { useEffect } from 'react';
import { usePortal } from '../app/use-portal.js';
import { texts } from '../texts/texts.js';

/** The small window in which somebody signed in again hands over and closes. */
export function SignedInAgainPage() {
  const { signIn } = usePortal();
  useEffect(() => {
    void signIn.completeAgain();
  }, [signIn]);
  return <Spinner label={texts.auth.working} style={{ padding: '4rem' }} />;
}
