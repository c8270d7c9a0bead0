import { Field, Input, SpinButton, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { usePortal } from '../../app/use-portal.js';
import { ConfirmByName } from '../../parts/confirm-by-name.js';
import { texts } from '../../texts/texts.js';
import { FormDialog } from './form-dialog.js';
import { useGatewayRefresh, type Gateway, type Member } from './gateway-queries.js';

export type MemberDeed = 'drain' | 'rename' | 'remove' | 'compromise';

export interface MemberDialogProps {
  readonly gateway: Gateway;
  readonly member: Member;
  readonly deed: MemberDeed;
  /** The gateway has no other. */
  readonly isLast: boolean;
  readonly onClose: () => void;
}

const DRAIN_MINUTES = 5;
/** As long as the control plane lets a drain last. */
const MAX_DRAIN_MINUTES = 60;

/** What has to be said or confirmed before a member is changed. */
export function MemberDialog({ gateway, member, deed, isLast, onClose }: MemberDialogProps) {
  const { client } = usePortal();
  const refresh = useGatewayRefresh(gateway.id);
  const [name, setName] = useState(member.displayName);
  const [minutes, setMinutes] = useState(DRAIN_MINUTES);
  const { members } = texts.gateway;
  const address = '/v1/gateways/{gatewayId}/members/{memberId}';
  const params = { path: { gatewayId: gateway.id, memberId: member.id } };
  if (deed === 'drain') {
    const drain = async () => {
      await client.post(`${address}/drain`, { params, body: { deadlineSeconds: minutes * 60 } });
      await refresh();
    };
    const isReady = Number.isInteger(minutes) && minutes >= 1 && minutes <= MAX_DRAIN_MINUTES;
    return (
      <FormDialog
        title={members.drainTitle(member.displayName)}
        action={members.actions.drainNow}
        onSubmit={drain}
        onClose={onClose}
        isReady={isReady}
      >
        <Text block>{members.drainLead}</Text>
        <Field label={members.drainMinutes} style={{ marginTop: '1rem' }}>
          <SpinButton
            min={1}
            max={MAX_DRAIN_MINUTES}
            value={minutes}
            onChange={(_event, { value, displayValue }) => setMinutes(value ?? Number(displayValue))}
          />
        </Field>
      </FormDialog>
    );
  }
  if (deed === 'rename') {
    const rename = async () => {
      await client.patch(address, { params, body: { displayName: name.trim() } });
      await refresh();
    };
    return (
      <FormDialog
        title={members.renameTitle}
        action={texts.parts.save}
        onSubmit={rename}
        onClose={onClose}
        isReady={name.trim() !== ''}
      >
        <Field label={members.newName} required>
          <Input value={name} dir="auto" maxLength={200} onChange={(_event, { value }) => setName(value)} />
        </Field>
      </FormDialog>
    );
  }
  const confirm = async () => {
    if (deed === 'remove') await client.delete(address, { params });
    else await client.post(`${address}/compromise`, { params });
    await refresh();
  };
  const { title, lead } = deed === 'remove' ? members.removal : members.revocation;
  return (
    <ConfirmByName
      title={title}
      name={member.displayName}
      action={deed === 'remove' ? members.actions.remove : members.actions.revokeNow}
      onConfirm={confirm}
      onClose={onClose}
    >
      <ul>
        {lead.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        {isLast && <li>{members.lastMember}</li>}
      </ul>
    </ConfirmByName>
  );
}
