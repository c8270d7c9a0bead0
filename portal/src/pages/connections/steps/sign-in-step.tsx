import type { Ref } from 'react';
import type { SealedValue } from '../../../../../src/client/sealed-value.js';
import type { Gateway } from '../connection-wizard.js';
import { SignInFields } from '../sign-in-fields.js';
import type { SecretFieldsHandle } from '../secret-fields.js';
import type { StepProps } from './wizard-steps.js';

interface SignInStepProps extends StepProps {
  readonly gateway: Gateway | undefined;
  readonly sealed: SealedValue | undefined;
  readonly secrets: Ref<SecretFieldsHandle>;
}

/** How the gateway signs in at the source. */
export function SignInStep({ gateway, ...props }: SignInStepProps) {
  return <SignInFields {...props} keyId={gateway?.keyId} />;
}
