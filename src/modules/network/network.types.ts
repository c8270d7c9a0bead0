/** A host that agents reach, outbound. */
export interface NeededHost {
  readonly name: string;
  readonly ports: readonly number[];
  /** What it is for, in a few words. */
  readonly what: string;
}

/** What a firewall has to let agents of a region reach. */
export interface NetworkNeeds {
  readonly hosts: readonly NeededHost[];
  /** Address ranges in CIDR notation; null where the operator provides no list. */
  readonly addresses: readonly { readonly prefix: string; readonly service: string }[] | null;
  /** Which edition of Azure's list the addresses are from. */
  readonly serviceTags: { readonly changeNumber: number; readonly cloud: string } | null;
}
