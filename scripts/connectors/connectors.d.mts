import type { ConnectorAnnotations } from '../describe-connectors.mjs';

export const CONNECTORS: Readonly<
  Record<string, ConnectorAnnotations & { readonly title: string; readonly description: string }>
>;
