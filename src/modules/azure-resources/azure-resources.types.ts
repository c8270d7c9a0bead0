/** Where a resource stands. Compared without regard to case. */
export interface ResourceKey {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

/** Resources of a subscription, or of one group in it. */
export interface ResourceScope {
  readonly subscriptionId: string;
  readonly resourceGroup?: string | undefined;
}

/** Names and values that people sort their resources by. */
export type Tags = Readonly<Record<string, string>>;

/** A gateway as somebody sees it who knows it only as a resource. */
export interface InstalledGateway {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly description: string | undefined;
  readonly contactInformation: readonly string[];
  /** Of the member that was installed first. */
  readonly machineName: string | undefined;
}

/** A gateway as a resource of a subscription. */
export interface GatewayResource extends ResourceKey {
  readonly id: string;
  readonly location: string;
  readonly tags: Tags;
  /** Rises with every change. */
  readonly version: number;
  readonly gateway: InstalledGateway;
}

/** A gateway that can be made a resource, and the one it is. */
export interface Installation extends InstalledGateway {
  readonly resource: ResourceKey | undefined;
}

/** A whole resource, as it is to be. */
export interface ResourceDraft {
  readonly location: string;
  readonly gatewayId: string;
  readonly tags: Tags;
}

/** What is to change. Absent means: as it is. Tags replace all there were. */
export type ResourceChange = { readonly [Name in keyof ResourceDraft]?: ResourceDraft[Name] | undefined };

/** What has to be true of a resource for a change to happen. */
export interface Precondition {
  /** Tags of versions of which it has to be at one; `*`: it has to be there. */
  readonly ifMatch?: readonly string[] | undefined;
  /** The same, of which it must not be at any; `*`: it must not be there. */
  readonly ifNoneMatch?: readonly string[] | undefined;
}
