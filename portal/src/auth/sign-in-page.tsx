import { Button, Field, Input, makeStyles, Radio, RadioGroup, Text, Title1, tokens } from '@fluentui/react-components';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { usePortal } from '../app/use-portal.js';
import { FailurePanel } from '../parts/failure-panel.js';
import { texts } from '../texts/texts.js';

/** More are not chosen from a list. */
const MAX_CHOICES = 10;

const useStyles = makeStyles({
  root: {
    maxWidth: '26rem',
    margin: '0 auto',
    padding: `15vh ${tokens.spacingHorizontalL} ${tokens.spacingVerticalL}`,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
  },
});

/** Asks for the organisation; its directory asks for the person. */
export function SignInPage() {
  const styles = useStyles();
  const { signIn, config } = usePortal();
  const { returnTo = '/' } = useSearch({ from: '/sign-in' });
  const [first] = config.tenants;
  const [tenant, setTenant] = useState(first?.id ?? '');
  const [failure, setFailure] = useState<unknown>();
  const isListed = config.tenants.length > 0 && config.tenants.length <= MAX_CHOICES;
  const begin = () => {
    signIn.begin(tenant.trim(), returnTo).catch(setFailure);
  };
  return (
    <main className={styles.root}>
      <Title1 as="h1">{texts.auth.title}</Title1>
      <Text>{texts.auth.lead}</Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          begin();
        }}
        style={{ display: 'contents' }}
      >
        {isListed ? (
          <Field label={texts.auth.choose}>
            <RadioGroup value={tenant} onChange={(_event, { value }) => setTenant(value)}>
              {config.tenants.map(({ id, name }) => (
                <Radio key={id} value={id} label={name} />
              ))}
            </RadioGroup>
          </Field>
        ) : (
          <Field label={texts.auth.tenant} hint={texts.auth.tenantHint} required>
            <Input value={tenant} onChange={(_event, { value }) => setTenant(value)} autoComplete="organization" />
          </Field>
        )}
        <Button type="submit" appearance="primary" size="large" disabled={tenant.trim() === ''}>
          {texts.auth.begin}
        </Button>
      </form>
      {failure !== undefined && <FailurePanel error={failure} />}
    </main>
  );
}
