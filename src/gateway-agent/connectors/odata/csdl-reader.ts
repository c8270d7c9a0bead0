import { EdmModel, type Declarations, type PropertyDeclaration, type TypeDeclaration } from './edm-model.js';
import { readXml, XmlError } from './xml-reader.js';

/** Entity sets and properties taken from one service; the largest known have some thousand sets. */
const MAX_SETS = 20_000;
const MAX_PROPERTIES = 1_000_000;

/** What OData lets names be made of. Names go into addresses, so whatever is not one is left out. */
const IDENTIFIER = /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]{0,127}$/u;
/** Whether a text can stand in an address as a name. */
export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text);
}

const COMPUTED = /^(?:Org\.OData\.)?Core(?:\.V1)?\.Computed$/;

type Attributes = ReadonlyMap<string, string>;

/**
 * Reads what a service says of itself.
 *
 * @throws XmlError for what is no metadata of OData 4
 * @see OData Common Schema Definition Language XML 4.01
 */
export function readCsdl(text: string): EdmModel {
  const reader = new CsdlReader();
  for (const { isEnd, name, attributes } of readXml(text)) {
    if (isEnd) reader.leave(name);
    else reader.enter(name, attributes);
  }
  return reader.model();
}

class CsdlReader {
  private readonly declared: Declarations = {
    sets: new Map(),
    entities: new Map(),
    definitions: new Map(),
    enumerations: new Set(),
    aliases: new Map(),
    computed: new Set(),
  };
  private isVersion4 = false;
  private namespace = '';
  private entity: TypeDeclaration | undefined;
  private property: PropertyDeclaration | undefined;
  private target: string | undefined;
  private properties = 0;

  enter(name: string, attributes: Attributes): void {
    const own = attributes.get('Name') ?? '';
    switch (name) {
      case 'Edmx':
        this.isVersion4 = (attributes.get('Version') ?? '').startsWith('4');
        break;
      case 'Schema':
        this.namespace = attributes.get('Namespace') ?? '';
        if (attributes.has('Alias')) this.declared.aliases.set(attributes.get('Alias') ?? '', this.namespace);
        break;
      case 'EntityType':
        this.entity = { base: attributes.get('BaseType'), properties: [], key: [] };
        this.declared.entities.set(`${this.namespace}.${own}`, this.entity);
        break;
      case 'EnumType':
        this.declared.enumerations.add(`${this.namespace}.${own}`);
        break;
      case 'TypeDefinition':
        this.declared.definitions.set(`${this.namespace}.${own}`, attributes.get('UnderlyingType') ?? '');
        break;
      case 'PropertyRef':
        // A part of a complex property is no column; without it the key is not whole, and is left out.
        this.entity?.key.push(attributes.has('Alias') ? '' : own);
        break;
      case 'Property':
        this.enterProperty(own, attributes);
        break;
      case 'EntitySet':
        if (IDENTIFIER.test(own)) this.declared.sets.set(own, attributes.get('EntityType') ?? '');
        if (this.declared.sets.size > MAX_SETS) throw new XmlError('too many entity sets');
        break;
      case 'Annotations':
        this.target = attributes.get('Target');
        break;
      case 'Annotation':
        this.annotate(attributes);
        break;
    }
  }

  leave(name: string): void {
    if (name === 'EntityType') this.entity = undefined;
    else if (name === 'Property') this.property = undefined;
    else if (name === 'Annotations') this.target = undefined;
  }

  model(): EdmModel {
    if (!this.isVersion4) throw new XmlError('not OData 4');
    return new EdmModel(this.declared);
  }

  private enterProperty(name: string, attributes: Attributes): void {
    if (!this.entity || !IDENTIFIER.test(name)) return;
    this.properties += 1;
    if (this.properties > MAX_PROPERTIES) throw new XmlError('too many properties');
    const maxLength = Number(attributes.get('MaxLength'));
    this.property = {
      name,
      type: attributes.get('Type') ?? 'Edm.String',
      nullable: attributes.get('Nullable') !== 'false',
      hasDefault: attributes.has('DefaultValue'),
      maxLength: Number.isSafeInteger(maxLength) && maxLength > 0 ? maxLength : undefined,
      isComputed: false,
    };
    this.entity.properties.push(this.property);
  }

  private annotate(attributes: Attributes): void {
    if (!COMPUTED.test(attributes.get('Term') ?? '') || attributes.get('Bool') === 'false') return;
    if (this.property) this.property.isComputed = true;
    else if (this.target !== undefined) this.declared.computed.add(this.target);
  }
}
