import {
  Button,
  Menu,
  MenuDivider,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Spinner,
} from '@fluentui/react-components';
import { MoreHorizontalRegular } from '@fluentui/react-icons';
import { useMutation } from '@tanstack/react-query';
import { usePortal } from '../../app/use-portal.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { texts } from '../../texts/texts.js';
import { useGatewayRefresh, type Member } from './gateway-queries.js';
import type { MemberDeed } from './member-dialog.js';

export interface MemberActionsProps {
  readonly gatewayId: string;
  readonly member: Member;
  readonly onChoose: (deed: MemberDeed) => void;
}

/** What can be undone is done at once; what needs a word first opens a dialog. */
export function MemberActions({ gatewayId, member, onChoose }: MemberActionsProps) {
  const { client } = usePortal();
  const refresh = useGatewayRefresh(gatewayId);
  const params = { path: { gatewayId, memberId: member.id } };
  const address = '/v1/gateways/{gatewayId}/members/{memberId}';
  const run = useMutation({
    mutationFn: (deed: 'enable' | 'disable' | 'resume') =>
      deed === 'resume'
        ? client.post(`${address}/resume`, { params })
        : client.patch(address, { params, body: { enabled: deed === 'enable' } }),
    onSettled: refresh,
  });
  const { actions } = texts.gateway.members;
  return (
    <div>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button
            size="small"
            icon={run.isPending ? <Spinner size="extra-tiny" /> : <MoreHorizontalRegular />}
            aria-label={actions.label(member.displayName)}
            disabledFocusable={run.isPending}
          />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {member.enabled ? (
              <MenuItem onClick={() => run.mutate('disable')}>{actions.disable}</MenuItem>
            ) : (
              <MenuItem onClick={() => run.mutate('enable')}>{actions.enable}</MenuItem>
            )}
            {member.drainDeadline === null && member.state !== 'draining' ? (
              <MenuItem onClick={() => onChoose('drain')}>{actions.drain}</MenuItem>
            ) : (
              <MenuItem onClick={() => run.mutate('resume')}>{actions.resume}</MenuItem>
            )}
            <MenuItem onClick={() => onChoose('rename')}>{actions.rename}</MenuItem>
            <MenuDivider />
            <MenuItem onClick={() => onChoose('remove')}>{actions.remove}</MenuItem>
            <MenuItem onClick={() => onChoose('compromise')}>{actions.compromise}</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {run.error && <FailurePanel error={run.error} />}
    </div>
  );
}
