import {
  Button,
  Field,
  Input,
  makeStyles,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  Text,
  tokens,
} from '@fluentui/react-components';
import { BookmarkRegular, DeleteRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useAccount } from '../app/use-portal.js';
import { texts } from '../texts/texts.js';
import { forgetView, MAX_VIEW_NAME, readViews, writeView, type SavedView } from './saved-view-store.js';

const useStyles = makeStyles({
  surface: { display: 'grid', gap: tokens.spacingVerticalM, width: 'min(22rem, 80vw)' },
  list: { listStyleType: 'none', margin: 0, padding: 0, maxHeight: '16rem', overflowY: 'auto' },
  view: { display: 'flex', justifyContent: 'space-between' },
  name: { justifyContent: 'flex-start', flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere', unicodeBidi: 'isolate' },
  form: { display: 'grid', gap: tokens.spacingVerticalS, justifyItems: 'start' },
});

export interface SavedViewsProps {
  /** The list that the views are of. */
  readonly page: string;
  /** What the list shows now. */
  readonly now: Readonly<Record<string, string>>;
  readonly onChoose: (texts: Readonly<Record<string, string>>) => void;
}

/** Filters kept under a name, in this browser. */
export function SavedViews({ page, now, onChoose }: SavedViewsProps) {
  const styles = useStyles();
  const accountId = useAccount()?.id ?? '';
  const [isOpen, setOpen] = useState(false);
  const [views, setViews] = useState<readonly SavedView[]>(() => readViews(accountId, page));
  const [name, setName] = useState('');
  const [told, setTold] = useState('');
  const save = () => {
    const isSaved = writeView(accountId, page, { name: name.trim(), texts: now });
    setTold(isSaved ? texts.table.viewSaved(name.trim()) : texts.table.viewsFull);
    if (isSaved) setName('');
    setViews(readViews(accountId, page));
  };
  const forget = (view: SavedView) => {
    forgetView(accountId, page, view.name);
    setViews(readViews(accountId, page));
  };
  const choose = (view: SavedView) => {
    onChoose(view.texts);
    setOpen(false);
  };
  return (
    <Popover open={isOpen} onOpenChange={(_event, { open }) => setOpen(open)} trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <Button icon={<BookmarkRegular />}>{texts.table.views}</Button>
      </PopoverTrigger>
      <PopoverSurface className={styles.surface} aria-label={texts.table.views}>
        {views.length === 0 && <Text>{texts.table.noViews}</Text>}
        {views.length > 0 && (
          <ul className={styles.list}>
            {views.map((view) => (
              <li key={view.name} className={styles.view}>
                <Button appearance="subtle" className={styles.name} onClick={() => choose(view)}>
                  {view.name}
                </Button>
                <Button
                  appearance="subtle"
                  icon={<DeleteRegular />}
                  aria-label={texts.table.deleteView(view.name)}
                  onClick={() => forget(view)}
                />
              </li>
            ))}
          </ul>
        )}
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <Field label={texts.table.viewName}>
            <Input
              value={name}
              maxLength={MAX_VIEW_NAME}
              autoComplete="off"
              onChange={(_event, { value }) => setName(value)}
            />
          </Field>
          <Button type="submit" disabledFocusable={name.trim() === ''}>
            {texts.table.saveView}
          </Button>
          <Text role="status">{told}</Text>
        </form>
      </PopoverSurface>
    </Popover>
  );
}
