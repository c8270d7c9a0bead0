import type { ConnectionEncryption, CredentialType, SourceKind, Target } from '../../contract/targets.js';

/** Types that Fabric gives the parameters of a connection. */
export const PARAMETER_TYPES = [
  'Text',
  'Number',
  'Boolean',
  'Duration',
  'Date',
  'DateTime',
  'DateTimeZone',
  'Time',
] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];
export type ParameterValue = string | number | boolean;

export interface CreationParameter {
  readonly name: string;
  readonly dataType: ParameterType;
  readonly required: boolean;
  /** Undefined: whatever the type allows. */
  readonly allowedValues?: readonly string[];
}

/** One way of saying where a connection leads. */
export interface CreationMethod {
  readonly name: string;
  readonly parameters: readonly CreationParameter[];
  /**
   * @param values by the parameters' names, without those that were not sent
   * @returns what the contract's schema makes a target of
   */
  readonly target: (values: Readonly<Record<string, string>>) => unknown;
}

/** A kind of source under one of the names that clients know it by. */
export interface SourceType {
  /** Fabric's name for it. */
  readonly name: string;
  /** Power BI's: `datasourceType`. */
  readonly powerBiName: string;
  /** The one to prefer first. */
  readonly methods: readonly CreationMethod[];
}

/** All that the surfaces say of one kind of source. */
export interface SourceKindEntry {
  readonly kind: SourceKind;
  /** For people. */
  readonly displayName: string;
  /** The first is the name under which connections of the kind are shown. */
  readonly types: readonly [SourceType, ...SourceType[]];
  readonly credentialTypes: readonly CredentialType[];
  readonly encryptions: readonly ConnectionEncryption[];
  readonly supportsSkipTestConnection: boolean;
  /** A target as parameters of the first type's first method, in its order. */
  readonly values: (target: Target) => Readonly<Record<string, string>>;
}
