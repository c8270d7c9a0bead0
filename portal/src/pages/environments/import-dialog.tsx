import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Spinner,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { usePortal } from '../../app/use-portal.js';
import { texts } from '../../texts/texts.js';
import { ImportFailure } from './import-failure.js';
import { sendImport } from './send-import.js';

const { environments: words } = texts;
/** The control plane takes no larger list. */
const MAX_BYTES = 2 * 1024 * 1024;
const useStyles = makeStyles({
  content: { display: 'grid', gap: tokens.spacingVerticalM },
  list: { '& textarea': { fontFamily: tokens.fontFamilyMonospace } },
});

/** Imports environments from a pasted text or a file. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const styles = useStyles();
  const { client } = usePortal();
  const queries = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [isTooLarge, setTooLarge] = useState(false);
  const send = useMutation({
    mutationFn: async () => {
      const result = await sendImport(client, text);
      await queries.invalidateQueries({ queryKey: ['environments'] });
      return result;
    },
  });
  const read = async (file: File | undefined) => {
    if (!file) return;
    setTooLarge(file.size > MAX_BYTES);
    if (file.size > MAX_BYTES) return;
    send.reset();
    setText(await file.text());
  };
  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && !send.isPending && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{words.importTitle}</DialogTitle>
          <DialogContent className={styles.content}>
            {words.importLead}
            <div>
              <input
                ref={picker}
                type="file"
                hidden
                accept=".csv,.json,text/csv,application/json"
                aria-label={words.importFile}
                onChange={({ target }) => {
                  void read(target.files?.[0]);
                  // The same file, mended, can be chosen again.
                  target.value = '';
                }}
              />
              <Button onClick={() => picker.current?.click()}>{words.importFile}</Button>
            </div>
            <Field label={words.importText} {...(isTooLarge && { validationMessage: words.tooLarge })}>
              <Textarea
                className={styles.list}
                rows={10}
                value={text}
                spellCheck={false}
                onChange={(_event, { value }) => setText(value)}
              />
            </Field>
            <div role="status">
              {send.isPending && <Spinner size="tiny" label={words.importing} />}
              {send.data && (
                <MessageBar intent="success">
                  <MessageBarBody>
                    {words.importDone(send.data.created, send.data.updated, send.data.unchanged)}
                  </MessageBarBody>
                </MessageBar>
              )}
            </div>
            {send.error && <ImportFailure error={send.error} />}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose} disabled={send.isPending}>
              {texts.parts.close}
            </Button>
            <Button appearance="primary" disabled={send.isPending || text.trim() === ''} onClick={() => send.mutate()}>
              {words.importNow}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
