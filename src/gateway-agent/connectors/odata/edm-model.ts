import { SourceError } from '../source-error.js';
import { primitiveKind, type EdmType } from './edm-type.js';

/** A property as it is declared. */
export interface PropertyDeclaration {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly hasDefault: boolean;
  readonly maxLength: number | undefined;
  /** Computed by the service. */
  isComputed: boolean;
}

export interface TypeDeclaration {
  readonly base: string | undefined;
  readonly properties: PropertyDeclaration[];
  readonly key: string[];
}

/** What a service's metadata declares, by full names. */
export interface Declarations {
  /** Entity sets with the types of what they hold. */
  readonly sets: Map<string, string>;
  readonly entities: Map<string, TypeDeclaration>;
  /** Type definitions with what they stand for. */
  readonly definitions: Map<string, string>;
  readonly enumerations: Set<string>;
  /** Short names of namespaces. */
  readonly aliases: Map<string, string>;
  /** Properties said elsewhere to be computed: `Namespace.Type/Property`. */
  readonly computed: Set<string>;
}

/** A property of an entity set, a column to callers. */
export interface Property {
  readonly name: string;
  readonly type: EdmType;
  readonly nullable: boolean;
  readonly hasDefault: boolean;
  readonly readOnly: boolean;
  readonly maxLength: number | undefined;
}

/** An entity set, a table to callers. */
export interface EntitySet {
  readonly name: string;
  readonly properties: ReadonlyMap<string, Property>;
  /** In the key's order; empty where the key is none that we can write. */
  readonly key: readonly Property[];
}

/** Types that a type may be derived from, one from the other; a circle ends there. */
const MAX_BASES = 50;

/** A service's entity sets, put together from its declarations as they are asked for. */
export class EdmModel {
  private readonly known = new Map<string, EntitySet>();

  /** Properties said elsewhere to be computed, by the full names of their types. */
  private readonly computed: ReadonlySet<string>;

  constructor(private readonly declared: Declarations) {
    const places = [...declared.computed].map((place) => {
      const slash = place.indexOf('/');
      return `${this.fullName(place.slice(0, slash))}${place.slice(slash)}`;
    });
    this.computed = new Set(places);
  }

  names(): readonly string[] {
    return [...this.declared.sets.keys()];
  }

  find(name: string): EntitySet | undefined {
    const known = this.known.get(name);
    const type = this.declared.sets.get(name);
    if (known || type === undefined) return known;
    const set = this.build(name, this.fullName(type));
    this.known.set(name, set);
    return set;
  }

  private build(name: string, typeName: string): EntitySet {
    const properties = new Map<string, Property>();
    let keyNames: readonly string[] = [];
    for (const { full, type } of this.lineage(typeName)) {
      if (type.key.length > 0) keyNames = type.key;
      for (const declaration of type.properties) {
        if (declaration.type === 'Edm.Stream') continue;
        properties.set(declaration.name, this.propertyOf(declaration, full));
      }
    }
    const key = keyNames.map((part) => properties.get(part));
    const isWritable = key.every((part) => part !== undefined && part.type.kind !== 'json');
    return { name, properties, key: isWritable ? (key as Property[]) : [] };
  }

  private propertyOf(declaration: PropertyDeclaration, owner: string): Property {
    const { name, nullable, maxLength } = declaration;
    const isComputed = declaration.isComputed || this.computed.has(`${owner}/${name}`);
    return {
      name,
      type: this.typeOf(declaration.type),
      nullable,
      hasDefault: declaration.hasDefault || isComputed,
      readOnly: isComputed,
      maxLength,
    };
  }

  /** The type and those it is derived from, the most general first. */
  private lineage(typeName: string): readonly { readonly full: string; readonly type: TypeDeclaration }[] {
    const line: { full: string; type: TypeDeclaration }[] = [];
    for (let next: string | undefined = typeName; next !== undefined && line.length < MAX_BASES;) {
      const full = this.fullName(next);
      const type = this.declared.entities.get(full);
      if (type) line.unshift({ full, type });
      next = type?.base;
    }
    return line;
  }

  private typeOf(name: string): EdmType {
    const full = this.fullName(name);
    const meant = this.fullName(this.declared.definitions.get(full) ?? full);
    return { name: meant, kind: this.declared.enumerations.has(meant) ? 'enum' : primitiveKind(meant) };
  }

  private fullName(name: string): string {
    const dot = name.lastIndexOf('.');
    const namespace = this.declared.aliases.get(name.slice(0, dot));
    return namespace === undefined ? name : `${namespace}${name.slice(dot)}`;
  }
}

/** @throws SourceError COLUMN_UNKNOWN */
export function findProperty(set: EntitySet, name: string): Property {
  const property = set.properties.get(name);
  if (property) return property;
  throw new SourceError('COLUMN_UNKNOWN', `The table has no column ${name}.`, {
    details: { column: name, table: set.name },
  });
}
