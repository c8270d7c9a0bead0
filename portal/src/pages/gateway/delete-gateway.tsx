import { Text } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { usePortal } from '../../app/use-portal.js';
import { ConfirmByName } from '../../parts/confirm-by-name.js';
import { texts } from '../../texts/texts.js';
import type { Gateway } from './gateway-queries.js';

/** Asks before a gateway goes. One with connections is refused by the control plane, which says so. */
export function DeleteGateway({ gateway, onClose }: { gateway: Gateway; onClose: () => void }) {
  const { client } = usePortal();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const gatewayId = gateway.id;
  const remove = async () => {
    await client.delete('/v1/gateways/{gatewayId}', { params: { path: { gatewayId } } });
    await navigate({ to: '/gateways' });
    queries.removeQueries({ queryKey: ['gateways', gatewayId] });
    await queries.invalidateQueries({ queryKey: ['gateways'] });
  };
  return (
    <ConfirmByName
      title={texts.gateway.deleteTitle}
      name={gateway.displayName}
      action={texts.gateway.delete}
      onConfirm={remove}
      onClose={onClose}
    >
      <Text block>{texts.gateway.deleteLead(gateway.numberOfMemberGateways)}</Text>
    </ConfirmByName>
  );
}
