/**
 * Version of the wire between control plane and agent. Servers deploy themselves while agents stay old for years, so
 * a change that an old agent cannot read is a new field or a new number here, never a new meaning of an old field.
 */
export const CONTRACT_VERSION = 1;

/** Release of this product, in the rhythm of the brief's gateway: `3000.<build>.<revision>`, monthly. */
export const PRODUCT_VERSION = '3000.342.1';
