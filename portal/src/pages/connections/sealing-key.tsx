import { Field } from '@fluentui/react-components';
import { CopyText } from '../../parts/copy-text.js';
import { texts } from '../../texts/texts.js';

/** The fingerprint of the key to which a credential is sealed. */
export function SealingKey({ keyId }: { keyId: string }) {
  return (
    <Field label={texts.newConnection.sealedTo} hint={texts.newConnection.sealedToHint}>
      <div>
        <CopyText text={keyId} />
      </div>
    </Field>
  );
}
