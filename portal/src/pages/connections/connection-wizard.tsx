import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { AnswerOf } from '../../../../src/client/tidegate-client.js';
import { reachOf, type RegionMap } from '../../api/region-reach.js';
import { usePortal } from '../../app/use-portal.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { texts } from '../../texts/texts.js';
import type { SecretFieldsHandle } from './secret-fields.js';
import { creationOf, type ConnectionDraft, type SourceType } from './connection-draft.js';
import { AddressStep } from './steps/address-step.js';
import { EnvironmentsStep } from './steps/environments-step.js';
import { ReviewStep } from './steps/review-step.js';
import { SignInStep } from './steps/sign-in-step.js';
import { SourceStep } from './steps/source-step.js';
import { StepList } from './steps/step-list.js';
import { chosenOf, missingIn, SIGN_IN_STEP, stepOfFailure } from './steps/wizard-steps.js';
import { needsTyping } from './seal-failure.js';
import { useSealing } from './use-sealing.js';

const useStyles = makeStyles({
  root: { maxWidth: '44rem', display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalL },
  step: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  hidden: { display: 'none' },
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  heading: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, outlineStyle: 'none' },
});

export type Gateway = AnswerOf<'get', '/v1/gateways'>['value'][number];
export type PlacedEnvironment = AnswerOf<'get', '/v1/environments'>['value'][number];

export interface ConnectionWizardProps {
  readonly draft: ConnectionDraft;
  readonly onChange: (part: Partial<ConnectionDraft>) => void;
  readonly gateways: readonly Gateway[];
  readonly environments: readonly PlacedEnvironment[];
  readonly regions: RegionMap;
  readonly types: UseQueryResult<readonly SourceType[]>;
  readonly onCreated: (connectionId: string) => void;
}

/** Asks for a connection step by step. All steps stay on the page, so that going back finds everything as it was. */
export function ConnectionWizard(props: ConnectionWizardProps) {
  const { draft, onChange, gateways, environments, regions, types, onCreated } = props;
  const styles = useStyles();
  const { client } = usePortal();
  const queries = useQueryClient();
  const [step, setStep] = useState(0);
  const [isChecked, setChecked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const heading = useRef<HTMLHeadingElement>(null);
  const secrets = useRef<SecretFieldsHandle>(null);
  const isFirst = useRef(true);
  const gateway = gateways.find(({ id }) => id === draft.gatewayId);
  const { type, method } = chosenOf(draft, types.data ?? []);
  const sealing = useSealing(draft, gateway?.keyId ?? '');
  const missing = isChecked ? missingIn(step, draft, { type, method }) : [];

  useEffect(() => {
    // Whoever does not see the page hears where they are; on arrival the page's own title is read.
    if (!isFirst.current) heading.current?.focus();
    isFirst.current = false;
  }, [step]);

  const change = (part: Partial<ConnectionDraft>) => {
    setFailure(undefined);
    onChange(part);
  };
  const go = (to: number) => {
    setFailure(undefined);
    setChecked(false);
    setStep(to);
  };
  const create = async () => {
    if (!method) return;
    const body = creationOf(draft, method, sealing.sealed);
    const { id } = await client.post('/v1/connections', { body });
    void queries.invalidateQueries({ queryKey: ['connections'] });
    onCreated(id);
  };
  const next = async () => {
    setChecked(true);
    if (missingIn(step, draft, { type, method }).length > 0) return;
    if (step === SIGN_IN_STEP && !sealing.isReady(secrets.current)) return;
    setBusy(true);
    setFailure(undefined);
    try {
      if (step === SIGN_IN_STEP) await sealing.seal(secrets.current);
      if (step === texts.newConnection.steps.length - 1) await create();
      else go(step + 1);
    } catch (error) {
      if (needsTyping(error)) sealing.forget();
      setFailure(error);
      // The fingerprint on the page may be of a key that is no more.
      void queries.invalidateQueries({ queryKey: ['gateways', 'choices'] });
    } finally {
      setBusy(false);
    }
  };
  const failedStep = failure === undefined ? undefined : stepOfFailure(failure);
  const name = texts.newConnection.steps[step] ?? '';
  const stepProps = { draft, onChange: change, missing, type, method };
  const steps = [
    <SourceStep key="source" {...stepProps} gateways={gateways} types={types} />,
    <AddressStep key="address" {...stepProps} />,
    <SignInStep key="sign-in" {...stepProps} gateway={gateway} sealed={sealing.sealed} secrets={secrets} />,
    <EnvironmentsStep
      key="environments"
      {...stepProps}
      reach={reachOf(regions, gateway?.region ?? '', environments)}
    />,
    <ReviewStep key="review" {...stepProps} gateway={gateway} environments={environments} sealed={sealing.sealed} />,
  ];
  return (
    <form
      className={styles.root}
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void next();
      }}
    >
      <StepList current={step} onGo={isBusy ? undefined : go} />
      <h2 ref={heading} tabIndex={-1} className={styles.heading}>
        {texts.newConnection.step(step + 1, steps.length, name)}
      </h2>
      {steps.map((content, index) => (
        <div key={content.key} className={index === step ? styles.step : styles.hidden}>
          {content}
        </div>
      ))}
      {failure !== undefined && <FailurePanel error={failure} />}
      <div className={styles.actions}>
        {step > 0 && (
          <Button onClick={() => go(step - 1)} disabled={isBusy}>
            {texts.newConnection.back}
          </Button>
        )}
        <Button appearance="primary" type="submit" disabledFocusable={isBusy}>
          {labelOf(step, draft)}
        </Button>
        {failedStep !== undefined && failedStep !== step && (
          <Button onClick={() => go(failedStep)}>
            {texts.newConnection.goThere(texts.newConnection.steps[failedStep] ?? '')}
          </Button>
        )}
        <span role="status">
          {isBusy && (
            <Spinner
              size="tiny"
              label={step === SIGN_IN_STEP ? texts.newConnection.sealing : texts.newConnection.creating}
            />
          )}
        </span>
      </div>
    </form>
  );
}

function labelOf(step: number, { credentialType, skipTest }: ConnectionDraft): string {
  if (step === texts.newConnection.steps.length - 1) {
    return skipTest ? texts.newConnection.createUntested : texts.newConnection.create;
  }
  const isSealed = step === SIGN_IN_STEP && credentialType !== '' && credentialType !== 'Anonymous';
  return isSealed ? texts.newConnection.sealAndGoOn : texts.newConnection.next;
}
