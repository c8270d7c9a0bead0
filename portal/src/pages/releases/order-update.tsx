import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import { ChoiceField } from '../../parts/choice-field.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { texts } from '../../texts/texts.js';
import type { GatewayUpdateState } from './use-gateway-update.js';

const { releases, parts } = texts;
const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, alignItems: 'end' },
  members: { border: 'none', margin: 0, padding: 0, display: 'flex', flexWrap: 'wrap' },
});

export interface OrderUpdateProps {
  readonly update: GatewayUpdateState;
  readonly gatewayName: string;
  readonly offered: readonly string[];
}

/** Orders a rolling update: which version, for which members. */
export function OrderUpdate({ update: { members, order, isUnderWay }, gatewayName, offered }: OrderUpdateProps) {
  const styles = useStyles();
  const [version, setVersion] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [isAsking, setAsking] = useState(false);
  const wanted = version === '' ? offered[0] : version;
  if (wanted === undefined) return <Text>{releases.noneOffered}</Text>;
  const run = () =>
    order.mutate(
      { version: wanted, ...(chosen.length === 0 ? {} : { memberIds: [...chosen] }) },
      { onSettled: () => setAsking(false) },
    );
  return (
    <>
      <div className={styles.row}>
        <ChoiceField
          label={releases.version}
          value={wanted}
          options={offered.map((one) => [one, one] as const)}
          onChoose={setVersion}
        />
        <fieldset className={styles.members}>
          <legend>{releases.only}</legend>
          <Checkbox label={releases.all} checked={chosen.length === 0} onChange={() => setChosen([])} />
          {members.data?.map(({ memberId, name }) => (
            <Checkbox
              key={memberId}
              label={<bdi>{name}</bdi>}
              checked={chosen.includes(memberId)}
              onChange={(_event, { checked }) =>
                setChosen(checked === true ? [...chosen, memberId] : chosen.filter((one) => one !== memberId))
              }
            />
          ))}
        </fieldset>
        <Button appearance="primary" disabled={isUnderWay || order.isPending} onClick={() => setAsking(true)}>
          {order.isPending ? releases.ordering : releases.order}
        </Button>
      </div>
      {order.error && <FailurePanel error={order.error} />}
      <Dialog open={isAsking} onOpenChange={(_event, { open }) => setAsking(open)}>
        <DialogSurface>
          <DialogBody>
            <DialogTitle>{releases.confirmTitle(wanted, gatewayName)}</DialogTitle>
            <DialogContent>{releases.confirmLead}</DialogContent>
            <DialogActions>
              <Button onClick={() => setAsking(false)}>{parts.cancel}</Button>
              <Button appearance="primary" disabled={order.isPending} onClick={run}>
                {order.isPending ? releases.ordering : releases.order}
              </Button>
            </DialogActions>
          </DialogBody>
        </DialogSurface>
      </Dialog>
    </>
  );
}
