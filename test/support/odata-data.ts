import type { ComparisonOperator, Filter, FilterValue } from '../../src/contract/filter.js';

/** JSON text by the name of the property: what is compared in a test is digits, not doubles. */
export type Entity = Map<string, string>;

/** Primitive types of the properties that can be compared. */
type Types = Readonly<Record<string, string>>;

type Comparable = bigint | number | string | boolean | null;

/** The set that the tests work on. */
export const ORDER_TYPES: Types = {
  Id: 'Edm.Int32',
  Customer: 'Edm.String',
  Amount: 'Edm.Decimal',
  Big: 'Edm.Int64',
  Ratio: 'Edm.Double',
  Due: 'Edm.Date',
  At: 'Edm.DateTimeOffset',
  Open: 'Edm.Boolean',
  Ref: 'Edm.Guid',
  Bytes: 'Edm.Binary',
  Took: 'Edm.Duration',
  Clock: 'Edm.TimeOfDay',
  State: 'Shop.State',
  Place: 'Shop.Address',
  Tags: 'Collection(Edm.String)',
};

export const METADATA = `<?xml version="1.0" encoding="utf-8"?>
<!-- A shop. -->
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="Shop" Alias="Self" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EnumType Name="State"><Member Name="New" Value="0"/><Member Name="Sent" Value="1"/></EnumType>
      <TypeDefinition Name="Money" UnderlyingType="Edm.Decimal"/>
      <ComplexType Name="Address"><Property Name="City" Type="Edm.String"/></ComplexType>
      <EntityType Name="Thing" Abstract="true">
        <Key><PropertyRef Name="Id"/></Key>
        <Property Name="Id" Type="Edm.Int32" Nullable="false">
          <Annotation Term="Org.OData.Core.V1.Computed" Bool="true"/>
        </Property>
      </EntityType>
      <EntityType Name="Order" BaseType="Self.Thing">
        <Property Name="Customer" Type="Edm.String" MaxLength="40" Nullable="false"/>
        <Property Name="Amount" Type="Self.Money"/>
        <Property Name="Big" Type="Edm.Int64"/>
        <Property Name="Ratio" Type="Edm.Double"/>
        <Property Name="Due" Type="Edm.Date"/>
        <Property Name="At" Type="Edm.DateTimeOffset"/>
        <Property Name="Open" Type="Edm.Boolean" DefaultValue="true"/>
        <Property Name="Ref" Type="Edm.Guid"/>
        <Property Name="Bytes" Type="Edm.Binary"/>
        <Property Name="Took" Type="Edm.Duration"/>
        <Property Name="Clock" Type="Edm.TimeOfDay"/>
        <Property Name="State" Type="Shop.State"/>
        <Property Name="Place" Type="Self.Address"/>
        <Property Name="Tags" Type="Collection(Edm.String)"/>
        <NavigationProperty Name="Lines" Type="Collection(Self.Line)"/>
      </EntityType>
      <EntityType Name="Line">
        <Key><PropertyRef Name="Order"/><PropertyRef Name="Code"/></Key>
        <Property Name="Order" Type="Edm.Int32" Nullable="false"/>
        <Property Name="Code" Type="Edm.String" Nullable="false"/>
        <Property Name="Text" Type="Edm.String"/>
      </EntityType>
      <EntityContainer Name="Container">
        <EntitySet Name="Orders" EntityType="Self.Order"/>
        <EntitySet Name="Lines" EntityType="Shop.Line"/>
      </EntityContainer>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>`;

/** Whether a row passes, for filters of the plain forms. */
export function holds(filter: Filter, row: Entity, types: Types): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.operands.every((operand) => holds(operand, row, types));
    case 'or':
      return filter.operands.some((operand) => holds(operand, row, types));
    case 'not':
      return !holds(filter.operand, row, types);
    case 'comparison': {
      const type = types[filter.column];
      if (type === undefined) throw new Error(`no property ${filter.column}`);
      return compares(filter.operator, valueOf(row, filter.column, types), literalOf(filter.value, type));
    }
    case 'text': {
      const text = valueOf(row, filter.column, types);
      if (typeof text !== 'string') return false;
      if (filter.function === 'contains') return text.includes(filter.value);
      return filter.function === 'startswith' ? text.startsWith(filter.value) : text.endsWith(filter.value);
    }
    default:
      throw new Error('a filter that this server does not know');
  }
}

export function order(
  one: Entity,
  other: Entity,
  by: readonly { name: string; descending: boolean }[],
  types: Types,
): number {
  for (const { name, descending } of by) {
    const [a, b] = [valueOf(one, name, types), valueOf(other, name, types)];
    if (a === b) continue;
    const isLess = a === null || (b !== null && a < b);
    return isLess === descending ? 1 : -1;
  }
  return 0;
}

function compares(operator: ComparisonOperator, left: Comparable, right: Comparable): boolean {
  if (operator === 'eq') return left === right;
  if (operator === 'ne') return left !== right;
  if (left === null || right === null) return false;
  return { lt: left < right, le: left <= right, gt: left > right, ge: left >= right }[operator];
}

function valueOf(row: Entity, name: string, types: Types): Comparable {
  const json = row.get(name);
  if (json === undefined || json === 'null') return null;
  return plain(json.startsWith('"') ? String(JSON.parse(json)) : json, types[name] ?? '');
}

function literalOf(value: FilterValue, type: string): Comparable {
  return value.type === 'null' ? null : plain(String(value.value), type);
}

function plain(text: string, type: string): Comparable {
  if (type === 'Edm.Int32' || type === 'Edm.Int64') return BigInt(text);
  if (type === 'Edm.Decimal' || type === 'Edm.Double') return Number(text);
  if (type === 'Edm.DateTimeOffset') return Date.parse(text);
  return type === 'Edm.Boolean' ? text === 'true' : text;
}
