import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useState } from 'react';
import { useAccount, usePortal } from '../app/use-portal.js';
import { FailurePanel } from '../parts/failure-panel.js';
import { texts } from '../texts/texts.js';

/** Shown above the page once a sign-in has ended: the page stays as it is, with all that was typed. */
export function SignInAgain() {
  const { signIn, queries } = usePortal();
  const account = useAccount();
  const [failure, setFailure] = useState<unknown>();
  if (account) return null;
  const again = () => {
    setFailure(undefined);
    signIn
      .again()
      .then(() => queries.invalidateQueries())
      .catch(setFailure);
  };
  return (
    <>
      <MessageBar intent="warning" layout="multiline" role="alert">
        <MessageBarBody>
          <MessageBarTitle>{texts.auth.ended}</MessageBarTitle> {texts.auth.endedLead}
        </MessageBarBody>
        <MessageBarActions>
          <Button appearance="primary" onClick={again}>
            {texts.auth.again}
          </Button>
        </MessageBarActions>
      </MessageBar>
      {failure !== undefined && <FailurePanel error={failure} />}
    </>
  );
}
