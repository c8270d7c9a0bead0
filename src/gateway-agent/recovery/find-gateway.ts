import { z } from 'zod';
import type { ControlPlane } from '../control-plane.js';
import { CommandError } from '../exit-codes.js';
import { refusalOf } from '../refusal.js';

const foundSchema = z.object({ value: z.array(z.object({ id: z.guid(), name: z.string(), region: z.string() })) });

/** The id of the gateway that is meant, by name or id. @throws CommandError refused */
export async function findGateway(controlPlane: ControlPlane, authorization: string, gateway: string): Promise<string> {
  if (z.guid().safeParse(gateway).success) return gateway.toLowerCase();
  const path = `gateways?name=${encodeURIComponent(gateway)}`;
  const { value } = await refusalOf(controlPlane.askAs(authorization, foundSchema, { method: 'GET', path }));
  const named = value.filter(({ name }) => name.toLowerCase() === gateway.toLowerCase());
  const [found] = named;
  if (found && named.length === 1) return found.id.toLowerCase();
  throw new CommandError(
    'refused',
    `There is no gateway ${JSON.stringify(gateway)} that you administer.`,
    'Check the name, or give the gateway’s id with --gateway.',
  );
}
