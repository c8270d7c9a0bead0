import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { Fragment } from 'react';
import { ClockTime } from '../../parts/clock-time.js';
import { CopyText } from '../../parts/copy-text.js';
import { texts } from '../../texts/texts.js';
import type { AuditEntry, AuditFilter } from './use-audit.js';

const { audit } = texts;
const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'minmax(5rem, max-content) 1fr',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    alignItems: 'center',
    margin: 0,
    overflowWrap: 'anywhere',
  },
  term: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, minWidth: 0, unicodeBidi: 'isolate' },
});

export interface AuditDetailsProps {
  readonly entry: AuditEntry;
  readonly onFilter: (part: Partial<AuditFilter>) => void;
  readonly onClose: () => void;
}

/** Everything that one entry holds; each part can become the filter. */
export function AuditDetails({ entry, onFilter, onClose }: AuditDetailsProps) {
  const styles = useStyles();
  const narrow = (part: Partial<AuditFilter>) => {
    onFilter(part);
    onClose();
  };
  const { action, actor, subject, gatewayId, result, seq, traceId, details } = entry;
  const rows: readonly (readonly [term: string, text: string | undefined, part?: Partial<AuditFilter>])[] = [
    [audit.columns.action, action, { action }],
    [audit.columns.result, result, { code: result }],
    [audit.columns.actor, `${actor.type} ${actor.id}`, { actorId: actor.id }],
    subject.id === undefined
      ? [audit.columns.subject, subject.type]
      : [audit.columns.subject, `${subject.type} ${subject.id}`, { subjectId: subject.id }],
    [audit.gateway, gatewayId, { gatewayId: gatewayId ?? '' }],
    [audit.columns.place, seq?.toLocaleString('en')],
  ];
  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>
            {action}, <ClockTime at={entry.at} />
          </DialogTitle>
          <DialogContent>
            <dl className={styles.list}>
              {rows
                .filter(([, text]) => text !== undefined)
                .map(([term, text, part]) => (
                  <Fragment key={term}>
                    <dt className={styles.term}>{term}</dt>
                    <dd className={styles.value}>
                      {text}
                      {part && (
                        <Button
                          size="small"
                          appearance="transparent"
                          aria-label={`${audit.onlyThis}: ${term}`}
                          onClick={() => narrow(part)}
                        >
                          {audit.onlyThis}
                        </Button>
                      )}
                    </dd>
                  </Fragment>
                ))}
              <dt className={styles.term}>{audit.trace}</dt>
              <dd className={styles.value}>
                <CopyText text={traceId} />
              </dd>
              {Object.entries(details).map(([name, value]) => (
                <Fragment key={name}>
                  <dt className={styles.term}>{name}</dt>
                  <dd className={styles.value}>
                    <bdi>{typeof value === 'string' ? value : JSON.stringify(value)}</bdi>
                  </dd>
                </Fragment>
              ))}
            </dl>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{texts.parts.close}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
