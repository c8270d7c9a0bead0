import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  ProgressBar,
} from '@fluentui/react-components';
import { ShieldCheckmarkRegular } from '@fluentui/react-icons';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { usePortal } from '../../app/use-portal.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { texts } from '../../texts/texts.js';
import { ChainResult } from './chain-result.js';

const { audit } = texts;

/** Has every entry's hash computed anew, and says what that means. */
export function ChainCheck() {
  const { client } = usePortal();
  const [isOpen, setOpen] = useState(false);
  const { mutate, data, error, isPending } = useMutation({ mutationFn: () => client.post('/v1/audit/verifications') });
  const verify = () => {
    setOpen(true);
    mutate();
  };
  return (
    <>
      <Button icon={<ShieldCheckmarkRegular />} onClick={verify}>
        {audit.verify}
      </Button>
      <Dialog open={isOpen} onOpenChange={(_event, { open }) => setOpen(open)}>
        <DialogSurface>
          <DialogBody>
            <DialogTitle>{audit.verify}</DialogTitle>
            <DialogContent aria-live="polite">
              {isPending && (
                <>
                  <p>{audit.verifying}</p>
                  <ProgressBar aria-label={audit.verifying} />
                </>
              )}
              {error && <FailurePanel error={error} onAgain={verify} />}
              {data && <ChainResult report={data} />}
            </DialogContent>
            <DialogActions>
              <Button onClick={() => setOpen(false)}>{texts.parts.close}</Button>
            </DialogActions>
          </DialogBody>
        </DialogSurface>
      </Dialog>
    </>
  );
}
